import type { Ctx } from '../../ctx.ts';
import { resumeDeadline } from '../../domain/deadline.ts';
import { localDays } from '../setting/calendar.ts';
import type { CaseDossier } from './dossier.ts';
import { type CaseRef, takeStep } from './step.ts';

/** 恢复: what a suspended case waited for is there; the days that were left run again. */
export async function resumeCase(ctx: Ctx, input: CaseRef): Promise<CaseDossier> {
  return takeStep(ctx, {
    ref: input,
    step: 'resume',
    effect: async ({ record }) => ({
      set: {
        dueAt: resumeDeadline(record.remainingDays ?? record.promisedDays, ctx.now, await localDays(ctx)).dueAt,
        remainingDays: null,
        suspendedAt: null,
        suspendReason: null,
      },
    }),
  });
}
