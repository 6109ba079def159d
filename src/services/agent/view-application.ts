import type { ApplicationView } from '../../../cards/agent.ts';
import { type AgentRow, agentReads } from '../../../db/repositories/agent.ts';
import { rosterReads } from '../../../db/repositories/roster.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import type { Reading } from '../../ctx.ts';
import { rosterEntryOf } from '../roster/match.ts';
import { staffByIds } from '../stand-in/running.ts';
import { rolesToGrant } from './approvers.ts';
import { openPhone } from './phone.ts';
import { openRefusal } from './refusal.ts';

/** An application as one approver sees it, in a private chat, with the full phone number. */
export async function viewApplication(
  ctx: Reading,
  request: { agentId: number; viewerId: number | null },
): Promise<ApplicationView> {
  const agent = await agentReads.byId(ctx.tx, request.agentId);
  const unit = agent && (await unitReads.byId(ctx.tx, agent.unitId));
  if (!agent || !unit) throw new Error(`application ${request.agentId} does not exist`);
  const [known] = request.viewerId === null ? [] : await staffByIds(ctx, [request.viewerId]);
  const viewer = known?.agent.status === 'active' ? known : undefined;
  const decider = agent.decidedBy === null ? undefined : await agentReads.byId(ctx.tx, agent.decidedBy);
  return {
    agentId: agent.id,
    name: agent.name,
    phone: openPhone(ctx.vault, agent),
    unit: unit.name,
    employment: agent.employment,
    appliedAt: agent.appliedAt,
    listed: await listedAs(ctx, agent),
    mayGrant: viewer ? await rolesToGrant(ctx, { staff: viewer, unitId: unit.id }) : [],
    status: agent.status,
    decidedBy: decider?.name ?? null,
    refusal: agent.status === 'rejected' ? openRefusal(ctx.vault, agent) : null,
    zone: ctx.zone,
  };
}

/** null while no list has been imported. */
async function listedAs(ctx: Reading, agent: AgentRow): Promise<ApplicationView['listed']> {
  if (await rosterReads.isEmpty(ctx.tx)) return null;
  const match = await rosterEntryOf(ctx, agent);
  if (!match) return 'nobody';
  const { by, entry } = match;
  const unit = await unitReads.byId(ctx.tx, entry.unitId);
  return { by, name: entry.name, unit: unit?.name ?? '', employment: entry.employment };
}
