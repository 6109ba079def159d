/**
 * Free text that a group or a file without personal data shows: people write names, numbers and addresses into reasons and
 * remarks. docs/PRIVACY.md says what is found and what cannot be.
 */
import { ADDRESS_HIDDEN, hideAddresses } from './address.ts';
import type { Contact } from './contact.ts';
import { maskName, nameKey, nameParts } from './name.ts';
import { maskIdNumber, maskPhone } from './person.ts';
import { hideNamesBeside } from './second-person.ts';
import {
  CHINESE_DIGITS,
  folded,
  normaliseDigits,
  readChineseDigits,
  replaceName,
  replaceNumber,
  type Spelt,
  spelt,
} from './spelling.ts';
import { normalised } from './typed.ts';

/** What is known of the person whom a text is about. */
export interface KnownPerson {
  readonly name: string;
  /** '' of somebody who has no telephone. */
  readonly phone: string;
  readonly idNumber: string | null;
  readonly address: string | null;
  /** Through whom somebody is reached who has no telephone. */
  readonly contact: Contact | null;
}

/** A shorter one (西街) is part of other words. */
const ADDRESS_SIGNS_MIN = 4;

/** What stands between the digits of one number. */
const BETWEEN = '[\\s\\p{Cf}\\p{Pd}\\p{Mn}\\p{Default_Ignorable_Code_Point}\\u20e3\\u2800−ー~～_.．·•・‧/()（）]{0,4}';

/** Numbers that tell of nobody: a case's, and days and years with the signs that make them such. */
const HARMLESS = [
  '\\d{2}-\\d{2}-\\d{5}',
  '20\\d{2}([-./])(?:1[0-2]|0?[1-9])\\2(?:3[01]|[12]\\d|0?[1-9])',
  '20\\d{2}[-~—至]20\\d{2}',
  '(?:1[0-2]|0?[1-9])\\.(?:3[01]|[12]\\d|0?[1-9])[-~—至](?:1[0-2]|0?[1-9])\\.(?:3[01]|[12]\\d|0?[1-9])',
];
const harmless = `(?<![\\dA-Za-z])(?:${HARMLESS.join('|')})(?!\\d|[-./]\\d)`;

/** A passport's or permit's letters, and six digits at least. */
const LETTERED = `(?<![A-Za-zＡ-Ｚａ-ｚ])[A-Za-zＡ-Ｚａ-ｚ]{1,3}\\d(?:${BETWEEN}\\d){5,}`;
/** Chinese digits count within: at an end they mean something else (李四139…, …1234三天). */
const LONG = `\\d(?:${BETWEEN}[\\d${CHINESE_DIGITS}]){5,}${BETWEEN}\\d`;
/** Between the groups in which a mobile number is said: any sign, or a word; four stars have been put there to hide it. */
const APART =
  '(?:[^\\p{L}\\p{N}*]{1,4}|[^\\p{L}\\p{N}*]{0,2}(?:(?<!\\*)\\*{1,3}(?!\\*)|[和与及跟加到])[^\\p{L}\\p{N}*]{0,2})';
const MOBILE = `1[3-9]\\d${APART}\\d{4}(?:${APART})?\\d{4}(?!\\d)`;
/** Its first groups alone may be long enough to be taken for the whole. */
const MOBILE_WHOLE = `1[3-9]\\d(?:${APART})?\\d{4}${APART}\\d{4}(?!${BETWEEN}\\d)`;
const numbers = new RegExp(
  `(${harmless})|(?:${LETTERED}|${MOBILE_WHOLE}|${LONG}|${MOBILE})(?:${BETWEEN}[XxＸｘ](?![A-Za-z]))?`,
  'gu',
);
const IN_CHINESE = `[${CHINESE_DIGITS}]`;
/** A mobile number's groups, whatever stands between them, or a run of seven. */
const chineseNumbers = new RegExp(
  `[一壹幺①¹]${IN_CHINESE}{2}${APART}${IN_CHINESE}{4}${APART}${IN_CHINESE}{4}(?!${IN_CHINESE})|${IN_CHINESE}(?:${BETWEEN}${IN_CHINESE}){6,}`,
  'gu',
);

/** A landline, or a number of 400, which nobody has at home. */
const LANDLINE = /^(?:(?:0\d{2,3})?[2-8]\d{6,7}|400\d{7})$/;
/** An office, perhaps who is to be asked for there, and the words that lead to its number: 找民政局李科长，电话0470-8812345. */
const AT_OFFICE =
  /(?:窗口|中心|大厅|部门|服务点|办事处|办公室|政府|医院|卫生院|热线|[^家]局|(?:民政|社保|信访|党政)办|(?:派出|司法|供电|税务)所|(?:服务|工作|兽医)站)(?:\p{sc=Han}{0,3}(?:科长|股长|局长|所长|站长|主任|书记|干事|老师|同志))?[\s:：,，、(（]{0,3}(?:的?(?:联系|咨询|办公|值班)?(?:电话|座机|热线)[\s:：是为]{0,2})?$/u;
/** Characters before a number that are looked at. */
const AT_OFFICE_MAX = 40;

/** Whom a resident is to ask has to stay readable: the landline that stands behind an office, if it is not the person's own. */
function isOfOffice(run: string, { before, person }: { before: string; person: KnownPerson | undefined }): boolean {
  // A letter, or a digit written otherwise, stays: what has one is no telephone.
  const digits = run.replace(/[\s\p{Pd}（）()]/gu, '');
  if (!LANDLINE.test(digits) || !AT_OFFICE.test(before)) return false;
  return ![person?.phone, person?.contact?.phone].some((own) => own?.endsWith(digits));
}

/**
 * Hides the person's own data in whatever spelling, names said together with a telephone number or behind 姓名, addresses, and
 * every number of seven digits or more but an office's. @param places see `hideNamesBeside`.
 */
export function hidePersonal(text: string, person: KnownPerson | undefined, places: readonly string[] = []): string {
  const numberless = hideAddresses(hideOwn(text, person))
    .replace(numbers, (run: string, harmlessNumber: string | undefined, _sign, at: number, whole: string) => {
      const stays =
        harmlessNumber !== undefined ||
        isOfOffice(run, { before: whole.slice(Math.max(0, at - AT_OFFICE_MAX), at), person });
      return stays ? run : maskNumber(run);
    })
    .replace(chineseNumbers, maskNumber);
  return hideNamesBeside(numberless, places);
}

/** Whether a text names this person in any spelling. */
export function mentions(text: string, person: KnownPerson): boolean {
  return hideOwn(text, person) !== hideOwn(text, undefined);
}

/** Hides only this person, in a text that is a number by nature, such as a 一窗受理号. */
export function hideOwn(text: string, person: KnownPerson | undefined): string {
  const typed = normaliseDigits(normalised(text, 'NFC'));
  if (!person) return typed;
  const { name, phone, idNumber, address, contact } = person;
  let reading = spelt(typed);
  if (address && folded(address).length >= ADDRESS_SIGNS_MIN) {
    reading = replaceName(reading, { key: folded(address), by: ADDRESS_HIDDEN });
  }
  if (idNumber) reading = replaceNumber(reading, { key: folded(idNumber), by: maskIdNumber(idNumber) });
  for (const number of [phone, contact?.phone ?? '']) {
    if (number !== '') reading = replaceNumber(reading, { key: number, by: maskPhone(number) });
  }
  for (const called of [name, contact?.name ?? ''].flatMap((whole) => [whole, ...nameParts(whole)])) {
    if (called !== '') reading = hideName(reading, called);
  }
  return reading.text;
}

function hideName(reading: Spelt, name: string): Spelt {
  const key = nameKey(name);
  const by = nameKey(maskName(name)).includes(key) ? '**' : maskName(name);
  // A name without letters has no spellings.
  return folded(name) === '' ? spelt(reading.text.replaceAll(name, by)) : replaceName(reading, { key, by });
}

function maskNumber(run: string): string {
  const signs = folded(readChineseDigits(run))
    .toUpperCase()
    .replace(/[^\dA-Z]/g, '');
  return /^\d{7,14}$/.test(signs) ? maskPhone(signs) : maskIdNumber(signs);
}
