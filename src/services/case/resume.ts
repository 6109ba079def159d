import type { Ctx } from '../../ctx.ts';
import { resumeDeadline } from '../../domain/deadline.ts';
import type { CaseDossier } from './dossier.ts';
import { type CaseRef, takeStep } from './step.ts';

/** 恢复: what a suspended case waited for is there; the days that were left run again. */
export async function resumeCase(ctx: Ctx, input: CaseRef): Promise<CaseDossier> {
  return takeStep(ctx, {
    ref: input,
    step: 'resume',
    effect: ({ record }) => ({
      set: {
        dueAt: resumeDeadline(record.remainingDays ?? record.promisedDays, ctx.now, ctx.zone).dueAt,
        remainingDays: null,
        suspendedAt: null,
        suspendReason: null,
      },
    }),
  });
}
