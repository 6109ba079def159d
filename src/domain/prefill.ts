/** Reads one typed registration line (`低保 张三 13800000000 安达社区`), its parts in any order. */
import { takeAddress } from './address.ts';
import type { ServiceWay } from './case.ts';
import { type Catalogue, type CatalogueItem, searchItems } from './catalogue.ts';
import { parseName } from './name.ts';
import { documentKey, parsePhone } from './person.ts';
import { normaliseDigits } from './spelling.ts';

export interface Residence {
  readonly id: number;
  readonly name: string;
}

export interface Prefill {
  /** Best matches, at most five; more than one where they match equally well. */
  readonly itemCodes: readonly string[];
  readonly name?: string;
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
const NAME_LENGTH_MAX = 20;
/** Said beside the errand; the other ways are too seldom to be typed. */
const waysOfService = new Map<string, ServiceWay>(
  ['上门', '上门办理', '上门服务', '上门帮办', '上门代办', '需上门', '要上门', '请上门'].map((word) => [
    word,
    'doorstep',
  ]),
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
  const numbers = takeNumbers(unlabelled(home.text));
  const place = takeResidence(wordsOf(numbers.text), residences);
  const residenceId = place.residenceId ?? takeResidence([home.address ?? ''], residences).residenceId;
  const items = takeItems(place.words, catalogue);
  const words = items.words.filter((word) => !waysOfService.has(word));
  const way = items.words.map((word) => waysOfService.get(word)).find((found) => found !== undefined);
  const person = takeName({ words, residences, residenceId });
  return {
    itemCodes: items.codes,
    ...(person.name === undefined ? {} : { name: person.name }),
    ...(numbers.phone === undefined ? {} : { phone: numbers.phone }),
    ...(numbers.idNumber === undefined ? {} : { idNumber: numbers.idNumber }),
    ...(home.address === undefined ? {} : { address: home.address }),
    ...(way === undefined ? {} : { way }),
    ...(person.residenceId === undefined ? {} : { residenceId: person.residenceId }),
    rest: [...person.rest, ...items.rest, ...numbers.rest],
  };
}

function unlabelled(line: string): string {
  return normaliseDigits(line)
    .replace(/[＋－Ｘｘ]/g, (character) => character.normalize('NFKC'))
    .replace(/(?:申请人|姓名|联系电话|电话|手机号?|身份证号?码?|事项|住址|地址)(?:[:：]|(?=\s*\d))/gu, ' ');
}

/** Runs of digits with spaces or dashes in them: the longest groups that make a telephone or ID number. */
function takeNumbers(line: string): { text: string; phone?: string; idNumber?: string; rest: string[] } {
  const found: { phone?: string; idNumber?: string } = {};
  const rest: string[] = [];
  const text = line.replace(/\+?\d(?:[\d\s-]*\d)?(?:\s?[Xx](?![A-Za-z]))?/g, (run) => {
    if (run.replace(/\D/g, '').length < 3) return run;
    for (let groups = run.split(/\s+/); groups.length > 0; ) {
      const taken = groups.findLastIndex((_, last) => keepNumber(groups.slice(0, last + 1).join(''), found)) + 1;
      if (taken === 0) rest.push(groups[0] ?? '');
      groups = groups.slice(Math.max(taken, 1));
    }
    return ' ';
  });
  return { ...found, text, rest };
}

/** Keeps the number in the first free place it is right for. */
function keepNumber(digits: string, found: { phone?: string; idNumber?: string }): boolean {
  const phone = parsePhone(digits);
  if (phone.ok && found.phone === undefined) {
    found.phone = phone.value;
    return true;
  }
  const typed = documentKey(digits);
  if (!/^\d{17}[\dX]$/.test(typed) || found.idNumber !== undefined) return false;
  found.idNumber = typed;
  return true;
}

function wordsOf(text: string): string[] {
  return text
    .split(/[\p{Cc}\s,，、;；/|]+/u)
    .map((word) => word.replace(/^[\p{Pd}:：.。]+|[\p{Pd}:：.。]+$/gu, ''))
    .filter((word) => word !== '');
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
    return [word.slice(end(match))].filter((after) => after !== '');
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
  const words = split.filter((word) => !candidates.includes(word) && !actionWords.has(word));
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

/** The first word that can be a name. 安达 may be a residence or a person: it is the residence only where another word is the name. */
function takeName(given: {
  words: readonly string[];
  residences: readonly Residence[];
  residenceId: number | undefined;
}): { name?: string; residenceId: number | undefined; rest: string[] } {
  const { words, residences } = given;
  const possible = words.filter(canBeName);
  const short = possible.flatMap((word) => {
    const matches = residences.filter((one) => one.name.replace(/(?:嘎查|社区|村)$/u, '') === word);
    return matches.length === 1 ? matches.map(({ id }) => ({ id, word })) : [];
  })[0];
  const place = given.residenceId === undefined && possible.length > 1 ? short : undefined;
  const name = possible.find((word) => word !== place?.word);
  const rest = words.filter((word) => word !== name && word !== place?.word);
  const residenceId = given.residenceId ?? place?.id;
  const parsed = parseName(name ?? '');
  return parsed.ok ? { name: parsed.value, residenceId, rest } : { residenceId, rest };
}

function canBeName(word: string): boolean {
  return /^\p{L}[\p{L}\p{M}·•・.'’-]*$/u.test(word) && word.length > 1 && word.length <= NAME_LENGTH_MAX;
}
