/** Reads one typed registration line (`低保 张三 13800000000 安达社区`), its parts in any order. */

import { takeAddress } from './address.ts';
import type { ServiceWay } from './case.ts';
import type { Catalogue, CatalogueItem } from './catalogue.ts';
import { saysNoPhone } from './contact.ts';
import { MIDDLE_DOTS } from './name.ts';
import { parsePhone } from './person.ts';
import { takeItems } from './prefill-items.ts';
import { nameAmong, splitAtVerb, whyNoName } from './prefill-name.ts';
import { BREAK, takeNumbers } from './prefill-numbers.ts';
import { isChineseName, KIN } from './second-person.ts';
import { normaliseDigits } from './spelling.ts';
import { withoutEnding } from './typed.ts';

export interface Residence {
  readonly id: number;
  readonly name: string;
  /** Whoever types may not register for it. */
  readonly outside?: boolean;
}

export interface Prefill {
  /** Best matches, nearest first; more than one where only the typist knows which is meant. */
  readonly itemCodes: readonly string[];
  /** The typed words that named them, as far as they are the catalogue's own; two when there are two errands. */
  readonly itemWords: readonly string[];
  readonly name?: string;
  /** Neighbouring words that may be one name or more: only the person who typed them knows, so `name` is absent. */
  readonly nameWords?: readonly string[];
  /** Why no word is the name, where one may have been meant as it. */
  readonly nameless?: 'signs' | 'long';
  /** 无 where the line says that there is none. May have a slip in it: the form says which. */
  readonly phone?: string;
  /** May have a slip in it: the form says which. */
  readonly idNumber?: string;
  readonly address?: string;
  readonly way?: ServiceWay;
  readonly residenceId?: number;
  /** A place that was named and that whoever types may not register for. */
  readonly outside?: string;
  /** Somebody else on the same line: one line registers one person. */
  readonly next?: { readonly name: string; readonly phone?: string };
  /** Through whom the applicant is reached: 女儿李四 13900000000. */
  readonly contact?: string;
  /** What stood in brackets behind the name: 父亲代. */
  readonly asides: readonly string[];
  /** Words that were not understood, as typed. */
  readonly rest: readonly string[];
}

/** As it may be typed into the form, too. */
const NO_PHONE = '无';
/** Words that are looked at: nobody types more about one person. The others stay as they are typed. */
const WORDS_MAX = 40;
/** Said beside the errand; the other ways are too seldom to be typed. */
const waysOfService = new Map<string, ServiceWay>(
  '上门 上门办理 上门服务 上门帮办 上门代办 需上门 要上门 请上门'.split(' ').map((word) => [word, 'doorstep']),
);
/** 儿子, 女儿李四 */
const RELATIVE = new RegExp(`^(?:${KIN})\\p{sc=Han}{0,4}$`, 'u');
/** Of the week, though 周 begins names. */
const WEEKDAY = /^周[一二三四五六日末]/u;
const DOT_IN_NAME = new RegExp(` ?[${MIDDLE_DOTS}] ?`, 'gu');
const ASIDE = new RegExp(`[（(](?<words>[^（）()]{0,20}(?:代|${KIN})[^（）()]{0,20})[）)]`, 'gu');

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
  const brackets = takeAsides(numbers.text);
  const typed = wordsOf(brackets.text);
  const place = takeResidence(typed.slice(0, WORDS_MAX), residences);
  const items = takeItems(place.words, catalogue);
  const way = items.words.map((word) => waysOfService.get(word)).find((found) => found !== undefined);
  // 没电话: the number on the line is somebody else's.
  const hasNoPhone = items.words.some(saysNoPhone);
  const words = items.words
    .map((word) => (waysOfService.has(word) || saysNoPhone(word) ? '' : word))
    .flatMap(splitAtVerb);
  const found = place.residence ?? takeResidence([home.address ?? ''], residences).residence;
  const own = residences.filter((one) => one.outside !== true);
  const { residenceId, rest: others, ...named } = takeName({ words, residences: own, residenceId: found?.id });
  const second = takeNext({
    words: others,
    numbers: hasNoPhone && numbers.phone !== undefined ? [numbers.phone, ...numbers.rest] : numbers.rest,
    hasName: named.name !== undefined,
  });
  const phone = hasNoPhone ? NO_PHONE : numbers.phone;
  const rest = [...second.rest, ...typed.slice(WORDS_MAX), ...items.rest, ...second.numbers].filter(Boolean);
  const nameless = named.name === undefined && named.nameWords === undefined ? whyNoName(rest) : undefined;
  return {
    ...named,
    itemCodes: items.codes,
    itemWords: items.own,
    ...(nameless === undefined ? {} : { nameless }),
    ...(phone === undefined ? {} : { phone }),
    ...(numbers.idNumber === undefined ? {} : { idNumber: numbers.idNumber }),
    ...(home.address === undefined ? {} : { address: home.address }),
    ...(way === undefined ? {} : { way }),
    ...(found?.outside ? { outside: found.name } : residenceId === undefined ? {} : { residenceId }),
    ...(second.next === undefined ? {} : { next: second.next }),
    ...(second.contact === undefined ? {} : { contact: second.contact }),
    asides: brackets.asides,
    rest,
  };
}

/** Others are words like any, and only their brackets go: 低保（张三）. */
function takeAsides(text: string): { text: string; asides: string[] } {
  const asides: string[] = [];
  const without = text.replace(ASIDE, (_whole, words: string) => {
    asides.push(words.trim());
    return BREAK;
  });
  return { text: without.replace(/[（）()]/gu, BREAK), asides };
}

/** Whoever is named behind the applicant: by who they are to them, by a family name, or with a telephone number of their own. */
function takeNext(left: { words: readonly string[]; numbers: readonly string[]; hasName: boolean }): {
  next?: { name: string; phone?: string };
  contact?: string;
  rest: readonly string[];
  numbers: readonly string[];
} {
  const { words, numbers } = left;
  const nobody = { rest: words, numbers };
  if (!left.hasName) return nobody;
  const number = numbers.find((digits) => parsePhone(digits).ok);
  const relative = words.find((word) => RELATIVE.test(word));
  if (relative !== undefined && number !== undefined) {
    const others = {
      rest: words.filter((word) => word !== relative),
      numbers: numbers.filter((one) => one !== number),
    };
    return { ...others, contact: `${relative} ${number}` };
  }
  const chinese = words.find((word) => isChineseName(word) && !WEEKDAY.test(word));
  const among = chinese === undefined && number !== undefined ? nameAmong(words).found : undefined;
  const name = chinese ?? (among && 'name' in among ? among.name : undefined);
  if (name === undefined) return nobody;
  return {
    next: { name, ...(number === undefined ? {} : { phone: number }) },
    rest: words.filter((word) => word !== name && !name.split(' ').includes(word)),
    numbers: numbers.filter((digits) => digits !== number),
  };
}

/** Names of a form's fields, as pasted forms have them: with a colon, with the number at once, or as words of their own. */
const LABELS =
  '申请人|姓名|名字|联系(?:方式|电话|号码)|电话(?:号码)?|手机(?:号码?)?|身份证号?码?|(?:办理|申请)?事项|(?:家庭|现|居)?住址|地址';
const LABEL = new RegExp(`(?:${LABELS})(?:[:：]|(?=\\s*\\d))|(?<=^|\\s)(?:${LABELS})(?=\\s)`, 'gu');

function unlabelled(line: string): string {
  return normaliseDigits(line)
    .replace(/\s+/gu, ' ')
    .replace(DOT_IN_NAME, '·')
    .replace(/[＋－Ｘｘ]/g, (character) => character.normalize('NFKC'))
    .replace(LABEL, ' ');
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
): { words: string[]; residence?: Residence } {
  let residence: Residence | undefined;
  const words = typed.flatMap((word) => {
    const end = (one: Residence) => word.indexOf(one.name) + one.name.length;
    const match = residences
      .filter((one) => one.name !== '' && word.includes(one.name))
      .toSorted((a, b) => end(b) - end(a) || b.name.length - a.name.length)[0];
    if (!match || residences.some((one) => one.id !== match.id && one.name === match.name)) return [word];
    residence = match;
    return ['', word.slice(end(match))];
  });
  return residence === undefined ? { words } : { words, residence };
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
