/** The days of a 代班 as people type them: 12月1日至12月5日, 明天, 12.1-12.5, 2026-12-01..2026-12-05. They lie ahead, unlike those of `period.ts`. */
import { addDays, isDay, weekdayOf } from './calendar.ts';
import { dayPeriod } from './period.ts';
import type { Stretch } from './stand-in.ts';
import { normalised } from './typed.ts';

const words = new Map([
  ['今天', 0],
  ['今日', 0],
  ['明天', 1],
  ['明日', 1],
  ['后天', 2],
  ['大后天', 3],
]);
const WEEKDAYS = '一二三四五六日';

/** A year is not told from a neighbouring one when it is not written; of two the one that is not over. */
const DAY =
  '(?:20\\d{2}-\\d{1,2}-\\d{1,2}|(?:20\\d{2}[年/.])?\\d{1,2}[月/.]\\d{1,2}[日号]?|\\d{1,2}[日号]|今[天日]|明[天日]|大?后天|(?:这|本|下)?(?:周|星期|礼拜)[一二三四五六日天])';
const STRETCH = new RegExp(`^(${DAY})(?:(?:至|到|~|—+|\\.{2,}|-+)(${DAY}))?$`);

/** 2026年12月1日至12月5日; of one day that day. */
export function daysWords({ fromDay, toDay }: Stretch): string {
  const [from, to] = [dayPeriod(fromDay).label, dayPeriod(toDay).label];
  if (fromDay === toDay) return from;
  return `${from}至${fromDay.slice(0, 4) === toDay.slice(0, 4) ? to.slice(5) : to}`;
}

/** One day or two ends; undefined when the text is neither or names a day that does not exist. @param today YYYY-MM-DD */
export function parseDaysAhead(text: string, today: string): Stretch | undefined {
  const [, first, second] = STRETCH.exec(compact(text)) ?? [];
  const fromDay = first === undefined ? undefined : dayFrom(first, today);
  if (fromDay === undefined) return undefined;
  const toDay = second === undefined ? fromDay : dayFrom(second, fromDay, today);
  return toDay === undefined ? undefined : { fromDay, toDay };
}

/** One day as it is typed into a field of its own. @param from a day without its year is the first one from this day on. */
export function parseDayAhead(text: string, today: string, from = today): string | undefined {
  const typed = compact(text);
  return new RegExp(`^${DAY}$`).test(typed) ? dayFrom(typed, from, today) : undefined;
}

function compact(text: string): string {
  return normalised(text, 'NFKC')
    .replace(/\s+/g, '')
    .replace(/[起止]$/, '');
}

/** @param earliest what is written without a year or month is not before it, if it can be helped. */
function dayFrom(typed: string, earliest: string, today = earliest): string | undefined {
  const ahead = words.get(typed);
  if (ahead !== undefined) return addDays(today, ahead);
  // 下周一到周五 ends in the same week.
  if (/[周期拜]/.test(typed)) return weekday(typed, /^[这本下]/.test(typed) ? today : earliest);
  const numbers = typed.match(/\d+/g) ?? [];
  if (numbers.length === 3) return existing(numbers);
  const year = Number(earliest.slice(0, 4));
  if (numbers.length === 1) return existing([earliest.slice(0, 4), earliest.slice(5, 7), ...numbers]);
  const [thisYear, nextYear] = [existing([String(year), ...numbers]), existing([String(year + 1), ...numbers])];
  // Of a day that has just passed it is said that it has; one of half a year ago is next year's.
  const isNext = thisYear === undefined || (nextYear !== undefined && thisYear < addDays(earliest, -HALF_A_YEAR));
  return isNext ? nextYear : thisYear;
}

/** 周五 is the next one, today included; 这周五 is this week's, 下周五 the next week's. Weeks begin on Monday. */
function weekday(typed: string, today: string): string {
  const wanted = WEEKDAYS.indexOf(typed.slice(-1).replace('天', '日'));
  const ahead = wanted - weekdayOf(today);
  if (typed.startsWith('下')) return addDays(today, ahead + 7);
  return addDays(today, ahead < 0 && !/^[这本]/.test(typed) ? ahead + 7 : ahead);
}

const HALF_A_YEAR = 182;

function existing([year = '', month = '', date = '']: readonly string[]): string | undefined {
  const day = [year, month.padStart(2, '0'), date.padStart(2, '0')].join('-');
  return isDay(day) ? day : undefined;
}
