import { type Ctx, requireStaff } from '../../ctx.ts';
import type { Outcome } from '../../domain/case.ts';
import { saysNothing } from '../../domain/typed.ts';
import { Refused } from '../../refusals.ts';
import type { CaseDossier } from './dossier.ts';
import { externalNumberAfter } from './external-number.ts';
import { type CaseRef, takeStep } from './step.ts';

/**
 * 办结, granted or refused; a refusal says why, in more than one sign, and what the resident can do next. On time = before the end of the
 * promised day. Whoever completes it is its handler (经办人) from then on, whoever accepted it.
 */
export async function completeCase(
  ctx: Ctx,
  input: CaseRef & { outcome: Outcome; note: string; advice: string; externalNumber: string },
): Promise<CaseDossier> {
  const { agent } = requireStaff(ctx);
  if (input.outcome === 'refused' && saysNothing(input.note)) throw new Refused('refusal_needs_reason');
  if (input.outcome === 'refused' && saysNothing(input.advice)) throw new Refused('refusal_needs_advice');
  return takeStep(ctx, {
    ref: input,
    step: 'complete',
    effect: (dossier) => {
      const { record } = dossier;
      const completedOnTime = record.dueAt === null || ctx.now <= record.dueAt;
      return {
        set: {
          completedAt: ctx.now,
          handlerId: agent.id,
          completedOnTime,
          outcome: input.outcome,
          externalNumber: externalNumberAfter(ctx, dossier, input.externalNumber),
        },
        note: { note: input.note, advice: input.advice },
      };
    },
  });
}
