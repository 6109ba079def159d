import { type AgentRow, agentWrites, type NewAgent } from '../../../db/repositories/agent.ts';
import type { Ctx } from '../../ctx.ts';
import { recordAgent } from '../ledger/agent-entry.ts';

/** Puts somebody on the staff without an application, as whoever sets up an office does. */
export async function enrolAgent(ctx: Ctx, agent: Omit<NewAgent, 'id' | 'status'>): Promise<AgentRow> {
  const enrolled = await agentWrites.insert(ctx.tx, { ...agent, status: 'active' });
  await recordAgent(ctx, { kind: 'enrolAgent', agent: enrolled });
  return enrolled;
}
