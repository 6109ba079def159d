import { type AgentRow, agentReads } from '../../../db/repositories/agent.ts';
import type { UnitRow } from '../../../db/repositories/unit.ts';
import type { Ctx } from '../../ctx.ts';
import { type Notice, notify } from '../message/notify.ts';
import { presentFor } from '../stand-in/running.ts';
import { nearestManagers } from './nearest-managers.ts';

/**
 * Tells, once each, the managers nearest to some units: a unit's own, else those of the first unit above it that has any, else the
 * administrators; for who is on leave the one standing in. Not who has just done it, and not whom it is about.
 * @param lines of each unit: itself, then its parents.
 */
export async function notifyManagers(
  ctx: Ctx,
  to: { lines: readonly (readonly UnitRow[])[]; about?: AgentRow; notice: Notice },
): Promise<void> {
  const acting = ctx.actor.kind === 'agent' ? ctx.actor.agent.id : undefined;
  const openIds = new Set<string>();
  for (const line of to.lines) {
    const nearest = await nearestManagers(ctx, { line, exceptId: to.about?.id });
    const told =
      nearest.length > 0 ? nearest : (await agentReads.activeAdmins(ctx.tx)).filter(({ id }) => id !== to.about?.id);
    for (const { id, openId } of await presentFor(ctx, told)) {
      if (id !== acting) openIds.add(openId);
    }
  }
  for (const target of openIds) await notify(ctx, { target, notice: to.notice });
}
