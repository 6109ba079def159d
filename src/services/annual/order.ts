import { type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, today } from '../../ctx.ts';
import { Refused } from '../../refusals.ts';
import { enqueueSheet } from '../message/enqueue.ts';
import { requireManagerOf } from '../unit/require-manager.ts';
import { subtreeOf } from '../unit/tree.ts';

/** The towns a unit's year is told of: itself, or those below it. */
export function townsOf(unit: UnitRow, units: readonly UnitRow[]): UnitRow[] {
  return subtreeOf(unit, units).filter(({ level, active }) => level === 'town' && active);
}

/**
 * 考核: the year's indicators and the workload of its agents as an Excel file, to the manager alone. Refuses whoever does not manage the
 * unit, `period_ahead`, and `annual_no_town`.
 */
export async function orderAnnual(ctx: Ctx, { unitId, year }: { unitId: number; year: number }): Promise<void> {
  const { agent } = await requireManagerOf(ctx, unitId);
  if (year > Number(today(ctx).slice(0, 4))) throw new Refused('period_ahead', { period: `${year}年` });
  const units = await unitReads.all(ctx.tx);
  const unit = units.find(({ id }) => id === unitId);
  if (!unit || townsOf(unit, units).length === 0) throw new Refused('annual_no_town');
  const order = { name: 'annual' as const, unitId, year, agentId: agent.id, askedAt: ctx.now };
  await enqueueSheet(ctx, { target: agent.openId, order });
}
