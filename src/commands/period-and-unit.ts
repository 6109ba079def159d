/** What managers type behind a command: a time and a unit, in any order. */
import { type UnitRow, unitReads } from '../../db/repositories/unit.ts';
import { requireStaff, today } from '../ctx.ts';
import { type Period, parsePeriod } from '../domain/period.ts';
import { Refused } from '../refusals.ts';
import { requireManagerWithin } from '../services/unit/require-manager.ts';
import { unitNamed } from '../services/unit/seek.ts';
import type { CommandCtx } from './command.ts';
import { wordsIn } from './words.ts';

const DEFAULT_PERIOD = '本月';

interface Arguments {
  readonly period: Period;
  /** A time was named. */
  readonly named: boolean;
  readonly unit: UnitRow;
  /** A unit was named. */
  readonly unitNamed: boolean;
  /** Every unit there is: they have been read on the way. */
  readonly units: readonly UnitRow[];
}

/**
 * At most one time (this month unless given) and one unit (the manager's own unless named). Refuses what is neither, a time that has not begun, and a unit
 * that is not below the manager's.
 */
export async function readArguments(ctx: CommandCtx, args: string): Promise<Arguments> {
  const words = wordsIn(args);
  const periods = words.map((word) => parsePeriod(word, ctx.now, ctx.zone));
  const rest = words.filter((_, index) => periods[index] === undefined);
  const [named, ...more] = periods.filter((found) => found !== undefined);
  if (more.length > 0) throw new Refused('stats_period_unknown', {}, args);
  const period = named ?? parsePeriod(DEFAULT_PERIOD, ctx.now, ctx.zone);
  if (!period) throw new Error('the default period is no period');
  if (period.from > today(ctx)) throw new Refused('period_ahead', { period: period.label });
  const units = await unitReads.all(ctx.tx);
  const unit = rest.length === 0 ? requireStaff(ctx).unit : namedBy(rest, units);
  requireManagerWithin(ctx, { unitId: unit.id, units });
  return { period, named: named !== undefined, unit, unitNamed: rest.length > 0, units };
}

function namedBy(words: readonly string[], units: readonly UnitRow[]): UnitRow {
  const inUse = units.filter((unit) => unit.active);
  try {
    return unitNamed(inUse, words.join(''));
  } catch (error) {
    if (error instanceof Refused && error.code === 'unit_unknown') {
      throw new Refused('stats_period_unknown', {}, words.join(' '));
    }
    throw error;
  }
}
