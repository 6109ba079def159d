/**
 * What a working morning's digest tells of the cases that wait for somebody: in which section, and on which mornings. Above it the
 * ladder of escalation: who else hears of a case that stays overdue.
 */
import { addDays, localDay, weekdayOf } from './calendar.ts';
import { type CaseState, needsRectification } from './case.ts';
import type { WorkingCalendar } from './working-calendar.ts';

/** Most pressing first; a case stands in one of them. */
export const digestSections = [
  /** The ladder's two rungs: overdue cases of others. */
  'overdueAtBanner',
  'overdueAtManager',
  'overdue',
  'dueToday',
  'dueNext',
  'unaccepted',
  'unrectified',
  'returned',
  'undelivered',
  'unfollowed',
] as const;
export type DigestSection = (typeof digestSections)[number];

/** Facts of a case that somebody has to go on with. Times in milliseconds. */
export interface WaitingCase {
  readonly state: CaseState;
  readonly acceptBy: number | null;
  readonly dueAt: number | null;
  /** When it was returned last, if it is. */
  readonly returnedAt: number | null;
  readonly completedAt: number | null;
  readonly deliveredAt: number | null;
  readonly followedUpAt: number | null;
  readonly rating: number | null;
  readonly rectifiedAt: number | null;
}

/** Promises of the settings, in working days, and which days those are. */
export interface DigestRules {
  readonly calendar: WorkingCalendar;
  readonly followUpDays: number;
  readonly rectificationDays: number;
}

export interface DigestEntry {
  readonly section: DigestSection;
  /** Since when (a day) it has been in this state; a day that comes counts from today. */
  readonly since: string;
  /** The day that its line names: promised, or when it was last done something to. */
  readonly day: string;
}

/** A working day (YYYY-MM-DD) among its like. */
export interface Morning {
  readonly today: string;
  readonly calendar: WorkingCalendar;
}

/** So many working mornings a case is told of in its section; afterwards once a week, while nothing happens. */
export const FRESH_MORNINGS = 3;

/** Where the digest of `today` has the case; undefined when nobody need hear of it (yet). */
export function digestEntry(
  waiting: WaitingCase,
  at: { readonly today: string; readonly zone: string; readonly rules: DigestRules },
): DigestEntry | undefined {
  const { today, zone, rules } = at;
  const { calendar } = rules;
  const dayOf = (moment: number | null) => (moment === null ? undefined : localDay(moment, zone));
  const before = (section: DigestSection, moment: number | null, workingDays: number): DigestEntry | undefined => {
    const day = dayOf(moment);
    if (day === undefined || day >= today || calendar.workingDaysBetween(day, today) < workingDays) return undefined;
    return { section, since: calendar.addWorkingDays(day, Math.max(0, workingDays - 1)).day, day };
  };
  switch (waiting.state) {
    case 'forwarded':
    case 'accepted':
      return heldEntry(waiting, { today, dayOf, calendar });
    case 'returned':
      return before('returned', waiting.returnedAt, 1);
    case 'completed':
      return before('undelivered', waiting.completedAt, 1);
    case 'delivered':
      return before('unfollowed', waiting.deliveredAt, rules.followUpDays);
    case 'followedUp': {
      const { rating, rectifiedAt } = waiting;
      const rated = dayOf(waiting.followedUpAt);
      if (rated === undefined || rated >= today || !needsRectification({ rating, rectified: rectifiedAt !== null })) {
        return undefined;
      }
      const day = rectifyBy(rated, rules);
      return { section: 'unrectified', since: pressesSince({ from: rated, until: day, today, calendar }), day };
    }
    case 'suspended':
    case 'archived':
    case 'withdrawn':
    case 'terminated':
      return undefined;
  }
}

/** The last day (YYYY-MM-DD) of a 整改 of what was rated badly on this day: 15 working days (setting), the day itself not counted. */
export function rectifyBy(
  ratedDay: string,
  { rectificationDays, calendar }: Pick<DigestRules, 'rectificationDays' | 'calendar'>,
): string {
  return calendar.addWorkingDays(ratedDay, rectificationDays).day;
}

/** Whether the digest of `today`, a working day, comes because of the entry: on its first mornings, then on the week's first. */
export function calls({ since }: Pick<DigestEntry, 'since'>, morning: Morning): boolean {
  const { today, calendar } = morning;
  return calendar.workingDaysBetween(since, today) <= FRESH_MORNINGS || isFirstOfWeek(morning);
}

/** Rungs of the ladder: after so many whole working days past its promised day a case is told to those above its holder. */
export const ladder = [
  { rung: 1, afterDays: 1, section: 'overdueAtManager' },
  { rung: 2, afterDays: 3, section: 'overdueAtBanner' },
] as const;
export type Rung = (typeof ladder)[number];

/** The rungs that a held case has reached by this morning and was not told on; the ladder is climbed once for each promised day. */
export function rungsReached(late: { readonly dueDay: string; readonly toldRung: number }, morning: Morning): Rung[] {
  // The day that has just begun is not a whole one yet.
  const whole = morning.calendar.workingDaysBetween(late.dueDay, addDays(morning.today, -1));
  return ladder.filter(({ rung, afterDays }) => rung > late.toldRung && whole >= afterDays);
}

function heldEntry(
  { acceptBy, dueAt }: WaitingCase,
  { today, dayOf, calendar }: Morning & { dayOf: (moment: number | null) => string | undefined },
): DigestEntry | undefined {
  const day = dayOf(dueAt);
  if (day !== undefined && day < today) return { section: 'overdue', since: day, day };
  if (day === today) return { section: 'dueToday', since: today, day };
  if (day !== undefined && day <= calendar.addWorkingDays(today, 1).day)
    return { section: 'dueNext', since: today, day };
  const accept = dayOf(acceptBy);
  if (accept === undefined || accept >= today) return undefined;
  return { section: 'unaccepted', since: accept, day: accept };
}

/** Presses in the beginning, and again from the working day before its end. */
function pressesSince({ from, until, today, calendar }: Morning & { from: string; until: string }): string {
  if (today > until) return until;
  return until <= calendar.addWorkingDays(today, 1).day ? today : from;
}

/** The week's first working day. */
export function isFirstOfWeek({ today, calendar }: Morning): boolean {
  return calendar.addWorkingDays(today, -1).day < addDays(today, -weekdayOf(today));
}
