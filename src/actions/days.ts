import { isDay } from '../domain/calendar.ts';
import { type Period, parsePeriod } from '../domain/period.ts';
import { Refused } from '../refusals.ts';
import type { ActionCtx } from './action.ts';

/** The days of a button's value, which is only a claim: they must exist. */
export function daysOf(ctx: ActionCtx, { from, to }: { readonly from: string; readonly to: string }): Period {
  const period = isDay(from) && isDay(to) ? parsePeriod(`${from}..${to}`, ctx.now, ctx.zone) : undefined;
  if (!period) throw new Refused('button_unknown');
  return period;
}
