import { agentReads } from '../../../db/repositories/agent.ts';
import { type Ctx, requireStaff } from '../../ctx.ts';
import { Refused } from '../../refusals.ts';
import type { CaseDossier } from './dossier.ts';
import { type CaseRef, takeStep } from './step.ts';

/** To whom: an agent's id as it was picked, or whoever presses. */
export type Colleague = { readonly id: number | undefined } | 'me';

/** 转办给同事, 转给我办: another of the holder's staff handles the case from now on. */
export async function handOverCase(ctx: Ctx, input: CaseRef & { to: Colleague }): Promise<CaseDossier> {
  return takeStep(ctx, {
    ref: input,
    step: 'handOver',
    outdated: input.to === 'me' ? 'card_outdated' : 'more_outdated',
    effect: async (dossier) => {
      const { handlerId, holderUnitId } = dossier.record;
      const named = { unitId: holderUnitId, unit: dossier.holderLine[0]?.center ?? '', work: '办理' };
      return { set: { handlerId: await colleagueId(ctx, { ...named, dossier, to: input.to, now: handlerId }) } };
    },
  });
}

/** 转同事跟进, 转给我跟进: another of the registering unit looks after the case. Who registered it stays known. */
export async function entrustCase(ctx: Ctx, input: CaseRef & { to: Colleague }): Promise<CaseDossier> {
  return takeStep(ctx, {
    ref: input,
    step: 'entrust',
    outdated: 'more_outdated',
    effect: async (dossier) => {
      const { keeperId, registeringUnitId } = dossier.record;
      const named = { unitId: registeringUnitId, unit: dossier.registeringLine[0]?.name ?? '', work: '跟进' };
      return { set: { keeperId: await colleagueId(ctx, { ...named, dossier, to: input.to, now: keeperId }) } };
    },
  });
}

/** Refuses who does not work in the unit, and who has the case already. */
async function colleagueId(
  ctx: Ctx,
  wanted: { dossier: CaseDossier; to: Colleague; now: number | null; unitId: number; unit: string; work: string },
): Promise<number> {
  const { dossier, to, now, unitId, unit, work } = wanted;
  const actor = requireStaff(ctx).agent;
  const id = to === 'me' ? actor.id : to.id;
  if (id === undefined) throw new Refused('colleague_missing');
  const colleague = id === actor.id ? actor : await agentReads.byId(ctx.tx, id);
  if (colleague?.status !== 'active' || colleague.unitId !== unitId) throw new Refused('colleague_unknown', { unit });
  if (id === now) {
    const name = id === actor.id ? '您' : colleague.name;
    throw new Refused('handed_over_already', { number: dossier.record.caseNumber, name, work });
  }
  return id;
}
