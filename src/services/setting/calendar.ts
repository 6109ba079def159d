import type { Tx } from '../../../db/database.ts';
import type { Reading } from '../../ctx.ts';
import {
  calendarWith,
  type LocalDays,
  publishedCalendar,
  type WorkingCalendar,
} from '../../domain/working-calendar.ts';
import { settingOf } from '../settings.ts';

/** Read once a transaction, each of which has a `Tx` of its own. */
const calendars = new WeakMap<Tx, Promise<WorkingCalendar>>();

/** Which days are working days here: the published table, and the administrators' own days above it. */
export function workingCalendar({ tx }: Pick<Reading, 'tx'>): Promise<WorkingCalendar> {
  const known = calendars.get(tx);
  if (known) return known;
  const calendar = settingOf({ tx }, 'ownDays').then(calendarWith);
  calendars.set(tx, calendar);
  return calendar;
}

export async function localDays(ctx: Pick<Reading, 'tx' | 'zone'>): Promise<LocalDays> {
  return { zone: ctx.zone, calendar: await workingCalendar(ctx) };
}

/** Are the holidays of the year known? Asks for own days only where the table does not have it. */
export async function yearAnnounced(ctx: Pick<Reading, 'tx'>, year: number): Promise<boolean> {
  return publishedCalendar.announced(year) || (await workingCalendar(ctx)).announced(year);
}
