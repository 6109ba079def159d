import type { AgentRow } from '../../../db/repositories/agent.ts';
import type { Ctx } from '../../ctx.ts';
import { appendLedger } from '../ledger/append.ts';
import { chainOfUnit } from './approvers.ts';

/** Writes down what somebody's unit, role and status are from now on. `agent`: the row as it is afterwards. */
export async function recordStaffChange(
  ctx: Ctx,
  change: { kind: 'deactivateAgent' | 'moveAgent' | 'changeRole'; agent: AgentRow },
): Promise<void> {
  const { id: agentId, unitId, role, status } = change.agent;
  const townId = await chainOfUnit(ctx, unitId);
  await appendLedger(ctx, { townId, caseId: null, kind: change.kind, payload: { agentId, unitId, role, status } });
}
