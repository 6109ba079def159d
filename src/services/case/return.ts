import type { Ctx } from '../../ctx.ts';
import { remainingWorkingDays } from '../../domain/deadline.ts';
import { Refused } from '../../refusals.ts';
import type { CaseDossier } from './dossier.ts';
import { type CaseRef, takeStep } from './step.ts';

/**
 * 退回补正: everything that is missing, named at once (一次性告知, the plan's section 12). Time stands still until the case
 * is forwarded again. A second return of one case counts against 一次性告知.
 */
export async function returnCase(
  ctx: Ctx,
  input: CaseRef & { reason: string; materials: string },
): Promise<CaseDossier> {
  if (input.reason === '' && input.materials === '') throw new Refused('return_needs_reason');
  return takeStep(ctx, {
    ref: input,
    step: 'return',
    effect: ({ record }) => ({
      set: {
        acceptBy: null,
        dueAt: null,
        remainingDays: record.dueAt === null ? null : remainingWorkingDays(record.dueAt, ctx.now, ctx.zone),
        returnCount: record.returnCount + 1,
      },
      note: { reason: input.reason, materials: input.materials },
    }),
  });
}
