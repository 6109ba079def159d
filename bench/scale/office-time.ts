/**
 * Time as offices know it: working minutes counted from the first working day, 420 a day. Cases move on in whole working minutes,
 * and become moments at the end. Deadlines are the product's own, looked up once for each day.
 */
import { addDays, localDay, startOfDay } from '../../src/domain/calendar.ts';
import { acceptDeadline, completionDeadline, remainingWorkingDays, resumeDeadline } from '../../src/domain/deadline.ts';
import { officeHours } from '../../src/domain/office-hours.ts';
import { publishedCalendar } from '../../src/domain/working-calendar.ts';

export const ZONE = 'Asia/Shanghai';
const DAYS = { zone: ZONE, calendar: publishedCalendar };
const [morning, afternoon] = officeHours;
const MORNING_MINUTES = morning.to - morning.from;
export const DAY_MINUTES = MORNING_MINUTES + afternoon.to - afternoon.from;
const MINUTE_MS = 60_000;
const LONGEST_WEEKEND_DAYS = 12;

export interface OfficeTime {
  readonly days: readonly { readonly day: string; readonly startsAt: number }[];
  /** Working minutes of `now`. */
  readonly end: number;
  /** The moment (ms) of a time in working minutes. */
  momentOf(minutes: number): number;
  dayOf(minutes: number): string;
  acceptBy(at: number): number;
  dueAt(at: number, promisedDays: number): number;
  remainingDays(dueAt: number, at: number): number;
  resumedDueAt(remainingDays: number, at: number): number;
}

/** The working days from `firstDay` to the day of `now` (ms). */
export function createOfficeTime(firstDay: string, now: number): OfficeTime {
  const today = localDay(now, ZONE);
  const days: { day: string; startsAt: number }[] = [];
  for (let day = firstDay; day <= today; day = addDays(day, 1)) {
    if (publishedCalendar.isWorkingDay(day)) days.push({ day, startsAt: startOfDay(day, ZONE) });
  }
  const last = days.length - 1;
  if (days[last]?.day !== today) throw new Error('the years must end on a working day');
  const end = last * DAY_MINUTES + Math.round((now - (days[last]?.startsAt ?? 0)) / MINUTE_MS) - morning.from;
  const dayAt = (minutes: number) => days[Math.floor(minutes / DAY_MINUTES)] ?? { day: today, startsAt: now };
  return {
    days,
    end,
    dayOf: (minutes) => dayAt(minutes).day,
    momentOf(minutes) {
      const within = minutes % DAY_MINUTES;
      const clock = within < MORNING_MINUTES ? morning.from + within : afternoon.from + (within - MORNING_MINUTES);
      return dayAt(minutes).startsAt + clock * MINUTE_MS;
    },
    ...deadlines(),
  };
}

/** All that counts of a moment is its day, so each rule is asked once a day. */
function deadlines() {
  const known = new Map<string, number>();
  const DAY_MS = 24 * 60 * MINUTE_MS;
  const SHANGHAI_AHEAD_MS = 8 * 60 * MINUTE_MS;
  const dayNumber = (at: number) => Math.floor((at + SHANGHAI_AHEAD_MS) / DAY_MS);
  function once(key: string, work: () => number): number {
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = work();
    known.set(key, found);
    return found;
  }
  return {
    acceptBy: (at: number) => once(`a${dayNumber(at)}`, () => acceptDeadline(at, DAYS)),
    dueAt: (at: number, promised: number) =>
      once(`d${dayNumber(at)}:${promised}`, () => completionDeadline(at, promised, DAYS).dueAt),
    remainingDays: (dueAt: number, at: number) =>
      once(`r${dayNumber(dueAt)}:${dayNumber(at)}`, () => remainingWorkingDays(dueAt, at, DAYS)),
    resumedDueAt: (left: number, at: number) =>
      once(`f${dayNumber(at)}:${left}`, () => resumeDeadline(left, at, DAYS).dueAt),
  };
}

/** How many of the year's cases fall on each working day: spring and autumn are busy, Mondays and the day after a holiday too. */
export function loadOfDays(days: OfficeTime['days']): number[] {
  const ofMonth = [0.8, 0.5, 1.2, 1.3, 1.2, 1, 0.9, 0.9, 1.2, 1.1, 1, 0.9];
  const yearOf = (day: string) => Number(day.slice(0, 4));
  const first = yearOf(days[0]?.day ?? '');
  return days.map(({ day }, index) => {
    const growth = 1.2 ** (yearOf(day) - first);
    const before = days[index - 1]?.day;
    const afterPause = before !== undefined && before !== addDays(day, -1);
    const pause = afterPause && before < addDays(day, -LONGEST_WEEKEND_DAYS) ? 1.6 : afterPause ? 1.3 : 1;
    return (ofMonth[Number(day.slice(5, 7)) - 1] ?? 1) * growth * pause;
  });
}
