import type { StaffChangeView } from '../../../cards/staff-change.ts';
import { caseListReads } from '../../../db/repositories/case-list.ts';
import type { Ctx } from '../../ctx.ts';
import type { StaffChange } from '../../domain/staff.ts';
import { errandName } from '../case/errand.ts';
import { admitChange, successionOf } from './staff-change.ts';

const CASES_SHOWN = 10;

/** What the card shows that asks whether somebody's work is to be changed. Refuses as the change itself would. */
export async function viewChange(
  ctx: Ctx,
  request: { agentId: number; change: StaffChange },
): Promise<StaffChangeView> {
  const admitted = await admitChange(ctx, request);
  const { agent, unit, change, toLine } = admitted;
  const succession = await successionOf(ctx, admitted);
  const lines = await caseListReads.lines(ctx.tx, succession?.caseIds.slice(0, CASES_SHOWN) ?? []);
  return {
    agentId: agent.id,
    name: agent.name,
    unit: { id: unit.id, name: unit.name },
    role: agent.role,
    change,
    toUnit: toLine[0]?.name ?? '',
    leaves: succession && {
      total: succession.total,
      cases: lines.map((line) => ({
        caseNumber: line.caseNumber,
        itemName: errandName(ctx, line),
        state: line.state,
      })),
      colleagues: succession.colleagues.map(({ id, name }) => ({ value: String(id), text: name })),
    },
  };
}
