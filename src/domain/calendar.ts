/**
 * Local days and Chinese working days (法定节假日, 调休 included). A day is text, YYYY-MM-DD, and knows no zone.
 * The holiday table is the data of `chinese-days`, read directly: its functions judge a day by the machine's own time zone,
 * and take an unannounced year's holidays for working days.
 */
import holidayTable from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import { DateTime } from 'luxon';

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

const dayNames = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'] as const;

/** Days of the plain week off, and weekends on which people work. */
const holidays: ReadonlySet<string> = new Set(Object.keys(holidayTable.holidays));
const shiftedWorkdays: ReadonlySet<string> = new Set(Object.keys(holidayTable.workdays));

/** By a day off the plain week: `National Day,国庆节,3`. */
const holidayEntries: Readonly<Record<string, string | undefined>> = holidayTable.holidays;
/** As people call it on a card. */
const shortNames: Readonly<Record<string, string>> = { 国庆节: '国庆', 劳动节: '五一' };

/** Where the table differs from the plain week. Counted instead of each day between, because a case may be years overdue. */
const changedDays: readonly { readonly day: string; readonly by: 1 | -1 }[] = [
  ...[...shiftedWorkdays].filter((day) => weekdayOf(day) >= 5).map((day) => ({ day, by: 1 as const })),
  ...[...holidays]
    .filter((day) => weekdayOf(day) < 5 && !shiftedWorkdays.has(day))
    .map((day) => ({ day, by: -1 as const })),
];

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

/** Calendar days from one to the other; negative where the other is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round(parseDay(to).diff(parseDay(from), 'days').days);
}

/** 周一 … 周日. */
export function dayName(day: string): string {
  return dayNames[weekdayOf(day)] ?? '';
}

/** 0 = Monday … 6 = Sunday. */
export function weekdayOf(day: string): number {
  return parseDay(day).weekday - 1;
}

/** Do offices work on this day? By the holiday table, or by the plain week in a year that has none. */
export function isWorkingDay(day: string): boolean {
  return works(parseDay(day));
}

/** Why a day counts as a working day, or does not. */
export interface DayKind {
  readonly counts: boolean;
  /** A day of the weekend on which people work. */
  readonly shifted: boolean;
  /** What a day off is: 国庆, 周末. */
  readonly name: string | undefined;
}

export function dayKind(day: string): DayKind {
  if (isWorkingDay(day)) return { counts: true, shifted: weekdayOf(day) >= 5, name: undefined };
  const holiday = holidayEntries[day]?.split(',')[1];
  return { counts: false, shifted: false, name: holiday === undefined ? '周末' : (shortNames[holiday] ?? holiday) };
}

/**
 * The n-th working day strictly after `day` (before it for a negative n); n = 0 is the day itself.
 */
export function addWorkingDays(day: string, days: number): CountedDay {
  const step = { days: Math.sign(days) };
  let current = parseDay(day);
  for (let left = Math.abs(days); left > 0; ) {
    current = current.plus(step);
    if (works(current)) left -= 1;
  }
  const found = dayOf(current);
  return { day: found, announced: yearsAnnounced(day, found) };
}

/** Working days after `from` up to and including `to`; negative, counted from `to`, when `to` comes first. */
export function workingDaysBetween(from: string, to: string): number {
  if (to < from) return 0 - workingDaysBetween(to, from);
  const changed = changedDays.filter(({ day }) => from < day && day <= to);
  return changed.reduce((count, { by }) => count + by, weekdaysUpTo(to) - weekdaysUpTo(from));
}

/** The day itself when it is a working day, else the last one before it. */
export function lastWorkingDayUpTo(day: string): string {
  return isWorkingDay(day) ? day : addWorkingDays(day, -1).day;
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

function works(moment: DateTime): boolean {
  const day = moment.toISODate() ?? '';
  return shiftedWorkdays.has(day) || (moment.weekday < 6 && !holidays.has(day));
}

/** Mondays to Fridays up to and including the day, counted from Monday 29 December 1969; negative before it. */
function weekdaysUpTo(day: string): number {
  const days = parseDay(day).toMillis() / DAY_MS + 4;
  const weeks = Math.floor(days / 7);
  return weeks * 5 + Math.min(days - weeks * 7, 5);
}

function yearsAnnounced(oneDay: string, otherDay: string): boolean {
  const [first = 0, last = 0] = [oneDay, otherDay].map((day) => Number(day.slice(0, 4))).sort((a, b) => a - b);
  for (let year = first; year <= last; year += 1) {
    if (!announced(year)) return false;
  }
  return true;
}
