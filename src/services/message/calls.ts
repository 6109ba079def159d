import { outboxReads } from '../../../db/repositories/outbox.ts';
import type { Reading } from '../../ctx.ts';
import { addDays, endOfDay, localMonth, startOfDay } from '../../domain/calendar.ts';
import { monthPeriod } from '../../domain/period.ts';
import { connectionState } from '../connection/state.ts';

/** What the platform's free edition gives all apps of a tenant in a month. */
export const CALLS_A_MONTH = 10_000;

export interface MonthlyCalls {
  /** `list`: lists of chats, by which messages are looked for that did not come; `file`: an upload and the message with it are two calls. */
  readonly byKind: Readonly<Record<'post' | 'reply' | 'update' | 'file' | 'list', number>>;
  readonly total: number;
  /** Calls by the end of the month, if it goes on like this. */
  readonly forecast: number;
}

/** The calls of what was delivered this month, repeated attempts among them; what did not arrive is not. */
export async function monthlyCalls({ tx, now, zone }: Pick<Reading, 'tx' | 'now' | 'zone'>): Promise<MonthlyCalls> {
  const month = monthPeriod(localMonth(now, zone));
  const begins = startOfDay(month.from, zone);
  const listed = (await connectionState(tx))?.listed;
  const list = listed?.month === localMonth(now, zone) ? listed.calls : 0;
  const byKind = { post: 0, reply: 0, update: 0, file: 0, list };
  for (const { operation, isFile, attempts } of await outboxReads.attemptsSince(tx, begins)) {
    if (isFile) byKind.file += 2 * attempts;
    else byKind[operation] += attempts;
  }
  const total = Object.values(byKind).reduce((sum, calls) => sum + calls, 0);
  const past = Math.max(now, endOfDay(month.from, zone)) - begins;
  const whole = startOfDay(addDays(month.to, 1), zone) - begins;
  return { byKind, total, forecast: Math.round((total * whole) / past) };
}
