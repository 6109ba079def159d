import { audienceWords } from '../../../cards/words.ts';
import { lineOf, type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, personOf, requireStaff, type Staff } from '../../ctx.ts';
import { belongsTo } from '../../domain/agent.ts';
import { highestRole } from '../../domain/permission.ts';
import { may } from '../../domain/rights.ts';
import { Refused } from '../../refusals.ts';

/** The manager who asks. Refuses `not_for_your_role`: a button in a group is there for everybody to press. */
export function requireManager(ctx: Ctx): Staff {
  const staff = requireStaff(ctx);
  if (belongsTo('manager', highestRole(personOf(staff)))) return staff;
  throw new Refused('not_for_your_role', { command: '统计、排名、台账和名册', audience: audienceWords.manager });
}

/**
 * The manager who asks about a unit: their own, or one below it. Refuses `not_for_your_role` and `stats_not_yours`, the latter
 * also where there is no such unit: what a button names is only a claim.
 */
export async function requireManagerOf(ctx: Ctx, unitId: number): Promise<Staff> {
  return requireManagerWithin(ctx, { unitId, units: await unitReads.withAbove(ctx.tx, [unitId]) });
}

/** As `requireManagerOf`, among units that have been read. */
export function requireManagerWithin(
  ctx: Ctx,
  { unitId, units }: { unitId: number; units: readonly UnitRow[] },
): Staff {
  const staff = requireManager(ctx);
  const line = lineOf(unitId, units).map((unit) => unit.id);
  if (line.length > 0 && may('seeFigures', personOf(staff), { unitLine: line })) return staff;
  throw new Refused('stats_not_yours', { unit: staff.unit.name });
}
