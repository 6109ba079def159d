import type { Ctx } from '../../ctx.ts';
import { saysNothing } from '../../domain/typed.ts';
import { Refused } from '../../refusals.ts';
import type { CaseDossier } from './dossier.ts';
import { type CaseRef, takeStep } from './step.ts';

/** 撤回: before completion, by the registering agent, with a reason. */
export async function withdrawCase(ctx: Ctx, input: CaseRef & { reason: string }): Promise<CaseDossier> {
  if (saysNothing(input.reason)) throw new Refused('withdraw_needs_reason');
  return takeStep(ctx, {
    ref: input,
    step: 'withdraw',
    effect: () => ({
      set: {
        withdrawnAt: ctx.now,
        acceptBy: null,
        dueAt: null,
        remainingDays: null,
        suspendedAt: null,
        suspendReason: null,
      },
      note: { reason: input.reason },
    }),
  });
}
