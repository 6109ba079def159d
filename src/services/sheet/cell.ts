/** One cell of a worksheet as XML (ECMA-376, part 1, §18.3.1.4): text stays text, moments become Excel's day numbers. */
import { DateTime } from 'luxon';

/** Milliseconds since the epoch, shown as day and time in the time zone of the sheet. */
export interface Moment {
  readonly at: number;
}

/** What a cell may hold. Text is never read as a formula; null is an empty cell. */
export type Cell = string | number | Moment | null;

/** Indexes into `cellXfs` of the workbook's styles (`styles.ts`). */
export const cellStyles = { text: 0, title: 1, note: 2, header: 3, moment: 4, quoted: 5 } as const;

/** Excel refuses the whole file for a longer text. */
const TEXT_UNITS_MAX = 32_767;
const SECONDS_PER_DAY = 86_400;
/** Day number of 1970-01-01 in Excel's calendar, which begins in 1900. */
const EPOCH_DAY = 25_569;
/** No zone changes its offset within a quarter of an hour. */
const SAME_OFFSET_MS = 900_000;

/** What XML 1.0 cannot hold, escaped or not; and, of the rest, what would end the text or pass for Excel's own escape. */
const impossible = /[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const special = /[&<>]|_(?=x[0-9a-f]{4}_)/gi;
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', _: '_x005F_' };
const needsCare = /[^\u0020-\u0025\u0027-\u003B\u003D\u003F-\u005E\u0060-\u007E\u3000-\u9FFF]/;

/** Text as the content of an XML element. What cannot stand in a cell is left out; a very long text is cut. */
export function xmlText(text: string): string {
  if (text.length <= TEXT_UNITS_MAX && !needsCare.test(text)) return text;
  return text
    .slice(0, TEXT_UNITS_MAX)
    .replace(/\r\n?/g, '\n')
    .replace(impossible, '')
    .replace(special, (sign) => entities[sign] ?? '');
}

/**
 * Whether a spreadsheet could take the text for a formula when somebody edits the cell or passes the table on as CSV. Such a cell
 * is marked as quoted, which is what Excel itself does for text typed after an apostrophe.
 */
export function looksLikeFormula(text: string): boolean {
  return /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u.test(text) || /^[\t\r\n]/.test(text);
}

/** Turns moments into Excel's day numbers, in one time zone. */
export function dayNumbers(zone: string): (at: number) => string {
  const offsets = new Map<number, number>();
  const offsetMs = (at: number): number => {
    const slot = Math.floor(at / SAME_OFFSET_MS);
    const known = offsets.get(slot);
    if (known !== undefined) return known;
    const found = DateTime.fromMillis(at, { zone }).offset * 60_000;
    offsets.set(slot, found);
    return found;
  };
  return (at) => {
    // Whole seconds, and never a little less: 10:00 must not be shown as 09:59. Seven places are a hundredth of a second.
    const seconds = Math.floor((at + offsetMs(at)) / 1000);
    return (Math.ceil((seconds / SECONDS_PER_DAY + EPOCH_DAY) * 1e7) / 1e7).toFixed(7);
  };
}

/** `A`, `Z`, `AA` for 0, 25, 26. */
export function columnName(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnName(Math.floor(index / 26) - 1) + last;
}
