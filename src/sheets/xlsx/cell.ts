/** One cell of a worksheet as XML (ECMA-376, part 1, §18.3.1.4): text stays text, moments become Excel's day numbers. */
import { IANAZone } from 'luxon';
import { type NumberFormat, numberStyle, textStyles } from './styles.ts';
import { xmlText } from './xml.ts';

/** Milliseconds since the epoch, shown as day and time in the time zone of the sheet. */
export interface Moment {
  readonly at: number;
}

/** A number that is shown in some way, and stays the number that can be added up. */
export interface FormattedNumber {
  readonly number: number;
  readonly format: NumberFormat;
}

/** What a cell may hold. Text is never read as a formula; null is an empty cell. */
export type Cell = string | number | Moment | FormattedNumber | null;

/** Day number of 1970-01-01 in Excel's calendar, which begins in 1900. */
const EPOCH_DAY = 25_569;
const DAY_MS = 86_400_000;
/** No zone changes its offset within a quarter of an hour. */
const SAME_OFFSET_MS = 900_000;
/** Parts of a day that a moment is written in: a hundredth of a second. */
const DAY_PARTS = 1e7;

/** `dayOf` tells the day number of a moment; a text that `wraps` goes on in a further line of its cell. */
export interface CellLook {
  readonly dayOf: (at: number) => number;
  readonly wraps: boolean;
}

/** The cell at `place` (`A4`). */
export function cellXml(place: string, value: Cell, { dayOf, wraps }: CellLook): string {
  if (value === null || value === '') return `<c r="${place}"/>`;
  if (typeof value === 'string') return textCell(place, value, styleOf(value, wraps));
  if (typeof value === 'number') return numberCell(place, value, 'general');
  if ('at' in value) return numberCell(place, dayOf(value.at), 'moment');
  return numberCell(place, value.number, value.format);
}

function styleOf(text: string, wraps: boolean): keyof typeof textStyles {
  if (looksLikeFormula(text)) return wraps ? 'wrappedQuoted' : 'quoted';
  return wraps ? 'wrapped' : 'text';
}

function numberCell(place: string, value: number, format: NumberFormat): string {
  return `<c r="${place}" s="${numberStyle(format)}"><v>${value}</v></c>`;
}

/** A cell that holds its text itself. */
export function textCell(place: string, value: string, style: keyof typeof textStyles): string {
  const space = /^\s|\s$|\n/.test(value) ? ' xml:space="preserve"' : '';
  return `<c r="${place}" s="${textStyles[style]}" t="inlineStr"><is><t${space}>${xmlText(value)}</t></is></c>`;
}

/**
 * Whether a spreadsheet could take the text for a formula when somebody edits the cell or passes the table on as CSV. Such a cell
 * is marked as quoted, which is what Excel itself does for text typed after an apostrophe.
 */
export function looksLikeFormula(text: string): boolean {
  return /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u.test(text) || /^[\t\r\n]/.test(text);
}

/**
 * Turns moments into Excel's day numbers in a time zone, by the second and never a little less: 10:00 must not be shown as 09:59.
 * Offsets are kept, because asking for one takes ten microseconds and a file has half a million moments.
 */
export function dayNumbers(zoneName: string): (at: number) => number {
  const zone = IANAZone.create(zoneName);
  const offsets = new Map<number, number>();
  return (at) => {
    const quarter = Math.floor(at / SAME_OFFSET_MS);
    const offset = offsets.get(quarter) ?? zone.offset(quarter * SAME_OFFSET_MS);
    offsets.set(quarter, offset);
    const wall = Math.floor(at / 1000) * 1000 + offset * 60_000;
    return Math.ceil((wall / DAY_MS + EPOCH_DAY) * DAY_PARTS) / DAY_PARTS;
  };
}

/** `A`, `Z`, `AA` for 0, 25, 26. */
export function columnName(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnName(Math.floor(index / 26) - 1) + last;
}
