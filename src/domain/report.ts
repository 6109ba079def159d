/** When a town's monthly report is due: 每月15日前 (the plan, 三（四）); whether the 15th itself counts is a setting. And who makes it. */
import { addDays, dayName, daysBetween, endOfDay } from './calendar.ts';
import type { LocalDays, WorkingCalendar } from './working-calendar.ts';

/** What the town's people write themselves: 主要做法, 存在问题, 下步打算. */
export const reportTextNames = ['practices', 'problems', 'plans'] as const;
export type ReportTextName = (typeof reportTextNames)[number];
/** '' for what nobody has written. */
export type ReportTexts = Readonly<Record<ReportTextName, string>>;
export const noReportTexts: ReportTexts = { practices: '', problems: '', plans: '' };

/** Characters of one of them: all three, twice, fit on a card. */
export const REPORT_TEXT_MAX = 500;

export interface ReportDeadline {
  /** Last day (YYYY-MM-DD) on which a report is in time, and its last millisecond. */
  readonly lastDay: string;
  readonly dueAt: number;
  readonly isWorkingDay: boolean;
  /** `lastDay` itself, or the last working day before it. */
  readonly lastWorkingDay: string;
  /** False when the year's holidays are not published yet and the plain week was used. */
  readonly announced: boolean;
  /** What a reminder adds when the last day is no working day. */
  readonly note: string | null;
}

/** The month (YYYY-MM) whose report is due in the month of this day: the one before. */
export function reportMonthDue(day: string): string {
  return addDays(`${day.slice(0, 7)}-01`, -1).slice(0, 7);
}

/**
 * The deadline of the report ON `month` (YYYY-MM), which lies in the month after it.
 * Throws RangeError when `month` is none.
 */
export function reportDeadline(
  month: string,
  { zone, calendar }: LocalDays,
  rule: { readonly includes15th: boolean },
): ReportDeadline {
  const dueMonth = addDays(`${month}-28`, 4).slice(0, 7);
  const lastDay = `${dueMonth}-${rule.includes15th ? '15' : '14'}`;
  const works = calendar.isWorkingDay(lastDay);
  return {
    lastDay,
    dueAt: endOfDay(lastDay, zone),
    isWorkingDay: works,
    lastWorkingDay: calendar.lastWorkingDayUpTo(lastDay),
    announced: calendar.announced(Number(lastDay.slice(0, 4))),
    note: works ? null : restNote(lastDay, calendar),
  };
}

/** Days of the calendar by which a day (YYYY-MM-DD) lies after the last one; 0 up to it. */
export function daysLate(day: string, { lastDay }: Pick<ReportDeadline, 'lastDay'>): number {
  return Math.max(0, daysBetween(lastDay, day));
}

/** Did the report come after its last day? */
export function isLate(submittedAt: number, deadline: Pick<ReportDeadline, 'dueAt'>): boolean {
  return submittedAt > deadline.dueAt;
}

function restNote(lastDay: string, calendar: WorkingCalendar): string {
  const name = dayName(lastDay);
  const rest = name === '周六' || name === '周日' ? `是${name}` : `（${name}）放假`;
  const working = calendar.addWorkingDays(lastDay, -1).day;
  const sameMonth = working.slice(0, 7) === lastDay.slice(0, 7);
  const date = `${sameMonth ? '' : `${Number(working.slice(5, 7))}月`}${Number(working.slice(8))}日`;
  return `${Number(lastDay.slice(5, 7))}月${Number(lastDay.slice(8))}日${rest}，最后一个工作日是${date}（${dayName(working)}）`;
}
