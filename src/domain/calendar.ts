/** Local days. A day is text, YYYY-MM-DD, and knows no zone. Which of them are working days: `working-calendar.ts`. */
import { DateTime } from 'luxon';

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

const dayNames = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'] as const;

/** What the clocks and calendars of a zone show. `month` counts from 1. */
export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

/** The moment on the zone's clocks. */
export function localTime(atMs: number, zone: string): LocalTime {
  return DateTime.fromMillis(atMs, { zone });
}

/** The local day (YYYY-MM-DD) of a moment. */
export function localDay(atMs: number, zone: string): string {
  return dayOf(DateTime.fromMillis(atMs, { zone }));
}

/** The local month (YYYY-MM) of a moment. */
export function localMonth(atMs: number, zone: string): string {
  return localDay(atMs, zone).slice(0, 7);
}

/** First millisecond of the day. Throws RangeError for what is no day. */
export function startOfDay(day: string, zone: string): number {
  return parseDay(day, zone).toMillis();
}

/** Last millisecond of the day (23:59:59.999). Throws RangeError for what is no day. */
export function endOfDay(day: string, zone: string): number {
  return parseDay(day, zone).endOf('day').toMillis();
}

/** The moment at which the zone's clocks show a time of day (09:00) on the day; where they skip it, the one just after. */
export function momentOf(day: string, time: string, zone: string): number {
  const [hour, minute] = time.split(':').map(Number);
  return parseDay(day, zone)
    .set({ hour: hour ?? 0, minute: minute ?? 0 })
    .toMillis();
}

/** Calendar days on or back. */
export function addDays(day: string, days: number): string {
  return dayOf(parseDay(day).plus({ days }));
}

/** The same day so many years ago; of 29 February the 28th where there is none. */
export function yearsBefore(day: string, years: number): string {
  return dayOf(parseDay(day).minus({ years }));
}

/** 周一 … 周日. */
export function dayName(day: string): string {
  return dayNames[weekdayOf(day)] ?? '';
}

/** 0 = Monday … 6 = Sunday. */
export function weekdayOf(day: string): number {
  return parseDay(day).weekday - 1;
}

/** Is this text an existing calendar day, YYYY-MM-DD? */
export function isDay(text: string): boolean {
  return dayPattern.test(text) && DateTime.fromISO(text, { zone: 'utc' }).isValid;
}

/** The first moment of the day. Throws RangeError for what is no day. */
function parseDay(day: string, zone = 'utc'): DateTime {
  const parsed = DateTime.fromISO(day, { zone });
  if (!dayPattern.test(day) || !parsed.isValid) throw new RangeError(`not a day: ${day}`);
  return parsed;
}

/** Throws RangeError for years before 0 and after 9999, which have no day of this form, and for what is no moment. */
function dayOf(moment: DateTime): string {
  const day = moment.toISODate() ?? '';
  if (!dayPattern.test(day)) throw new RangeError(`no day with a four-digit year: ${moment.year}`);
  return day;
}
