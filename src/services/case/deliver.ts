import { agentReads } from '../../../db/repositories/agent.ts';
import { type Ctx, requireStaff } from '../../ctx.ts';
import type { DeliveryWay } from '../../domain/case.ts';
import { chooseFollowUpAgent } from '../../domain/follow-up.ts';
import type { CaseDossier } from './dossier.ts';
import { type CaseRef, takeStep } from './step.ts';

/** 确认送达: the resident has the result in hand (Annex 4, duty 3). Names who makes the return visit. */
export async function deliverCase(ctx: Ctx, input: CaseRef & { way: DeliveryWay }): Promise<CaseDossier> {
  return takeStep(ctx, {
    ref: input,
    step: 'deliver',
    effect: async (dossier) => ({
      set: {
        deliveredAt: ctx.now,
        deliveryWay: input.way,
        followUpAgentId: (await followUpAgentOf(ctx, dossier)) ?? null,
      },
    }),
  });
}

async function followUpAgentOf(ctx: Ctx, { record }: CaseDossier): Promise<number | undefined> {
  const colleagues = await agentReads.activeOfUnit(ctx.tx, record.registeringUnitId);
  return chooseFollowUpAgent({
    colleagues: colleagues.map(({ id }) => id),
    handlerId: record.handlerId,
    delivererId: requireStaff(ctx).agent.id,
    caseId: record.id,
  });
}
