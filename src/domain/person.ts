/** The applicant's telephone and ID number: how they are read from what people type, and how a group may see them. */
import { DateTime } from 'luxon';
import { folded, normaliseDigits } from './spelling.ts';
import { normalised } from './typed.ts';

/** `value` is the canonical text to store; `problem` a Chinese sentence that says what is wrong and what to do. */
export type Parsed = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly problem: string };

const ID_LENGTH = 18;
const MOBILE_LENGTH = 11;
const FOREIGN = '这是境外号码，请填一个联系得上的国内号码，境外号码可写在备注里';
const LANDLINE_EXAMPLE = '0470-8812345';

/**
 * A mobile number (11 digits, 1[3-9]…) or a landline with its area code; with or without +86, spaces, dashes, brackets,
 * full-width. The value is digits only.
 */
export function parsePhone(text: string): Parsed {
  const typed = compact(text).replace(/[()（）.·•・/_]/g, '');
  if (typed === '') return wrong('请填写联系电话');
  if (/^(?:\+(?!86)|00(?!86))[\d]{4}/.test(typed)) return wrong(FOREIGN);
  const local = typed
    .replace(/^(?:\+|00)86/, '')
    .replace(/^86(?=1[3-9]\d{9}$)/, '')
    // As it is dialled from a landline elsewhere in the country.
    .replace(/^0(?=1[3-9])/, '');
  const stranger = /\D/u.exec(local)?.[0];
  if (stranger !== undefined) return wrong(`电话里有数字以外的字「${stranger}」，请只填号码`);
  if (isMobile(local) || isLandline(local)) return { ok: true, value: local };
  if (local !== typed && isLandline(`0${local}`)) return { ok: true, value: `0${local}` };
  return wrong(phoneProblem(local));
}

/** `138****1234`, a number as cards in groups show it: nobody can be found by it. */
export function isMaskedPhone(text: string): boolean {
  return /^\d{3,4}[-\s]*[*＊×]{2,8}[-\s]*\d{2,4}$/u.test(normaliseDigits(text).trim());
}

/**
 * An 18-digit ID number with the check digit of GB 11643-1999; lower-case and full-width x accepted, value with X.
 * @param today local day (YYYY-MM-DD): nobody is born after it.
 */
export function parseIdNumber(text: string, today: string): Parsed {
  const typed = compact(text).toUpperCase();
  if (typed === '') return wrong('请填写身份证号');
  if (/^\d{15}$/.test(typed)) return wrong('这是15位的旧身份证号，请填写18位的新身份证号');
  if (!/^[\dX]*$/.test(typed) || typed.slice(0, -1).includes('X')) {
    return wrong('身份证号只能是数字，最后一位可以是X，请核对');
  }
  const surplus = typed.length - ID_LENGTH;
  if (surplus !== 0) return wrong(`${lengthProblem(surplus)}，应为18位身份证号，请核对`);
  const born = DateTime.fromFormat(typed.slice(6, 14), 'yyyyMMdd', { zone: 'utc' });
  if (!born.isValid || born.year < 1900) return wrong('出生日期不对，请核对第7位至第14位');
  if ((born.toISODate() ?? '') > today) return wrong('出生日期在今天之后，请核对第7位至第14位');
  if (checkDigit(typed) !== typed.slice(-1)) return wrong('校验位不对，请核对最后一位和其他各位');
  return { ok: true, value: typed };
}

/**
 * Numbers of permits that are no ID number: 港澳居民来往内地通行证 (H or M, 8 or 10 digits), 台湾居民来往大陆通行证 (8 digits), and
 * 外国人永久居留证 until 2017 (3 letters, 12 digits). Residence permits (港澳台居民居住证, the newer 永久居留身份证) have 18 digits like an ID number.
 */
const PERMIT = /^(?:[HM]\d{8}(?:\d{2})?|\d{8}|[A-Z]{3}\d{12})$/;

/** What a form takes as 身份证号: an ID number, or the number of a permit. A typed line takes ID numbers only: eight digits may be anything. */
export function parseDocument(text: string, today: string): Parsed {
  const typed = documentKey(compact(text));
  return PERMIT.test(typed) ? { ok: true, value: typed } : parseIdNumber(text, today);
}

/** 13800001234 → 138****1234; of a number too short for that the last two digits, of a very short one nothing. */
export function maskPhone(phone: string): string {
  const digits = digitsOf(phone);
  if (digits.length >= 10) return `${digits.slice(0, 3)}****${digits.slice(-4)}`;
  return digits.length >= 6 ? `****${digits.slice(-2)}` : '****';
}

/** 1****************X: the first and the last place; a short text is hidden whole. */
export function maskIdNumber(idNumber: string): string {
  const length = idNumber.length;
  if (length < 8) return '*'.repeat(length);
  return `${idNumber.slice(0, 1)}${'*'.repeat(length - 2)}${idNumber.slice(-1)}`;
}

/** The last four digits, by which people look a case up (手机尾号). */
export function phoneTail(phone: string): string {
  return digitsOf(phone).slice(-4);
}

/** The same for every spelling of a telephone number: digits only, without the country's code. */
export function phoneKey(phone: string): string {
  const parsed = parsePhone(phone);
  return parsed.ok ? parsed.value : digitsOf(phone);
}

/** The same for every spelling of an ID number of 15 or 18 places, a passport or a residence permit: capitals and digits only. */
export function documentKey(number: string): string {
  return folded(number).toUpperCase();
}

function wrong(problem: string): Parsed {
  return { ok: false, problem };
}

/** Half-width, without what people put between groups of digits. */
function compact(text: string): string {
  return normaliseDigits(normalised(text, 'NFKC')).replace(/[\s\p{Cc}\p{Cf}\p{Pd}−ー]/gu, '');
}

function digitsOf(text: string): string {
  return normaliseDigits(text).replace(/\D/g, '');
}

function isMobile(digits: string): boolean {
  return /^1[3-9]\d{9}$/.test(digits);
}

/** Area codes 010 and 02x have three digits, all others four. */
function isLandline(digits: string): boolean {
  return /^0(?:10|2\d)[2-8]\d{7}$/.test(digits) || /^0[3-9]\d{2}[2-8]\d{6,7}$/.test(digits);
}

function phoneProblem(digits: string): string {
  if (digits.startsWith('0')) return `座机应为区号加7位或8位号码，如 ${LANDLINE_EXAMPLE}，请核对`;
  if (/^[2-8]\d{6,7}$/.test(digits)) return `座机请加上区号，如 ${LANDLINE_EXAMPLE}`;
  if (!digits.startsWith('1')) return `请填写11位手机号，或区号加座机号，如 ${LANDLINE_EXAMPLE}`;
  const surplus = digits.length - MOBILE_LENGTH;
  if (surplus !== 0) return `${lengthProblem(surplus)}，应为11位手机号，请核对`;
  return '手机号第二位应为3至9，请核对';
}

function lengthProblem(surplus: number): string {
  return surplus < 0 ? `少了${-surplus}位` : `多了${surplus}位`;
}

/** GB 11643-1999: ISO 7064 MOD 11-2 over the first 17 digits. */
function checkDigit(idNumber: string): string {
  let sum = 0;
  for (const digit of idNumber.slice(0, -1)) sum = (sum + Number(digit)) * 2;
  return '10X98765432'.charAt(sum % 11);
}
