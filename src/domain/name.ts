/** The applicant's name: how it is read from what people type, when two spellings are one name, how a group may see it. */
import type { Parsed } from './person.ts';
import { folded } from './spelling.ts';
import { normalised } from './typed.ts';

const NAME_GRAPHEMES_MAX = 50;
/** One grapheme may carry any number of combining marks, so the raw length is limited as well. */
const NAME_UNITS_MAX = 300;
const STARS_MAX = 3;

/** The dot inside a name as the public security's systems store it (GB/T 2312's 间隔号). */
const DOT = '·';
/** Looks like it on any keyboard. */
export const MIDDLE_DOTS = '·•∙⋅・･‧․᛫⸱';
/** What is typed for it. */
const DOTS = `${MIDDLE_DOTS}●▪◦▸丶`;
/** What is typed for it as well, except in names of Latin or Cyrillic letters, where it stands for itself: J. R., Jean-Luc. */
const STOPS = '.．。｡﹒…‥⋯\\p{Pd}−';
const OTHER_LETTER = '[^\\P{L}\\p{sc=Latn}\\p{sc=Cyrl}]';
const AROUND = `[\\s${DOTS}${STOPS}]*`;
const innerDot = new RegExp(
  `(?<=[\\p{L}\\p{M}])${AROUND}[${DOTS}]${AROUND}(?=\\p{L})|(?<=${OTHER_LETTER}\\p{M}*)\\s*[${STOPS}]${AROUND}(?=\\p{L})`,
  'gu',
);
const outerDots = new RegExp(
  `^[\\s${DOTS}]+|[\\s${DOTS}]+$|^${AROUND}(?=${OTHER_LETTER})|(?<=${OTHER_LETTER}\\p{M}*)${AROUND}$`,
  'gu',
);

/** What stands between parts by which people call somebody, and two names typed for one. Not ་, which ends a syllable. */
const betweenParts = /[·\s/\\、,，;；|_.．()（）[\]【】\p{Pd}]+/u;

const segmenter = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/**
 * A name of 1–50 graphemes in any script. Whatever dot was typed is stored as U+00B7; what cannot be seen and what turns the
 * direction of the text is taken out, blanks are collapsed, and those of an aligned form (张　三) go.
 */
export function parseName(text: string): Parsed {
  const seen = text
    .replace(/[^\P{Cc}\s]|[\p{Bidi_Control}\p{Cs}\u200b\ufeff]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
  if (seen.length > NAME_UNITS_MAX) return tooLong;
  const value = closedUp(normalised(seen, 'NFC').replace(innerDot, DOT).replace(outerDots, ''));
  if (!/[^\p{Cf}\s]/u.test(value)) return { ok: false, problem: '请填写申请人姓名' };
  if (/\d{5}/.test(folded(value))) return { ok: false, problem: '姓名里有号码，请只填写姓名' };
  return graphemes(value, NAME_GRAPHEMES_MAX + 1).length > NAME_GRAPHEMES_MAX ? tooLong : { ok: true, value };
}

const tooLong: Parsed = { ok: false, problem: '姓名超过50个字，请只填写姓名' };

/** A single Chinese character among others is no word of a name. */
function closedUp(name: string): string {
  const words = name.split(' ');
  const aligned = words.every((word) => /^\p{sc=Han}+$/u.test(word)) && words.some((word) => [...word].length === 1);
  return aligned ? words.join('') : name;
}

/** The same for every spelling of a name; what it is compared and looked up by. */
export function nameKey(name: string): string {
  return folded(name) || normalised(name, 'NFC');
}

/** How long a beginning may be that is looked for as such, in graphemes. */
const BEGINNING_MAX = 6;

/** 孙, 孙*, 姓孙的, 孙某某: the beginning of a name, in the form of `nameKey`; undefined when it is none. */
export function beginningOfName(text: string): string | undefined {
  const typed = normalised(text, 'NFKC')
    .trim()
    .replace(/^姓(\p{sc=Han}{1,2})的?$/u, '$1');
  const beginning = typed.replace(/(?<=.)(?:[*×]{1,4}|某{1,2})$/u, '');
  if (!/^\p{L}[\p{L}\p{M}·•・.\s]*$/u.test(beginning)) return undefined;
  const isLetter = /^[\p{sc=Latn}\p{sc=Cyrl}]$/u.test(beginning);
  return isLetter || graphemes(beginning, BEGINNING_MAX + 1).length > BEGINNING_MAX ? undefined : nameKey(beginning);
}

/** @param beginning of `beginningOfName`. */
export function beginsWith(name: string, beginning: string): boolean {
  return nameKey(name).startsWith(beginning);
}

/** Parts of a name by which alone people call somebody: 阿依古丽 and 买买提 of 阿依古丽·买买提. None of a name in one part. */
export function nameParts(name: string): string[] {
  const parts = name.split(betweenParts);
  return parts.length === 1 ? [] : parts.filter((part) => folded(part).length >= (/\p{sc=Han}/u.test(part) ? 2 : 3));
}

/** 张三 → 张*, 苏日娜·宝音 → 苏***: the first grapheme and at most three stars; a name of one grapheme is hidden whole. */
export function maskName(name: string): string {
  const [first, ...others] = graphemes(name, STARS_MAX + 1);
  if (first === undefined) return '';
  return others.length === 0 ? '*' : first + '*'.repeat(others.length);
}

/** The first of them, as many as are asked for. */
function graphemes(text: string, max: number): string[] {
  // Finding them is slow, and of the usual characters each is one by itself.
  if (/^[\u4E00-\u9FFF·A-Za-z]*$/.test(text)) return Array.from(text.slice(0, max));
  const found: string[] = [];
  for (const { segment } of segmenter.segment(text)) {
    if (found.length === max) break;
    found.push(segment);
  }
  return found;
}
