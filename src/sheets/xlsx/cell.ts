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
const DAY_MS = 86_400_000;

/** What XML 1.0 cannot hold, escaped or not; and, of the rest, what would end the text or pass for Excel's own escape. */
const impossible = /[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const special = /[&<>]|_(?=x[0-9a-f]{4}_)/gi;
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', _: '_x005F_' };
const needsCare = /[^\u0020-\u0025\u0027-\u003B\u003D\u003F-\u005E\u0060-\u007E\u3000-\u9FFF\uFF01-\uFFEE]/;

/** Between a first sign that begins no formula and a last one that is no blank, nothing but what needs no care. */
const plain =
  /^[\dA-Za-z\u4E00-\u9FFF](?:[\u0020-\u0025\u0027-\u003B\u003D\u003F-\u005E\u0060-\u007E\u3000-\u9FFF\uFF01-\uFFEE]*[\u0021-\u0025\u0027-\u003B\u003D\u003F-\u005E\u0060-\u007E\u3001-\u9FFF\uFF01-\uFFEE])?$/;

/** Whether the text can stand in a cell as it is: most do, and one look spares the others. */
export function isPlain(text: string): boolean {
  return text.length <= TEXT_UNITS_MAX && plain.test(text);
}

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
  const offsetMs = offsets(zone);
  // Every second of a day is told again and again, and putting a fraction into words takes longest.
  const fractions: string[] = [];
  return (at) => {
    const seconds = Math.floor((at + offsetMs(at)) / 1000);
    const days = Math.floor(seconds / SECONDS_PER_DAY);
    const second = seconds - days * SECONDS_PER_DAY;
    fractions[second] ??= fractionOfDay(second);
    return `${days + EPOCH_DAY}.${fractions[second]}`;
  };
}

/** Seven places are a hundredth of a second. Never a little less than the second: 10:00 must not be shown as 09:59. */
function fractionOfDay(second: number): string {
  return String(Math.ceil((second * 1e7) / SECONDS_PER_DAY)).padStart(7, '0');
}

/** What a zone's clock is ahead of UTC at a moment, in milliseconds. Asked of the zone once a day, but on days of change. */
function offsets(zone: string): (at: number) => number {
  const ofDays = new Map<number, number | null>();
  const ofQuarters = new Map<number, number>();
  const ask = (at: number) => DateTime.fromMillis(at, { zone }).offset * 60_000;
  return (at) => {
    const day = Math.floor(at / DAY_MS);
    let known = ofDays.get(day);
    if (known === undefined) {
      const first = ask(day * DAY_MS);
      known = first === ask((day + 1) * DAY_MS) ? first : null;
      ofDays.set(day, known);
    }
    if (known !== null) return known;
    const quarter = Math.floor(at / SAME_OFFSET_MS);
    const found = ofQuarters.get(quarter) ?? ask(quarter * SAME_OFFSET_MS);
    ofQuarters.set(quarter, found);
    return found;
  };
}

/** `A`, `Z`, `AA` for 0, 25, 26. */
export function columnName(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnName(Math.floor(index / 26) - 1) + last;
}
