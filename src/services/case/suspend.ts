import type { Ctx } from '../../ctx.ts';
import type { SuspendReason } from '../../domain/case.ts';
import { remainingWorkingDays } from '../../domain/deadline.ts';
import { saysNothing } from '../../domain/typed.ts';
import { Refused } from '../../refusals.ts';
import { localDays } from '../setting/calendar.ts';
import type { CaseDossier } from './dossier.ts';
import { type CaseRef, takeStep } from './step.ts';

/** 中止: the holder cannot go on before something outside has happened. Time stands still until 恢复; the registering unit is told. */
export async function suspendCase(
  ctx: Ctx,
  input: CaseRef & { reason: SuspendReason | undefined; note: string },
): Promise<CaseDossier> {
  const { reason, note } = input;
  if (reason === undefined) throw new Refused('suspend_needs_reason');
  if (reason === 'other' && saysNothing(note)) throw new Refused('suspend_needs_words');
  return takeStep(ctx, {
    ref: input,
    step: 'suspend',
    outdated: 'more_outdated',
    effect: async ({ record }) => ({
      set: {
        dueAt: null,
        remainingDays: record.dueAt === null ? null : remainingWorkingDays(record.dueAt, ctx.now, await localDays(ctx)),
        suspendedAt: ctx.now,
        suspendReason: reason,
        suspendCount: record.suspendCount + 1,
      },
      note: { reason: note },
    }),
  });
}
