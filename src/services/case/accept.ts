import type { Ctx } from '../../ctx.ts';
import { requireStaff } from '../../ctx.ts';
import type { CaseDossier } from './dossier.ts';
import { externalNumberAfter } from './external-number.ts';
import { type CaseRef, takeStep } from './step.ts';

/** 接收: the holder takes the case in hand. `externalNumber` is the 一窗受理号, '' when it has none yet. */
export async function acceptCase(ctx: Ctx, input: CaseRef & { externalNumber: string }): Promise<CaseDossier> {
  const { agent } = requireStaff(ctx);
  return takeStep(ctx, {
    ref: input,
    step: 'accept',
    effect: (dossier) => ({
      set: {
        acceptBy: null,
        acceptedAt: ctx.now,
        handlerId: agent.id,
        externalNumber: externalNumberAfter(ctx, dossier, input.externalNumber),
      },
    }),
  });
}
