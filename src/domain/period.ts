/** The times people ask statistics for: 今天 上周 本月 十一月 2026-11 2026Q3 2026-10-01..2026-10-31 11.1-11.30 全部 and their spellings. */
import { DateTime } from 'luxon';
import { isDay, localDay } from './calendar.ts';
import { normalised } from './typed.ts';

/** Both days (YYYY-MM-DD) belong to the period; `from` is never after `to`. */
export interface Period {
  readonly from: string;
  readonly to: string;
  /** What the period is called on a card: 2026年11月, 2026年三季度, 2026年11月23日至11月29日. */
  readonly label: string;
}

type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year';

const relativeWords = new Map<string, { readonly unit: Unit; readonly back: number }>([
  ...words('今天 今日 当天', 'day', 0),
  ...words('昨天 昨日', 'day', 1),
  ...words('前天', 'day', 2),
  ...words('本周 这周 本星期', 'week', 0),
  ...words('上周 上星期', 'week', 1),
  ...words('本月 这个月 当月', 'month', 0),
  ...words('上月 上个月', 'month', 1),
  ...words('本季 本季度', 'quarter', 0),
  ...words('上季 上季度 上个季度', 'quarter', 1),
  ...words('今年 本年 本年度', 'year', 0),
  ...words('去年 上年 上年度', 'year', 1),
  ...words('前年', 'year', 2),
]);

const everWords = new Set(['全部', '所有', '累计', '至今']);
/** Before the program was there: whatever it has. */
const EVER_FROM = '2000-01-01';

const quarterNames: readonly string[] = ['一', '二', '三', '四'];

/**
 * Reads a time as people type it, full-width or not. Weeks begin on Monday; what is written without a year and would still be ahead is
 * last year's. Two times joined by `..`, 至, 到 or `~`, or two days by `-`, are a range, in either order. Undefined when the text is no time or
 * names a day that does not exist.
 */
export function parsePeriod(text: string, now: number, zone: string): Period | undefined {
  const today = localDay(now, zone);
  const typed = inDigits(normalised(text, 'NFKC').replace(/\s+/g, '').toUpperCase());
  if (everWords.has(typed)) return periodOf(EVER_FROM, today);
  const [first = '', second, ...more] = endsOf(typed);
  const start = parseSingle(first, today);
  if (!start || more.length > 0) return undefined;
  if (second === undefined) return start;
  const end = parseEnd(second, { start, today });
  if (!end) return undefined;
  const [from = start.from] = [start.from, end.from].sort();
  const [to = start.to] = [start.to, end.to].sort().reverse();
  return periodOf(from, to);
}

/** The end of a range: without a month in that of the start, without a year in that of the start, or in the next where that has begun. */
function parseEnd(typed: string, { start, today }: { start: Period; today: string }): Period | undefined {
  if (/^\d{1,2}[日号]$/.test(typed)) return parseSingle(`${start.from.slice(0, 8)}${typed.slice(0, -1)}`, today);
  const year = Number(start.from.slice(0, 4));
  const [own, next] = [year, year + 1].map((one) => parseSingle(typed, today, `${one}-12-31`));
  const hasBegun = next !== undefined && next.from.slice(0, 4) <= today.slice(0, 4);
  return hasBegun && (own === undefined || own.from < start.from) ? next : own;
}

/** One time, or the two ends of a range. A single `-` also stands within a date, so it joins only what has another sign of one. */
function endsOf(typed: string): string[] {
  const [, first, second] = /^([^-]{1,12})-([^-]{1,12})$/.exec(typed) ?? [];
  if (first && second && /[./月]/.test(first) && /[./月日号]/.test(second)) return [first, second];
  return typed.split(/\.{2,}|至|到|~|—+|--+/);
}

/** 十一月 as 11月, 二十三日 as 23日. */
function inDigits(typed: string): string {
  return typed.replace(
    /([二三]?)(十?)([一二三四五六七八九]?)(?=[月日号])/g,
    (written, tens: string, ten: string, ones: string) => {
      if (written === '') return '';
      if (ten === '') return `${numeral(tens) || ''}${numeral(ones) || ''}`;
      return String((numeral(tens) || 1) * 10 + numeral(ones));
    },
  );
}

/** 0 for no numeral. */
function numeral(written: string): number {
  return written === '' ? 0 : '一二三四五六七八九'.indexOf(written) + 1;
}

/** The whole month (YYYY-MM) as a period. Throws RangeError for what is no month. */
export function monthPeriod(month: string): Period {
  const first = `${month}-01`;
  if (!isDay(first)) throw new RangeError(`not a month: ${month}`);
  return spanning(utc(first), 'month');
}

/** One day (YYYY-MM-DD) as a period. */
export function dayPeriod(day: string): Period {
  return periodOf(day, day);
}

/** The period before: as many months where it consists of whole months, else as many days. */
export function previousPeriod(period: Period): Period {
  const from = utc(period.from);
  const next = utc(period.to).plus({ days: 1 });
  if (from.day === 1 && next.day === 1) {
    const months = Math.round(next.diff(from, 'months').months);
    return periodOf(iso(from.minus({ months })), iso(from.minus({ days: 1 })));
  }
  return periodOf(iso(from.minus(next.diff(from, 'days'))), iso(from.minus({ days: 1 })));
}

/** The same days a year earlier; a month's last day stays the last. */
export function sameLastYear(period: Period): Period {
  const monthEnd = utc(period.to).plus({ days: 1 }).day === 1;
  const to = utc(period.to).minus({ years: 1 });
  return periodOf(iso(utc(period.from).minus({ years: 1 })), iso(monthEnd ? to.endOf('month') : to));
}

/** The first days of the period, as many as `current` has up to and with `today`; the whole period when that is over. */
export function asFarAs(period: Period, current: { readonly period: Period; readonly today: string }): Period {
  if (current.today >= current.period.to || current.today < current.period.from) return period;
  const days = utc(current.today).diff(utc(current.period.from), 'days').days;
  const to = iso(utc(period.from).plus({ days }));
  return to < period.to ? periodOf(period.from, to) : period;
}

/** Two to four shorter periods of equal length that make up this one, in whole months where it has some; none of a single day. */
export function splitPeriod(period: Pick<Period, 'from' | 'to'>): Period[] {
  const from = utc(period.from);
  const next = utc(period.to).plus({ days: 1 });
  const months = from.day === 1 && next.day === 1 ? Math.round(next.diff(from, 'months').months) : 0;
  const unit = months > 1 ? 'months' : 'days';
  const length = months > 1 ? months : Math.round(next.diff(from, 'days').days);
  const pieces = [4, 3, 2].find((count) => length % count === 0) ?? Math.min(2, length);
  if (pieces < 2) return [];
  const edge = (index: number) => from.plus({ [unit]: Math.round((length * index) / pieces) });
  return Array.from({ length: pieces }, (_, index) =>
    periodOf(iso(edge(index)), iso(edge(index + 1).minus({ days: 1 }))),
  );
}

/** @param latest what is written without a year begins on this day at the latest. */
function parseSingle(typed: string, today: string, latest = today): Period | undefined {
  const relative = relativeWords.get(typed);
  if (relative) return spanning(utc(today).minus({ [relative.unit]: relative.back }), relative.unit);
  return (
    parseYear(typed) ??
    parseMonth(typed, latest) ??
    parseQuarter(typed, latest) ??
    parseHalf(typed, latest) ??
    parseOneDay(typed, latest)
  );
}

function parseYear(typed: string): Period | undefined {
  const year = /^(20\d{2})年?$/.exec(typed)?.[1];
  return year === undefined ? undefined : spanning(utc(`${year}-01-01`), 'year');
}

function parseMonth(typed: string, latest: string): Period | undefined {
  const match = /^(20\d{2})[-/.](\d{1,2})$/.exec(typed) ?? /^(?:(20\d{2})年)?(\d{1,2})月份?$/.exec(typed);
  const month = Number(match?.[2]);
  if (!match || month < 1 || month > 12) return undefined;
  return months({ year: match[1], first: month, length: 1 }, latest);
}

function parseQuarter(typed: string, latest: string): Period | undefined {
  const match = /^(?:(20\d{2})年?[-/]?)?(?:Q([1-4])|第?([1-4一二三四])季度?)$/.exec(typed);
  if (!match) return undefined;
  const written = match[2] ?? match[3] ?? '';
  const quarter = quarterNames.indexOf(written) + 1 || Number(written);
  return months({ year: match[1], first: quarter * 3 - 2, length: 3 }, latest);
}

function parseHalf(typed: string, latest: string): Period | undefined {
  const match = /^(?:(20\d{2})年?)?([上下])半年$/.exec(typed);
  return match ? months({ year: match[1], first: match[2] === '上' ? 1 : 7, length: 6 }, latest) : undefined;
}

function parseOneDay(typed: string, latest: string): Period | undefined {
  const match =
    /^(20\d{2})([-/.])(\d{1,2})\2(\d{1,2})日?$/.exec(typed) ??
    /^(?:(20\d{2})年)?()(\d{1,2})月(\d{1,2})[日号]?$/.exec(typed) ??
    /^()()(\d{1,2})[./](\d{1,2})$/.exec(typed) ??
    /^(20\d{2})()(\d{2})(\d{2})$/.exec(typed);
  if (!match) return undefined;
  const [written, , month = '', date = ''] = match.slice(1);
  const inYear = (year: string | number) => [year, month.padStart(2, '0'), date.padStart(2, '0')].join('-');
  const thisYear = inYear(written || latest.slice(0, 4));
  const day = !written && thisYear > latest ? inYear(Number(latest.slice(0, 4)) - 1) : thisYear;
  return isDay(day) ? periodOf(day, day) : undefined;
}

function months(span: { year: string | undefined; first: number; length: number }, latest: string): Period {
  const thisYear = Number(latest.slice(0, 4));
  const from = DateTime.utc(span.year === undefined ? thisYear : Number(span.year), span.first, 1);
  const start = span.year === undefined && iso(from) > latest ? from.minus({ years: 1 }) : from;
  return periodOf(iso(start), iso(start.plus({ months: span.length }).minus({ days: 1 })));
}

function spanning(day: DateTime, unit: Unit): Period {
  return periodOf(iso(day.startOf(unit)), iso(day.endOf(unit)));
}

function periodOf(from: string, to: string): Period {
  return { from, to, label: labelOf(utc(from), utc(to)) };
}

function labelOf(from: DateTime, to: DateTime): string {
  const year = `${from.year}年`;
  if (from.year === to.year && from.day === 1 && to.plus({ days: 1 }).day === 1) {
    const length = to.month - from.month + 1;
    if (length === 12) return year;
    if (length === 6 && from.month % 6 === 1) return `${year}${from.month === 1 ? '上' : '下'}半年`;
    if (length === 3 && from.month % 3 === 1) return `${year}${quarterNames[from.quarter - 1] ?? ''}季度`;
    return length === 1 ? `${year}${from.month}月` : `${year}${from.month}月至${to.month}月`;
  }
  if (iso(from) === EVER_FROM) return `启用至${to.year}年${to.month}月${to.day}日`;
  const start = `${year}${from.month}月${from.day}日`;
  if (iso(from) === iso(to)) return start;
  return `${start}至${to.year === from.year ? '' : `${to.year}年`}${to.month}月${to.day}日`;
}

function words(list: string, unit: Unit, back: number): [string, { unit: Unit; back: number }][] {
  return list.split(' ').map((word) => [word, { unit, back }]);
}

function utc(day: string): DateTime {
  return DateTime.fromISO(day, { zone: 'utc' });
}

function iso(moment: DateTime): string {
  return moment.toFormat('yyyy-MM-dd');
}
