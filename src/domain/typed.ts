/** What people type is as long as they paste it: its limit, and reading whose time grows with the length alone. */

/** Characters (code points) of a line that is read. A longer one is refused at the door, before any parser sees it. */
export const LINE_MAX = 500;

/** Lines of a pasted list that are read, and characters of all of them. */
export const LIST_LINES_MAX = 20;
const LIST_MAX = 2_000;

/** Is it more than a line, or a list of lines, may be? */
export function isTooMuch(text: string): boolean {
  return isLongerThan(text, text.includes('\n') ? LIST_MAX : LINE_MAX);
}

/** Are there more characters (code points) than that? A text far too long is not counted. */
export function isLongerThan(text: string, max: number): boolean {
  // A character has two code units at most.
  return text.length > 2 * max || (text.length > max && [...text].length > max);
}

/** Does nobody see anything of it: blanks, fillers, and what only turns or joins? */
export function isBlank(text: string): boolean {
  return !/[^\s\p{C}\u115f\u1160\u2800\u3164\uffa0]/u.test(text);
}

/** Has it no more than one letter or digit? */
export function saysNothing(text: string): boolean {
  return !/[\p{L}\p{N}].*?[\p{L}\p{N}]/su.test(text);
}

/** What stands for good, and is changed or shown all the same, needs a reason of so many characters. */
export const REASON_MIN = 4;

/** Is it shorter than a reason has to be, or of signs alone? */
export function isNoReason(text: string): boolean {
  return [...text.replaceAll(/\s/gu, '')].length < REASON_MIN || saysNothing(text);
}

/**
 * `text.normalize`, for text of any length: marks that follow one another are sorted by insertion, so a run of them is cut at 30,
 * as the Stream-Safe Text Format of UAX #15 has it.
 */
export function normalised(text: string, form: 'NFC' | 'NFKC' | 'NFKD'): string {
  return text.replace(/(\p{M}{30})\p{M}+/gu, '$1').normalize(form);
}

/** Without the signs at its end. `/[…]+$/` would try anew at each character of a long run of them. */
export function withoutEnding(text: string, sign: RegExp): string {
  let end = text.length;
  while (end > 0 && sign.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
