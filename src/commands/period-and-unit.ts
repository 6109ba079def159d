/** What managers type behind a command: a time and a unit, in any order. */
import type { UnitRow } from '../../db/repositories/unit.ts';
import { requireStaff } from '../ctx.ts';
import { type Period, parsePeriod } from '../domain/period.ts';
import { Refused } from '../refusals.ts';
import { requireManagerOf } from '../services/unit/require-manager.ts';
import { seekUnit } from '../services/unit/seek.ts';
import type { CommandCtx } from './command.ts';

const DEFAULT_PERIOD = '本月';

/**
 * At most one time (this month unless given) and one unit (the manager's own unless named). Refuses what is neither, and a unit
 * that is not below the manager's.
 */
export async function readArguments(ctx: CommandCtx, args: string): Promise<{ period: Period; unit: UnitRow }> {
  const words = args.split(/\s+/).filter((word) => word !== '');
  const periods = words.map((word) => parsePeriod(word, ctx.now, ctx.zone));
  const rest = words.filter((_, index) => periods[index] === undefined);
  const [named, ...more] = periods.filter((found) => found !== undefined);
  if (more.length > 0) throw new Refused('stats_period_unknown', { text: args });
  const period = named ?? parsePeriod(DEFAULT_PERIOD, ctx.now, ctx.zone);
  if (!period) throw new Error('the default period is no period');
  const unit = rest.length === 0 ? requireStaff(ctx).unit : await unitOf(ctx, rest);
  await requireManagerOf(ctx, unit.id);
  return { period, unit };
}

async function unitOf(ctx: CommandCtx, words: readonly string[]): Promise<UnitRow> {
  try {
    return await seekUnit(ctx, words.join(''));
  } catch (error) {
    if (error instanceof Refused && error.code === 'unit_unknown') {
      throw new Refused('stats_period_unknown', { text: words.join(' ') });
    }
    throw error;
  }
}
