/** By what the figures of a unit may be told apart, and over which stretches a trend is drawn. */
import { addDays, weekdayOf } from './calendar.ts';
import type { UnitLevel } from './unit.ts';

export const groupings = ['town', 'village', 'department', 'item', 'assist', 'way', 'agent'] as const;
export type Grouping = (typeof groupings)[number];

/** The groupings that make sense for a unit, the most telling first. A department is counted by its items. */
export const groupingsOf: Readonly<Record<UnitLevel, readonly [Grouping, ...Grouping[]]>> = {
  region: ['town', 'department', 'item', 'assist', 'way', 'agent'],
  league: ['town', 'department', 'item', 'assist', 'way', 'agent'],
  banner: ['town', 'village', 'department', 'item', 'assist', 'way', 'agent'],
  department: ['town', 'item', 'assist'],
  town: ['village', 'department', 'item', 'assist', 'way', 'agent'],
  village: ['agent', 'department', 'item', 'assist', 'way'],
  outlet: ['agent', 'department', 'item', 'assist', 'way'],
};

export type TrendStep = 'day' | 'week' | 'month';

export interface Trend {
  readonly step: TrendStep;
  /** Every step of the period that has begun; `start` is its first day. */
  readonly points: readonly { readonly start: string; readonly registered: number; readonly completed: number }[];
}

const DAYS_BY_DAY_MAX = 31;
const DAYS_BY_WEEK_MAX = 100;

/** The step that gives a line of a few to about thirty points; undefined where a single day leaves nothing to draw. */
export function trendStep(period: { readonly from: string; readonly to: string }): TrendStep | undefined {
  if (period.from === period.to) return undefined;
  if (period.to <= addDays(period.from, DAYS_BY_DAY_MAX - 1)) return 'day';
  return period.to <= addDays(period.from, DAYS_BY_WEEK_MAX - 1) ? 'week' : 'month';
}

/** The first day of the step that the day lies in; weeks begin on Monday. */
export function stepStart(day: string, step: TrendStep): string {
  if (step === 'day') return day;
  if (step === 'month') return `${day.slice(0, 7)}-01`;
  return addDays(day, -weekdayOf(day));
}

/** The first days of all steps of the period, in order. */
export function stepStarts(period: { readonly from: string; readonly to: string }, step: TrendStep): string[] {
  const starts: string[] = [];
  for (let day = stepStart(period.from, step); day <= period.to; day = nextStep(day, step)) starts.push(day);
  return starts;
}

function nextStep(start: string, step: TrendStep): string {
  if (step === 'month') return `${addDays(start, 31).slice(0, 7)}-01`;
  return addDays(start, step === 'week' ? 7 : 1);
}
