/**
 * When a case must be accepted and completed. Rules: `docs/RULES.md`; the day something happens is not counted (次日起算), the last
 * day ends at midnight. Time stands still while a case is returned or suspended: its remaining days are kept and given back.
 */
import { endOfDay, localDay } from './calendar.ts';
import type { LocalDays } from './working-calendar.ts';

/** `announced` is false when the count ran through a year whose holidays are not published yet. */
export interface Deadline {
  readonly dueAt: number;
  readonly announced: boolean;
}

/** The end of the next working day after `now`. */
export function acceptDeadline(now: number, days: LocalDays): number {
  return completionDeadline(now, 1, days).dueAt;
}

/** The end of the last promised working day (承诺时限); 0 promised days means today, or the next working day. */
export function completionDeadline(now: number, promisedDays: number, days: LocalDays): Deadline {
  return deadlineAfter(localDay(now, days.zone), promisedDays, days);
}

/** Working days left after today: 0 on the last day, negative once it is over (on a weekend after it, too). */
export function remainingWorkingDays(dueAt: number, now: number, { zone, calendar }: LocalDays): number {
  const dueDay = localDay(dueAt, zone);
  const today = localDay(now, zone);
  const days = calendar.workingDaysBetween(today, dueDay);
  return dueDay < today ? Math.min(days, -1) : days;
}

/**
 * The deadline of a case that was returned or suspended with `remainingDays` left (`remainingWorkingDays` at that moment) and goes
 * on now. What was overdue by n working days still is.
 */
export function resumeDeadline(remainingDays: number, now: number, days: LocalDays): Deadline {
  const today = localDay(now, days.zone);
  return deadlineAfter(remainingDays < 0 ? days.calendar.lastWorkingDayUpTo(today) : today, remainingDays, days);
}

/**
 * The promised time after the promise itself was corrected from `was` to `is` working days: counted from registration, or, once time
 * has stood still, moved by the difference.
 */
export function correctedDeadline(
  course: {
    readonly registeredAt: number;
    readonly returnCount: number;
    readonly suspendCount: number;
    readonly dueAt: number | null;
    readonly remainingDays: number | null;
  },
  promised: { readonly was: number; readonly is: number },
  days: LocalDays,
): { readonly dueAt: number | null; readonly remainingDays: number | null } {
  const { registeredAt, returnCount, suspendCount, dueAt, remainingDays } = course;
  const more = promised.is - promised.was;
  if (dueAt === null) return { dueAt, remainingDays: remainingDays === null ? null : remainingDays + more };
  if (returnCount === 0 && suspendCount === 0) {
    return { dueAt: completionDeadline(registeredAt, promised.is, days).dueAt, remainingDays };
  }
  const moved = days.calendar.addWorkingDays(localDay(dueAt, days.zone), more);
  return { dueAt: endOfDay(moved.day, days.zone), remainingDays };
}

function deadlineAfter(day: string, days: number, { zone, calendar }: LocalDays): Deadline {
  const counted = calendar.addWorkingDays(day, days === 0 && !calendar.isWorkingDay(day) ? 1 : days);
  return { dueAt: endOfDay(counted.day, zone), announced: counted.announced };
}
