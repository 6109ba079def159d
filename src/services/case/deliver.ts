import type { Ctx } from '../../ctx.ts';
import type { DeliveryWay } from '../../domain/case.ts';
import type { CaseDossier } from './dossier.ts';
import { type CaseRef, takeStep } from './step.ts';

/** 确认送达: the resident has the result in hand (Annex 4, duty 3). */
export async function deliverCase(ctx: Ctx, input: CaseRef & { way: DeliveryWay }): Promise<CaseDossier> {
  return takeStep(ctx, {
    ref: input,
    step: 'deliver',
    effect: () => ({ set: { deliveredAt: ctx.now, deliveryWay: input.way } }),
  });
}
