/**
 * Working time: the hours in which the service centers are open on Chinese working days (法定节假日, 调休 included). The plan names
 * no hours; these are the usual ones of the region's offices.
 */
import { localDay, localTime } from './calendar.ts';
import { standsStill, stateAfter } from './case.ts';
import type { LocalDays } from './working-calendar.ts';

/** Minutes after midnight: 08:30–12:00 and 14:30–18:00. */
export const officeHours = [
  { from: 8 * 60 + 30, to: 12 * 60 },
  { from: 14 * 60 + 30, to: 18 * 60 },
] as const;

const MINUTE_MS = 60_000;
const DAY_OPEN_MS = officeHours.reduce((sum, { from, to }) => sum + to - from, 0) * MINUTE_MS;

/** One stretch in the course of a case, in milliseconds. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Whether the centers are open at that moment. */
export function isOpenAt(at: number, { zone, calendar }: LocalDays): boolean {
  if (!calendar.isWorkingDay(localDay(at, zone))) return false;
  const { hour, minute } = localTime(at, zone);
  const minutes = hour * 60 + minute;
  return officeHours.some(({ from, to }) => from <= minutes && minutes < to);
}

/** Working minutes of the stretches together, rounded; a stretch that ends before it begins counts nothing: clocks move. */
export function workingMinutes(stretches: readonly Stretch[], days: LocalDays): number {
  // Whole milliseconds until the end: sums of fractions of a minute would round now up, now down.
  return Math.round(stretches.reduce((sum, stretch) => sum + openMs(stretch, days), 0) / MINUTE_MS);
}

/**
 * The stretches in which a case could be worked on: from its registration to `until`, without the time it stood returned or
 * suspended.
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
    const state = stateAfter(kind);
    if (state === undefined) continue;
    if (!standsStill(state)) from ??= at;
    else if (from !== undefined) {
      stretches.push({ from, to: at });
      from = undefined;
    }
  }
  return from === undefined ? stretches : [...stretches, { from, to: span.until }];
}

/** Working minutes of a case from its registration to `until`, without the time it stood still. @param steps as above. */
export function workedMinutes(
  steps: readonly { readonly kind: string; readonly at: number }[],
  { registeredAt, until, ...days }: LocalDays & { readonly registeredAt: number; readonly until: number },
): number {
  return workingMinutes(workedStretches(steps, { registeredAt, until }), days);
}

function openMs({ from, to }: Stretch, { zone, calendar }: LocalDays): number {
  if (to <= from) return 0;
  const start = localDay(from, zone);
  const end = localDay(to, zone);
  // From the start's day up to the day before the end's, which the two parts of days then correct.
  const { workingDaysBetween, isWorkingDay } = calendar;
  const days = workingDaysBetween(start, end) + Number(isWorkingDay(start)) - Number(isWorkingDay(end));
  return days * DAY_OPEN_MS + openUntil(to, { zone, calendar }) - openUntil(from, { zone, calendar });
}

/** Open milliseconds of the moment's day before it. */
function openUntil(at: number, { zone, calendar }: LocalDays): number {
  if (!calendar.isWorkingDay(localDay(at, zone))) return 0;
  const { hour, minute } = localTime(at, zone);
  const sinceMidnight = (hour * 60 + minute) * MINUTE_MS + (at % MINUTE_MS);
  return officeHours.reduce((sum, { from, to }) => {
    const open = Math.min(sinceMidnight, to * MINUTE_MS) - from * MINUTE_MS;
    return sum + Math.max(0, open);
  }, 0);
}
