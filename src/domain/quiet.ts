/** 免打扰: the hours in which the program sends nothing of its own accord. What people press and type is answered at any time. */
import { addDays, localDay, momentOf } from './calendar.ts';

/** A time of day as it is set: 09:00. */
export const timeOfDayPattern = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** From a time of day to the next time that the clocks show the other one; equal: no time at all. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

/** When the quiet hours that `now` lies in are over (ms); undefined when it lies in none. The end itself is not quiet. */
export function quietUntil(now: number, { from, to }: QuietHours, zone: string): number | undefined {
  const today = localDay(now, zone);
  // Those that began last evening, and those that begin today.
  for (const day of [addDays(today, -1), today]) {
    const begins = momentOf(day, from, zone);
    const ends = momentOf(to < from ? addDays(day, 1) : day, to, zone);
    if (begins <= now && now < ends) return ends;
  }
  return undefined;
}
