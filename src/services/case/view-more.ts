import type { MoreStepsView } from '../../../cards/case-more.ts';
import type { Choice } from '../../../cards/form.ts';
import { moreSteps } from '../../../cards/words.ts';
import { type AgentRow, agentReads } from '../../../db/repositories/agent.ts';
import { personOf, type Reading, type Staff, today } from '../../ctx.ts';
import { offeredSteps } from '../../domain/case.ts';
import { relationsTo } from '../../domain/permission.ts';
import type { CaseDossier } from './dossier.ts';
import { errandOf } from './errand.ts';

/** The steps that one member of staff finds in the private form; undefined when there is none for them. */
export async function viewMoreSteps(
  ctx: Reading,
  { dossier, staff }: { dossier: CaseDossier; staff: Staff },
): Promise<MoreStepsView | undefined> {
  const { record, keeper, handlerName } = dossier;
  const offered = offeredSteps(dossier.facts, relationsTo(dossier.parties, personOf(staff)), today(ctx));
  const offers = moreSteps.filter((step) => offered.includes(step));
  if (offers.length === 0) return undefined;
  const { handlerId, keeperId, holderUnitId, registeringUnitId } = record;
  const ofHolder = offers.includes('handOver') ? await agentReads.activeOfUnit(ctx.tx, holderUnitId) : [];
  const ofKeeper = offers.includes('entrust') ? await agentReads.activeOfUnit(ctx.tx, registeringUnitId) : [];
  return {
    caseId: record.id,
    version: record.version,
    caseNumber: record.caseNumber,
    itemName: errandOf(ctx, dossier),
    offers,
    handlerName: handlerId === staff.agent.id ? null : (handlerName ?? ''),
    keeperName: keeperId === staff.agent.id ? null : keeper.name,
    handlers: choicesWithout(ofHolder, handlerId),
    keepers: choicesWithout(ofKeeper, keeperId),
  };
}

function choicesWithout(staff: readonly AgentRow[], id: number | null): Choice[] {
  return staff.filter((agent) => agent.id !== id).map((agent) => ({ value: String(agent.id), text: agent.name }));
}
