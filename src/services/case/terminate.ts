import type { Ctx } from '../../ctx.ts';
import type { TerminateReason } from '../../domain/case.ts';
import { saysNothing } from '../../domain/typed.ts';
import { Refused } from '../../refusals.ts';
import type { CaseDossier } from './dossier.ts';
import { type CaseRef, takeStep } from './step.ts';

/** 终止: the holder ends the case without a result. Says why, and what the resident can do next; the registering unit is told. */
export async function terminateCase(
  ctx: Ctx,
  input: CaseRef & { reason: TerminateReason | undefined; note: string; advice: string },
): Promise<CaseDossier> {
  const { reason, note, advice } = input;
  if (reason === undefined) throw new Refused('terminate_needs_reason');
  if (reason === 'other' && saysNothing(note)) throw new Refused('terminate_needs_words');
  if (saysNothing(advice)) throw new Refused('terminate_needs_advice');
  return takeStep(ctx, {
    ref: input,
    step: 'terminate',
    outdated: 'more_outdated',
    effect: () => ({
      set: {
        terminatedAt: ctx.now,
        terminateReason: reason,
        dueAt: null,
        remainingDays: null,
        suspendedAt: null,
        suspendReason: null,
      },
      note: { reason: note, advice },
    }),
  });
}
