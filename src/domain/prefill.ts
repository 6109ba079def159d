/** Reads one typed registration line (`低保 张三 13800000000 安达社区`), its parts in any order. */
import { takeAddress } from './address.ts';
import type { ServiceWay } from './case.ts';
import { type Catalogue, type CatalogueItem, searchItems } from './catalogue.ts';
import { documentKey, parseIdNumber, parsePhone } from './person.ts';
import { nameAmong } from './prefill-name.ts';
import { normaliseDigits } from './spelling.ts';
import { withoutEnding } from './typed.ts';

export interface Residence {
  readonly id: number;
  readonly name: string;
}

export interface Prefill {
  /** Best matches, at most five; more than one where they match equally well. */
  readonly itemCodes: readonly string[];
  readonly name?: string;
  /** Neighbouring words that may be one name or more: only the person who typed them knows, so `name` is absent. */
  readonly nameWords?: readonly string[];
  readonly phone?: string;
  /** May have a slip in it: the form says which. */
  readonly idNumber?: string;
  readonly address?: string;
  readonly way?: ServiceWay;
  readonly residenceId?: number;
  /** Words that were not understood, as typed. */
  readonly rest: readonly string[];
}

const ITEMS_MAX = 5;
/** Below this only a department or scattered characters match: too little to take a typed word for an item. */
const SCORE_MIN = 20;
/** From here on a word surely means an item: of two such words the first counts. */
const SCORE_SURE = 45;
/** Words that are looked at, and numbers: nobody types more about one person. The others stay as they are typed. */
const WORDS_MAX = 40;
const LOOKS_MAX = 20;
/** Characters of the longest telephone or ID number, with its prefix and dashes. */
const NUMBER_LENGTH_MAX = 24;
/** Keeps apart what stands on both sides: no word goes across it. */
const BREAK = ' / ';
/** The form compares the birth date with today; here nobody's day has come yet. */
const ANY_DAY = '9999-12-31';
/** Said beside the errand; the other ways are too seldom to be typed. */
const waysOfService = new Map<string, ServiceWay>(
  '上门 上门办理 上门服务 上门帮办 上门代办 需上门 要上门 请上门'.split(' ').map((word) => [word, 'doorstep']),
);
/** What people add to an item's name: it may tell items apart, but never names one by itself. */
const actionWords = new Set(
  '申请 申领 办理 补办 换证 登记 认定 变更 注销 领取 查询 发放 审批 咨询 备案 打印'.split(' '),
);

/**
 * Nothing of the result is taken for granted: the person sees the filled form before it counts. A word that is neither number,
 * item nor residence is the name when it can be one; residences are found by their name, with or without 嘎查 or 社区.
 */
export function prefill<Item extends CatalogueItem>(
  line: string,
  catalogue: Catalogue<Item>,
  residences: readonly Residence[],
): Prefill {
  const home = takeAddress(normaliseDigits(line));
  const numbers = takeNumbers(unlabelled(home.text.join(BREAK)));
  const typed = wordsOf(numbers.text);
  const place = takeResidence(typed.slice(0, WORDS_MAX), residences);
  const items = takeItems(place.words, catalogue);
  const way = items.words.map((word) => waysOfService.get(word)).find((found) => found !== undefined);
  const words = items.words.map((word) => (waysOfService.has(word) ? '' : word));
  const residenceId = place.residenceId ?? takeResidence([home.address ?? ''], residences).residenceId;
  const person = takeName({ words, residences, residenceId });
  const rest = [...person.rest, ...typed.slice(WORDS_MAX), ...items.rest, ...numbers.rest];
  return {
    itemCodes: items.codes,
    ...(person.name === undefined ? {} : { name: person.name }),
    ...(person.nameWords === undefined ? {} : { nameWords: person.nameWords }),
    ...(numbers.phone === undefined ? {} : { phone: numbers.phone }),
    ...(numbers.idNumber === undefined ? {} : { idNumber: numbers.idNumber }),
    ...(home.address === undefined ? {} : { address: home.address }),
    ...(way === undefined ? {} : { way }),
    ...(person.residenceId === undefined ? {} : { residenceId: person.residenceId }),
    rest: rest.filter((word) => word !== ''),
  };
}

function unlabelled(line: string): string {
  return normaliseDigits(line)
    .replace(/\s+/gu, ' ')
    .replace(/ ?[·•・‧] ?/gu, '·')
    .replace(/[＋－Ｘｘ]/g, (character) => character.normalize('NFKC'))
    .replace(/(?:申请人|姓名|联系电话|电话|手机号?|身份证号?码?|事项|住址|地址)(?:[:：]|(?=\s*\d))/gu, ' ');
}

/** Runs of digits with spaces or dashes in them: the longest groups that make a telephone or ID number. */
function takeNumbers(line: string): { text: string; phone?: string; idNumber?: string; rest: string[] } {
  const found: { phone?: string; idNumber?: string } = {};
  const rest: string[] = [];
  let looks = LOOKS_MAX;
  const text = line.replace(/\+?\d(?:[\d\s-]*\d)?(?:\s?[Xx](?![A-Za-z]))?/g, (run) => {
    if (run.replace(/\D/g, '').length < 3) return run;
    const groups = run.split(/\s+/);
    for (let at = 0; at < groups.length; ) {
      const taken = looks > 0 ? numberAt(groups, at, found) : 0;
      looks--;
      if (taken === 0) rest.push(groups[at] ?? '');
      at += Math.max(taken, 1);
    }
    return BREAK;
  });
  return { ...found, text, rest };
}

/** How many of the groups from there on make the longest number, which is kept; 0 for none. */
function numberAt(groups: readonly string[], at: number, found: { phone?: string; idNumber?: string }): number {
  const prefixes: string[] = [];
  let joined = '';
  for (const group of groups.slice(at, at + NUMBER_LENGTH_MAX)) {
    joined += group;
    if (joined.length > NUMBER_LENGTH_MAX) break;
    prefixes.push(joined);
  }
  const taken = prefixes.findLastIndex((digits) => keepNumber(digits, found)) + 1;
  return taken > 0 || !keepUnchecked(groups[at] ?? '', found) ? taken : 1;
}

/** Keeps the number in the first free place it is right for. */
function keepNumber(digits: string, found: { phone?: string; idNumber?: string }): boolean {
  const phone = parsePhone(digits);
  if (phone.ok && found.phone === undefined) {
    found.phone = phone.value;
    return true;
  }
  const idNumber = parseIdNumber(digits, ANY_DAY);
  if (!idNumber.ok || found.idNumber !== undefined) return false;
  found.idNumber = idNumber.value;
  return true;
}

/** As long as an ID number, with a slip in it: it is kept where the form says what is wrong. */
function keepUnchecked(typed: string, found: { idNumber?: string }): boolean {
  const idNumber = documentKey(typed);
  if (!/^\d{17}[\dX]$/.test(idNumber) || found.idNumber !== undefined) return false;
  found.idNumber = idNumber;
  return true;
}

/** The words in their order; '' stands where the line has a sign or a number between two of them. */
function wordsOf(text: string): string[] {
  return text
    .replace(/[,，、;；/|]/gu, BREAK)
    .split(/[\p{Cc}\s]+/u)
    .map((word) => withoutEnding(word.replace(/^[\p{Pd}:：.。/]+/u, ''), /[\p{Pd}:：.。/]/u));
}

/** An address goes from large to small: the last residence counts, and what stands before its name in the same word belongs to it. */
function takeResidence(
  typed: readonly string[],
  residences: readonly Residence[],
): { words: string[]; residenceId?: number } {
  let residenceId: number | undefined;
  const words = typed.flatMap((word) => {
    const end = (one: Residence) => word.indexOf(one.name) + one.name.length;
    const match = residences
      .filter((one) => one.name !== '' && word.includes(one.name))
      .toSorted((a, b) => end(b) - end(a) || b.name.length - a.name.length)[0];
    if (!match || residences.some((one) => one.id !== match.id && one.name === match.name)) return [word];
    residenceId = match.id;
    return ['', word.slice(end(match))];
  });
  return residenceId === undefined ? { words } : { words, residenceId };
}

/** Takes the words that name items: the best one, and those that narrow it down. */
function takeItems<Item extends CatalogueItem>(
  typed: readonly string[],
  catalogue: Catalogue<Item>,
): { codes: string[]; words: string[]; rest: string[] } {
  const split = typed.flatMap((word) => splitAtItem(word, catalogue));
  const scoreOf = (word: string) => (word.length < 2 ? 0 : (searchItems(catalogue, word)[0]?.score ?? 0));
  const candidates = split.filter((word) => scoreOf(word) >= SCORE_MIN && !actionWords.has(word));
  const [best] = candidates.toSorted((a, b) => Math.min(scoreOf(b), SCORE_SURE) - Math.min(scoreOf(a), SCORE_SURE));
  if (best === undefined) return { codes: [], words: split, rest: [] };
  let query = best;
  const rest: string[] = [];
  for (const word of split) {
    if (word === best || !(candidates.includes(word) || actionWords.has(word))) continue;
    if (searchItems(catalogue, `${query} ${word}`).length > 0) query = `${query} ${word}`;
    else if (!actionWords.has(word)) rest.push(word);
  }
  const found = searchItems(catalogue, query);
  const codes = found.filter((one) => one.score === found[0]?.score).map((one) => one.item.code);
  const words = split.map((word) => (candidates.includes(word) || actionWords.has(word) ? '' : word));
  return { codes: codes.slice(0, ITEMS_MAX), words, rest };
}

/** 低保张三 → 低保, 张三. A single character beside the name (办低保) says nothing. */
function splitAtItem<Item extends CatalogueItem>(word: string, catalogue: Catalogue<Item>): string[] {
  const names = catalogue
    .flatMap((entry) => [...entry.commonNames, ...entry.titles])
    .filter((name) => word.length > name.length && (word.startsWith(name) || word.endsWith(name)));
  const name = names.toSorted((a, b) => b.length - a.length)[0];
  if (name === undefined || names.includes(word) || catalogue.some((entry) => isTitlePart(word, entry))) return [word];
  const beside = word.startsWith(name) ? word.slice(name.length) : word.slice(0, -name.length);
  return [name, beside].filter((part) => part.length > 1);
}

function isTitlePart(word: string, entry: { titles: readonly string[]; commonNames: readonly string[] }): boolean {
  return entry.commonNames.includes(word) || entry.titles.some((title) => title.includes(word));
}

/** 安达 may be a residence or a person: it is the residence only where another word is the name. */
function takeName(given: {
  words: readonly string[];
  residences: readonly Residence[];
  residenceId: number | undefined;
}): { name?: string; nameWords?: readonly string[]; residenceId: number | undefined; rest: string[] } {
  const { words, residences } = given;
  const short = words.flatMap((word) => {
    const matches = residences.filter((one) => one.name.replace(/(?:嘎查|社区|村)$/u, '') === word);
    return matches.length === 1 ? matches.map(({ id }) => ({ id, word })) : [];
  })[0];
  const others = words.map((word) => (word === short?.word ? '' : word));
  const elsewhere = given.residenceId === undefined && short ? nameAmong(others) : undefined;
  if (short && elsewhere?.found) return { ...elsewhere.found, residenceId: short.id, rest: elsewhere.rest };
  const { found, rest } = nameAmong(words);
  return { ...found, residenceId: given.residenceId, rest };
}
