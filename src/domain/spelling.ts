/** How the same name or number is spelt differently, and what is left of a text when that is taken away. */

import { normalised } from './typed.ts';

/** Digits of every script (１ ᠑ ༡ ١) become 0–9; everything else stays. */
export function normaliseDigits(text: string): string {
  return text.replace(/[^\P{Nd}0-9]/gu, digitOf);
}

/** Unicode keeps the ten digits of a script side by side, in order. */
function digitOf(character: string): string {
  const compatible = character.normalize('NFKC');
  if (/^\d$/.test(compatible)) return compatible;
  const code = character.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}

/** 丶 is a character to Unicode and a dot to whoever finds no other on the keyboard; ー and ـ only lengthen. */
const DRAWN_APART = /[丶ー\u02b0-\u02ff\u0640]/gu;
/** A star stays: what has been hidden is not read together with what stands beside it. */
const UNSPOKEN = /[^\p{L}\p{M}\p{N}*]|[\p{Script=Inherited}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * What two spellings of a name or number have in common: letters and digits of one case and width, without blanks, dots, dashes,
 * accents and what cannot be seen. The same spelling gives the same text, so it may be hashed.
 */
export function folded(text: string): string {
  return spelt(text).signs;
}

/** 幺 is said on the telephone, the later ones stand on forms, and the last ones are what people draw to look different. */
export const CHINESE_DIGITS = '〇一二三四五六七八九○零壹幺贰叁肆伍陆柒捌玖⓪①②③④⑤⑥⑦⑧⑨⁰¹²³⁴⁵⁶⁷⁸⁹';
const THEIR_VALUES = '012345678900112345678901234567890123456789';
const chineseDigit = new RegExp(`[${CHINESE_DIGITS}]`, 'gu');

/** 一三八 becomes 138; everything else stays. */
export function readChineseDigits(text: string): string {
  return text.replace(chineseDigit, (sign) => THEIR_VALUES.charAt(CHINESE_DIGITS.indexOf(sign)));
}

/** More than any syllable has: ﷺ is taken apart into eighteen letters. */
const CLUSTER_SIGNS_MAX = 8;

/** A text and what is left of it; sign `i` comes from `text.slice(starts[i], ends[i])`. */
export interface Spelt {
  readonly text: string;
  readonly signs: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Read in clusters of a character and its marks, so that the order in which marks were typed makes no difference. */
export function spelt(typed: string): Spelt {
  const text = normalised(typed, 'NFC');
  const starts: number[] = [];
  const ends: number[] = [];
  /** Folding is slow, and the longer a text the more it repeats itself. */
  const known = new Map<string, string>();
  let signs = '';
  let start = 0;
  for (const cluster of text.match(/\P{M}\p{M}*|\p{M}+/gu) ?? []) {
    const read = known.get(cluster) ?? foldedCluster(cluster);
    known.set(cluster, read);
    signs += read;
    for (let sign = 0; sign < read.length; sign += 1) {
      starts.push(start);
      ends.push(start + cluster.length);
    }
    start += cluster.length;
  }
  return { text, signs, starts, ends };
}

function foldedCluster(cluster: string): string {
  if (/^[\u4e00-\u9fff0-9a-z]$/.test(cluster) && cluster !== '丶') return cluster;
  const signs = caseless(normalised(cluster, 'NFKD').slice(0, CLUSTER_SIGNS_MAX))
    .replace(DRAWN_APART, '')
    .replace(UNSPOKEN, '');
  return normaliseDigits(signs);
}

/** There and back: ẞ and ß, Σ, σ and ς end as the same. */
function caseless(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase();
}

/** Puts `by` wherever the name stands, however it is spelt there. `key` is `folded`. */
export function replaceName(reading: Spelt, wanted: { key: string; by: string }): Spelt {
  return replaceSigns(reading, { ...wanted, signs: reading.signs });
}

/** The same with a number of digits and Latin letters, which may be written in Chinese digits. */
export function replaceNumber(reading: Spelt, wanted: { key: string; by: string }): Spelt {
  return replaceSigns(reading, { ...wanted, signs: readChineseDigits(reading.signs) });
}

/** @param wanted.signs those of the reading, one for one. */
function replaceSigns(reading: Spelt, { key, by, signs }: { key: string; by: string; signs: string }): Spelt {
  const { text, starts, ends } = reading;
  let at = key === '' ? -1 : signs.indexOf(key);
  if (at === -1) return reading;
  let replaced = '';
  let done = 0;
  for (; at !== -1; at = signs.indexOf(key, at + key.length)) {
    replaced += text.slice(done, Math.max(done, starts[at] ?? 0)) + by;
    done = ends[at + key.length - 1] ?? done;
  }
  return spelt(replaced + text.slice(done));
}
