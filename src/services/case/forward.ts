import type { Ctx } from '../../ctx.ts';
import { acceptDeadline, resumeDeadline } from '../../domain/deadline.ts';
import { Refused } from '../../refusals.ts';
import { isReached } from '../card/targets.ts';
import { localDays } from '../setting/calendar.ts';
import type { CaseDossier } from './dossier.ts';
import { type CaseRef, takeStep } from './step.ts';

/**
 * 重新转送: what was missing is there now; the case goes back to the unit that returned it, and time runs again. Whoever returned it handles it
 * no longer: until somebody accepts it, it is the unit's, in nobody's hands, and what it misses meanwhile is nobody's own.
 */
export async function forwardCase(ctx: Ctx, input: CaseRef & { note: string }): Promise<CaseDossier> {
  return takeStep(ctx, {
    ref: input,
    step: 'forward',
    effect: async ({ record, holderLine: [holder] }) => {
      if (holder && !(await isReached(ctx, holder))) throw new Refused('forward_dead_end', { unit: holder.center });
      const days = await localDays(ctx);
      return {
        set: {
          handlerId: null,
          acceptBy: acceptDeadline(ctx.now, days),
          dueAt: resumeDeadline(record.remainingDays ?? record.promisedDays, ctx.now, days).dueAt,
          remainingDays: null,
        },
        payload: { holderUnitId: record.holderUnitId },
        note: { note: input.note },
      };
    },
  });
}
