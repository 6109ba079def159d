import { type AgentRow, agentReads } from '../../../db/repositories/agent.ts';
import { ledgerReads } from '../../../db/repositories/ledger.ts';
import type { Reading } from '../../ctx.ts';
import { waitsFor } from '../../domain/case.ts';
import type { Call } from '../../domain/turns.ts';
import { nearestManagers } from '../agent/nearest-managers.ts';
import type { CaseDossier } from '../case/dossier.ts';
import { standingEntries } from '../ledger/standing.ts';
import { presentFor } from '../stand-in/running.ts';

/** The person whom a call is for, by the id of an agent; undefined when it is any of a unit's, or nobody's. */
export function responsibleId(dossier: CaseDossier, call: Call): number | undefined {
  const { record, facts, parties } = dossier;
  const keeperId = parties.keeperActive ? record.keeperId : undefined;
  if (call === 'handOver') return record.handlerId ?? undefined;
  if (call !== 'turn') return keeperId;
  switch (waitsFor(facts)) {
    case 'holder':
      return record.handlerId ?? undefined;
    case 'registrar':
      return (record.state === 'delivered' ? followUpAgentOf(dossier)?.id : undefined) ?? keeperId;
    default:
      return undefined;
  }
}

/** Who was chosen to make the return visit, while they work in the registering unit; undefined: whoever of it does. */
export function followUpAgentOf({ record, followUpAgent }: CaseDossier): AgentRow | undefined {
  if (followUpAgent?.status !== 'active' || followUpAgent.unitId !== record.registeringUnitId) return undefined;
  return followUpAgent;
}

/** The open_id to mention where a card calls, of who stands in where that one is on leave; null when nobody in particular is meant, or they left. */
export async function responsibleOpenId(ctx: Reading, dossier: CaseDossier, call: Call): Promise<string | null> {
  const id = responsibleId(dossier, call) ?? (call === 'turn' ? await returnerId(ctx, dossier) : undefined);
  if (id === undefined) {
    return call === 'turn' && waitsFor(dossier.facts) === 'manager' ? rectifierOpenId(ctx, dossier) : null;
  }
  const agent = id === dossier.keeper.id ? dossier.keeper : await agentReads.byId(ctx.tx, id);
  const { holderUnitId, registeringUnitId } = dossier.record;
  const works = agent?.status === 'active' && (agent.unitId === holderUnitId || agent.unitId === registeringUnitId);
  if (!works) return null;
  const [present = agent] = await presentFor(ctx, [agent]);
  return present.openId;
}

/** The manager nearest to the registering unit, of whom a 整改 is asked, or who stands in. */
async function rectifierOpenId(ctx: Reading, { registeringLine }: CaseDossier): Promise<string | null> {
  const [present] = await presentFor(ctx, await nearestManagers(ctx, { line: registeringLine }));
  return present?.openId ?? null;
}

/** Who sent back a case that has come again: in nobody's hands until it is accepted, but they know it. */
async function returnerId(ctx: Reading, { record }: CaseDossier): Promise<number | undefined> {
  if (record.state !== 'forwarded' || record.returnCount === 0) return undefined;
  const steps = standingEntries(await ledgerReads.ofCase(ctx.tx, record.id)).filter(({ kind }) => passesOn.has(kind));
  const [before, last] = steps.slice(-2);
  return last?.kind === 'forward' && before?.kind === 'return' ? Number(before.actorId) : undefined;
}

const passesOn: ReadonlySet<string> = new Set(['return', 'forward', 'escalate']);
