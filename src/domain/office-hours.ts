/**
 * Working time: the hours in which the service centers are open on Chinese working days (法定节假日, 调休 included). The plan names
 * no hours; these are the usual ones of the region's offices.
 */
import { DateTime } from 'luxon';
import { isWorkingDay, workingDaysBetween } from './calendar.ts';

/** Minutes after midnight: 08:30–12:00 and 14:30–18:00. */
export const officeHours = [
  { from: 8 * 60 + 30, to: 12 * 60 },
  { from: 14 * 60 + 30, to: 18 * 60 },
] as const;

const MINUTES_A_DAY = officeHours.reduce((sum, { from, to }) => sum + to - from, 0);

/** One stretch in the course of a case, in milliseconds. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Working minutes of the stretches together, rounded; a stretch that ends before it begins counts nothing: clocks move. */
export function workingMinutes(stretches: readonly Stretch[], zone: string): number {
  return Math.round(stretches.reduce((sum, stretch) => sum + minutesOf(stretch, zone), 0));
}

/**
 * The stretches in which a case could be worked on: from its registration to `until`, without the time it stood returned.
 * @param steps kinds and times of the case's ledger entries, oldest first; those after `until` do not count.
 */
export function workedStretches(
  steps: readonly { readonly kind: string; readonly at: number }[],
  span: { readonly registeredAt: number; readonly until: number },
): Stretch[] {
  const stretches: Stretch[] = [];
  let from: number | undefined = span.registeredAt;
  for (const { kind, at } of steps) {
    if (at > span.until) break;
    if (kind === 'return' && from !== undefined) {
      stretches.push({ from, to: at });
      from = undefined;
    } else if (kind === 'forward' && from === undefined) from = at;
  }
  return from === undefined ? stretches : [...stretches, { from, to: span.until }];
}

function minutesOf({ from, to }: Stretch, zone: string): number {
  if (to <= from) return 0;
  const start = localMoment(from, zone);
  const end = localMoment(to, zone);
  // From the start's day up to the day before the end's, which the two parts of days then correct.
  const days = workingDaysBetween(start.day, end.day) + Number(isWorkingDay(start.day)) - Number(isWorkingDay(end.day));
  return days * MINUTES_A_DAY + openUntil(end) - openUntil(start);
}

interface Moment {
  readonly day: string;
  /** After midnight. */
  readonly minutes: number;
}

function localMoment(at: number, zone: string): Moment {
  const local = DateTime.fromMillis(at, { zone });
  return { day: local.toISODate() ?? '', minutes: local.hour * 60 + local.minute + local.second / 60 };
}

/** Open minutes of the day before this moment. */
function openUntil({ day, minutes }: Moment): number {
  if (!isWorkingDay(day)) return 0;
  return officeHours.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(minutes, to) - from), 0);
}
