import { unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, personOf, today } from '../../ctx.ts';
import { onBehalfOf } from '../../domain/rights.ts';
import { Refused } from '../../refusals.ts';
import { chainOfUnit } from '../agent/approvers.ts';
import { appendLedger } from '../ledger/append.ts';
import { requireRecordedStaff } from '../ledger/as-recorded.ts';
import { enqueueSheet } from '../message/enqueue.ts';
import { requireManagerOf } from '../unit/require-manager.ts';
import { rosterOf } from './view.ts';

/** What a roster is of. */
export interface RosterWanted {
  readonly unitId: number;
  /** YYYY-MM-DD */
  readonly day: string;
}

/**
 * 导出: Annex 5 as a file with the phones of staff, to the manager alone. Who took which list is written into the ledger in this
 * transaction. Refuses `roster_not_yours`, `period_ahead` and `roster_no_places`.
 */
export async function orderRoster(ctx: Ctx, { unitId, day }: RosterWanted): Promise<void> {
  const staff = await requireRosterOf(() => requireManagerOf(ctx, unitId));
  const { agent } = staff;
  await requireRecordedStaff(ctx, staff);
  if (day > today(ctx)) throw new Refused('period_ahead', { period: day });
  const units = await rosterOf(ctx, { unitId, day });
  if (units.length === 0) throw new Refused('roster_no_places');
  const count = units.reduce((sum, { people }) => sum + people.length, 0);
  const unitLine = (await unitReads.lineage(ctx.tx, unitId)).map(({ id }) => id);
  const standsInFor = onBehalfOf('seeFigures', personOf(staff), { unitLine });
  const [entry] = await appendLedger(ctx, {
    townId: await chainOfUnit(ctx, unitId),
    caseId: null,
    kind: 'exportRoster',
    payload: { unitId, day, count, standsInFor },
  });
  const order = { agentId: agent.id, askedAt: ctx.now, name: 'roster' as const, unitId, day, entry };
  await enqueueSheet(ctx, { target: agent.openId, order });
}

/** Says of a roster what is said of figures elsewhere: whose it is, and who can. */
export async function requireRosterOf<Found>(asked: () => Promise<Found>): Promise<Found> {
  try {
    return await asked();
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'stats_not_yours') throw error;
    throw new Refused('roster_not_yours', error.detail);
  }
}
