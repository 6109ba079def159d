import type { AgentRow } from '../../../db/repositories/agent.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import type { Ctx } from '../../ctx.ts';
import type { AgentEvent } from '../../domain/ledger.ts';
import { appendLedger } from './append.ts';

/** What the ledger says of a member of staff: who it is on the platform, and what gives the right to see and do things. */
export type AgentFacts = Pick<AgentRow, 'openId' | 'unitId' | 'role' | 'status'>;

export function agentFacts({ openId, unitId, role, status }: AgentRow): AgentFacts {
  return { openId, unitId, role, status };
}

/**
 * Writes down a change of staff; `agent` as it is afterwards. All of them stand in the chain of the highest unit, so that one
 * person's have one order, wherever somebody is moved. `standsInFor`: for whom the change was made, where not in the own right.
 */
export async function recordAgent(
  ctx: Ctx,
  change: { kind: AgentEvent; agent: AgentRow; standsInFor?: number | undefined },
): Promise<void> {
  const { kind, agent, standsInFor } = change;
  const line = await unitReads.lineage(ctx.tx, agent.unitId);
  // The agent's id stays last: by it the newest entry about somebody is found.
  const { openId, unitId, role, status } = agentFacts(agent);
  const payload = { standsInFor, openId, unitId, role, status, agentId: agent.id };
  await appendLedger(ctx, { townId: line.at(-1)?.id ?? agent.unitId, caseId: null, kind, payload });
}
