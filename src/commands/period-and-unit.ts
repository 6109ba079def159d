/** What managers type behind a command: a time and a unit, in any order. */
import { type UnitRow, unitReads } from '../../db/repositories/unit.ts';
import { personOf, requireStaff } from '../ctx.ts';
import { type Period, parsePeriod } from '../domain/period.ts';
import { managesUnit } from '../domain/permission.ts';
import { Refused } from '../refusals.ts';
import { seekUnit } from '../services/unit/seek.ts';
import type { CommandCtx } from './command.ts';

const DEFAULT_PERIOD = '本月';

/** At most one time (this month unless given) and one unit. Refuses what is neither. */
export async function readArguments(
  ctx: CommandCtx,
  args: string,
): Promise<{ period: Period; named: UnitRow | undefined }> {
  const words = args.split(/\s+/).filter((word) => word !== '');
  const periods = words.map((word) => parsePeriod(word, ctx.now, ctx.zone));
  const rest = words.filter((_, index) => periods[index] === undefined);
  const [named, ...more] = periods.filter((found) => found !== undefined);
  if (more.length > 0) throw new Refused('stats_period_unknown', { text: args });
  const period = named ?? parsePeriod(DEFAULT_PERIOD, ctx.now, ctx.zone);
  if (!period) throw new Error('the default period is no period');
  if (rest.length === 0) return { period, named: undefined };
  try {
    return { period, named: await seekUnit(ctx, rest.join('')) };
  } catch (error) {
    if (error instanceof Refused && error.code === 'unit_unknown') {
      throw new Refused('stats_period_unknown', { text: rest.join(' ') });
    }
    throw error;
  }
}

/** The named unit, else the manager's own, with its line up to the root. Refuses a unit that is not below the manager's. */
export async function managedUnit(
  ctx: CommandCtx,
  named: UnitRow | undefined,
): Promise<{ unit: UnitRow; line: UnitRow[] }> {
  const staff = requireStaff(ctx);
  const unit = named ?? staff.unit;
  const line = await unitReads.lineage(ctx.tx, unit.id);
  const ids = line.map((above) => above.id);
  if (!managesUnit(personOf(staff), ids)) throw new Refused('stats_not_yours', { unit: staff.unit.name });
  return { unit, line };
}
