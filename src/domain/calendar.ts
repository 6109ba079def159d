/**
 * Local days and Chinese working days (法定节假日, 调休 included). A day is text, YYYY-MM-DD, and knows no zone.
 * The holiday table is the data of `chinese-days`, read directly: its functions judge a day by the machine's own time zone,
 * and take an unannounced year's holidays for working days.
 */
import holidayTable from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import { DateTime, IANAZone } from 'luxon';

const DAY_MS = 86_400_000;
const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/;
/** Every offset in use changes on a quarter of an hour, so it is asked for once in each: the question costs 0.1 ms. */
const QUARTER_MS = 15 * 60_000;
/** Answers that are kept of each kind; there are few different days in a working day. */
const KEPT_MAX = 5_000;
/** By zone and quarter of an hour. A card asks for dozens, so no text is put together for a key. */
const offsets = new Map<string, Map<number, number>>();
const dayEnds = new Map<string, number>();
const dayNumbers = new Map<string, number>();

const dayNames = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'] as const;

/** Days since 1970-01-01 on which the table differs from the plain week or confirms it: true = people work. */
const exceptions = new Map<number, boolean>([
  ...Object.keys(holidayTable.holidays).map((day): [number, boolean] => [dayNumber(day), false]),
  ...Object.keys(holidayTable.workdays).map((day): [number, boolean] => [dayNumber(day), true]),
]);

/** The State Council announces a year as a whole, so a year whose National Day is in the table is there. */
const announcedYears = new Set(
  Object.keys(holidayTable.holidays)
    .filter((day) => day.endsWith('-10-01'))
    .map((day) => Number(day.slice(0, 4))),
);

/** A day found by counting working days; `announced` is false when a day counted lies in a year without holiday table. */
export interface CountedDay {
  readonly day: string;
  readonly announced: boolean;
}

/** Are the holidays of this year known? Otherwise its days are judged by the plain week, and a card has to say so. */
export function announced(year: number): boolean {
  return announcedYears.has(year);
}

/** What the clocks and calendars of a zone show. `month` counts from 1. */
export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

/** The moment on the zone's clocks. Plain arithmetic: a card asks for dozens of days, and luxon's objects were most of its cost. */
export function localTime(atMs: number, zone: string): LocalTime {
  const quarter = Math.floor(atMs / QUARTER_MS);
  const ofZone = offsets.get(zone) ?? new Map<number, number>();
  offsets.set(zone, ofZone);
  const offset = kept(ofZone, quarter, () => IANAZone.create(zone).offset(quarter * QUARTER_MS));
  return fieldsOf(atMs + offset * 60_000);
}

/** The calendar in UTC. */
function fieldsOf(atMs: number): LocalTime {
  // biome-ignore lint/style/noRestrictedGlobals: the calendar of a given moment, not the clock.
  const date = new Date(atMs);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
  };
}

function kept<Key>(known: Map<Key, number>, key: Key, find: () => number): number {
  const before = known.get(key);
  if (before !== undefined) return before;
  if (known.size >= KEPT_MAX) known.clear();
  const found = find();
  known.set(key, found);
  return found;
}

/** The local day (YYYY-MM-DD) of a moment. */
export function localDay(atMs: number, zone: string): string {
  return isoDay(localTime(atMs, zone));
}

/** The local month (YYYY-MM) of a moment. */
export function localMonth(atMs: number, zone: string): string {
  return localDay(atMs, zone).slice(0, 7);
}

/** First millisecond of the day. Throws RangeError for what is no day. */
export function startOfDay(day: string, zone: string): number {
  return parseDay(day, zone).startOf('day').toMillis();
}

/** Last millisecond of the day (23:59:59.999). Throws RangeError for what is no day. */
export function endOfDay(day: string, zone: string): number {
  return kept(dayEnds, `${zone} ${day}`, () => parseDay(day, zone).endOf('day').toMillis());
}

/** Calendar days on or back. */
export function addDays(day: string, days: number): string {
  return dayOf(dayNumber(day) + days);
}

/** 周一 … 周日. */
export function dayName(day: string): string {
  return dayNames[weekdayIndex(dayNumber(day))] ?? '';
}

/** 0 = Monday … 6 = Sunday. */
export function weekdayOf(day: string): number {
  return weekdayIndex(dayNumber(day));
}

/** Do offices work on this day? By the holiday table, or by the plain week in a year that has none. */
export function isWorkingDay(day: string): boolean {
  return works(dayNumber(day));
}

/**
 * The n-th working day strictly after `day` (before it for a negative n); n = 0 is the day itself.
 */
export function addWorkingDays(day: string, days: number): CountedDay {
  const direction = days < 0 ? -1 : 1;
  let current = dayNumber(day);
  for (let left = Math.abs(days); left > 0; ) {
    current += direction;
    if (works(current)) left -= 1;
  }
  const found = dayOf(current);
  return { day: found, announced: yearsAnnounced(day, found) };
}

/** Working days after `from` up to and including `to`; negative, counted from `to`, when `to` comes first. */
export function workingDaysBetween(from: string, to: string): number {
  if (to < from) return 0 - workingDaysBetween(to, from);
  const last = dayNumber(to);
  let count = 0;
  for (let current = dayNumber(from) + 1; current <= last; current += 1) {
    if (works(current)) count += 1;
  }
  return count;
}

/** The day itself when it is a working day, else the last one before it. */
export function lastWorkingDayUpTo(day: string): string {
  return isWorkingDay(day) ? day : addWorkingDays(day, -1).day;
}

/** Is this text an existing calendar day, YYYY-MM-DD? */
export function isDay(text: string): boolean {
  return dayPattern.test(text) && DateTime.fromISO(text, { zone: 'utc' }).isValid;
}

function parseDay(day: string, zone: string): DateTime<true> {
  const [year, month, date] = dayPattern.exec(day)?.slice(1).map(Number) ?? [];
  const parsed = DateTime.fromObject({ year: year ?? 0, month: month ?? 0, day: date ?? 0 }, { zone });
  if (!parsed.isValid) throw new RangeError(`not a day: ${day}`);
  return parsed;
}

/** Throws RangeError for years before 0 and after 9999, which have no day of this form, and for what is no moment. */
function isoDay({ year, month, day }: LocalTime): string {
  if (!(year >= 0 && year <= 9999)) throw new RangeError(`no day with a four-digit year: ${year}`);
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
}

function padded(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}

function dayNumber(day: string): number {
  return kept(dayNumbers, day, () => parseDay(day, 'utc').toMillis() / DAY_MS);
}

function dayOf(number: number): string {
  return isoDay(fieldsOf(number * DAY_MS));
}

/** 0 = Monday. 1970-01-01 was a Thursday. */
function weekdayIndex(number: number): number {
  return (((number + 3) % 7) + 7) % 7;
}

function works(number: number): boolean {
  return exceptions.get(number) ?? weekdayIndex(number) < 5;
}

function yearsAnnounced(oneDay: string, otherDay: string): boolean {
  const [first = 0, last = 0] = [oneDay, otherDay].map((day) => Number(day.slice(0, 4))).sort((a, b) => a - b);
  for (let year = first; year <= last; year += 1) {
    if (!announced(year)) return false;
  }
  return true;
}
