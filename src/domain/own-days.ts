/**
 * Days off and make-up days of a banner's own, as people write them: one a line (`8月15日至17日 放假 那达慕`, `2026-02-14 上班`), under a
 * year's heading or not, or a paragraph of the State Council's notice as it is (`元旦：1月1日（周五）至3日放假，共3天。1月4日上班。`).
 */
import { addDays, isDay } from './calendar.ts';
import { normalised } from './typed.ts';
import type { OwnDays } from './working-calendar.ts';

/** What one text says: the stretches in their order, and each piece that was not understood, with the reason as a clause. */
export interface OwnDaysReading {
  readonly days: readonly OwnDays[];
  readonly wrong: readonly WrongPiece[];
}

export interface WrongPiece {
  readonly piece: string;
  readonly why: string;
}

/** Characters of a text, as many as a field of a card may take. */
export const OWN_DAYS_TEXT_MAX = 1000;
/** Of one stretch. Longer ones are mistyped. */
export const STRETCH_DAYS_MAX = 31;
export const OWN_NAME_MAX = 12;
const YEARS_AHEAD = 2;

const DAY = String.raw`(?:(\d{4})\s*[-年./]\s*)?(\d{1,2})\s*[-月./]\s*(\d{1,2})(?!\d)\s*[日号]?`;
const TO = String.raw`\s*(?:至|到|~|-+|—+|–|\.\.)\s*`;
/** A day, or a range whose end may be the day of the month alone. */
const STRETCH = new RegExp(`${DAY}(?:${TO}(?:${DAY}|(\\d{1,2})(?!\\d)\\s*[日号]?))?`, 'gu');
const HEADING = /^(\d{4})\s*年\s*:?\s*/;
const NUMBERING = /^[一二三四五六七八九十]{1,3}[、.]\s*/;
const NAME_BEFORE = /^(\p{L}[\p{L}·]{0,11})\s*:\s*/u;
/** 周四, 农历正月初七: what a notice says in brackets. */
const BRACKETS = /\([^()]{0,40}\)/gu;
const WORKS = /调休上班|补班上班|正常上班|上班|补班/gu;
const RESTS = /放假调休|放假|休息|休假/gu;
const TOTAL = /共\s*\d{1,2}\s*天/gu;

/** @param today decides the year of what names none, and which years can be meant. */
export function readOwnDays(text: string, today: string): OwnDaysReading {
  const thisYear = Number(today.slice(0, 4));
  let year = thisYear;
  const days: OwnDays[] = [];
  const wrong: WrongPiece[] = [];
  for (const written of normalised(text, 'NFKC').split(/[\n;。]/u)) {
    let sentence = written.replace(BRACKETS, '').trim();
    const heading = HEADING.exec(sentence);
    if (heading && !/^\d/.test(sentence.slice(heading[0].length))) {
      year = Number(heading[1]);
      sentence = sentence.slice(heading[0].length);
    }
    if (sentence === '') continue;
    const read = readSentence(sentence, year);
    for (const { stretch, piece } of read.found) {
      const why = unfit(stretch, thisYear);
      if (why === undefined) days.push(stretch);
      else wrong.push({ piece, why });
    }
    wrong.push(...read.wrong);
  }
  const sorted = days.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  return { days: sorted, wrong: [...wrong, ...contradictions(sorted)] };
}

interface Found {
  readonly stretch: OwnDays;
  readonly piece: string;
}

/** Days, then what they are; and once more. A name may stand before all of them. */
function readSentence(written: string, year: number): { found: Found[]; wrong: WrongPiece[] } {
  const numbered = written.replace(NUMBERING, '');
  const before = NAME_BEFORE.exec(numbered);
  const sentence = before ? numbered.slice(before[0].length) : numbered;
  const matches = [...sentence.matchAll(STRETCH)];
  const unread = { found: [], wrong: [{ piece: written, why: '没看懂，请写日期，再写“放假”或“上班”' }] };
  if (matches.length === 0 || sentence.slice(0, matches[0]?.index).trim() !== '') return unread;
  const found: Found[] = [];
  const wrong: WrongPiece[] = [];
  let waiting: { readonly days: Pick<OwnDays, 'from' | 'to'>; readonly piece: string }[] = [];
  let named = year;
  for (const [index, match] of matches.entries()) {
    const next = matches[index + 1]?.index ?? sentence.length;
    const said = sentence.slice(match.index + match[0].length, next);
    const days = stretchOf(match, named);
    named = match[1] === undefined ? named : Number(match[1]);
    waiting.push({ days, piece: match[0].trim() });
    if (index + 1 < matches.length && /^[\s、,和及]*$/u.test(said)) continue;
    const meaning = meaningOf(said);
    for (const { days: one, piece } of waiting) {
      if (meaning === undefined) wrong.push({ piece: `${piece}${said.trimEnd()}`, why: '没看懂是放假还是上班' });
      else found.push({ stretch: { ...one, kind: meaning.kind, name: meaning.name || (before?.[1] ?? '') }, piece });
    }
    waiting = [];
  }
  return { found, wrong };
}

/** Days as they are written; whether they exist is not looked at. An end without a year that lies before its beginning is next year's. */
function stretchOf(match: RegExpMatchArray, year: number): Pick<OwnDays, 'from' | 'to'> {
  const [, ownYear, month = '', day = '', endYear, endMonth, endDay, dayAlone] = match;
  const first = Number(ownYear ?? year);
  const from = written(first, month, day);
  if (dayAlone !== undefined) return { from, to: written(first, month, dayAlone) };
  if (endMonth === undefined || endDay === undefined) return { from, to: from };
  const turns = endYear === undefined && Number(month) === 12 && Number(endMonth) === 1;
  return { from, to: written(Number(endYear ?? first) + (turns ? 1 : 0), endMonth, endDay) };
}

function written(year: number, month: string, day: string): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** `放假 那达慕`, `上班`, `放假调休,共9天`; days alone are days off. undefined where it says something else. */
function meaningOf(said: string): Pick<OwnDays, 'kind' | 'name'> | undefined {
  const works = said.match(WORKS) !== null;
  const rests = said.replace(WORKS, '').match(RESTS) !== null;
  if (works && rests) return undefined;
  const name = said
    .replace(WORKS, '')
    .replace(RESTS, '')
    .replace(TOTAL, '')
    .replace(/[\s,、:]/gu, '');
  if (name !== '' && !/^\p{L}[\p{L}·]*$/u.test(name)) return undefined;
  if (name.includes('调休') || [...name].length > OWN_NAME_MAX) return undefined;
  return { kind: works ? 'work' : 'off', name };
}

function unfit({ from, to }: OwnDays, thisYear: number): string | undefined {
  if (!isDay(from) || !isDay(to)) return '没有这一天';
  if (to < from) return '结束在开始之前';
  const years = [from, to].map((day) => Number(day.slice(0, 4)));
  if (years.some((year) => year < thisYear || year > thisYear + YEARS_AHEAD)) {
    return `只能写${thisYear}年到${thisYear + YEARS_AHEAD}年的`;
  }
  return to > addDays(from, STRETCH_DAYS_MAX - 1) ? `一段最多${STRETCH_DAYS_MAX}天` : undefined;
}

/** A day that is said to be off and to be worked on. */
function contradictions(days: readonly OwnDays[]): WrongPiece[] {
  const off = days.filter(({ kind }) => kind === 'off');
  return days
    .filter(({ kind }) => kind === 'work')
    .filter((work) => off.some((rest) => rest.from <= work.to && work.from <= rest.to))
    .map((work) => ({ piece: stretchWords(work), why: '又写放假又写上班' }));
}

/** `8月15日至17日`, `12月30日至2027年1月2日`. */
function stretchWords({ from, to }: Pick<OwnDays, 'from' | 'to'>): string {
  if (from === to) return monthDay(from);
  if (from.slice(0, 4) !== to.slice(0, 4)) return `${monthDay(from)}至${to.slice(0, 4)}年${monthDay(to)}`;
  return `${monthDay(from)}至${from.slice(0, 7) === to.slice(0, 7) ? `${Number(to.slice(8))}日` : monthDay(to)}`;
}

function monthDay(day: string): string {
  return `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
}

/** One stretch in words: `8月15日至17日 放假 那达慕`. */
export function ownDaysWords(stretch: OwnDays): string {
  const { kind, name } = stretch;
  return [stretchWords(stretch), kind === 'off' ? '放假' : '上班', ...(name === '' ? [] : [name])].join(' ');
}

/** Lines as `readOwnDays` reads them, each year under its heading. */
export function ownDaysLines(days: readonly OwnDays[]): string[] {
  let year = '';
  return days.flatMap((stretch) => {
    const own = stretch.from.slice(0, 4);
    const heading = own === year ? [] : [`${own}年`];
    year = own;
    return [...heading, ownDaysWords(stretch)];
  });
}

/** Those that lie before the year of `today` are history: they stay as they are, and no form shows them. */
export function pastAndPresent(days: readonly OwnDays[], today: string): { past: OwnDays[]; present: OwnDays[] } {
  const first = `${today.slice(0, 4)}-01-01`;
  return { past: days.filter(({ to }) => to < first), present: days.filter(({ to }) => to >= first) };
}
