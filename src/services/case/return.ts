import type { Ctx } from '../../ctx.ts';
import { remainingWorkingDays } from '../../domain/deadline.ts';
import { saysNothing } from '../../domain/typed.ts';
import { Refused } from '../../refusals.ts';
import { localDays } from '../setting/calendar.ts';
import type { CaseDossier } from './dossier.ts';
import { type CaseRef, takeStep } from './step.ts';

export interface Return extends CaseRef {
  readonly reason: string;
  /** What was chosen of the item's list, by its numbers there. */
  readonly missing: readonly string[];
  /** What is missing besides, in own words. */
  readonly materials: string;
  /** Asked for from the second return on: why it was not said the first time. */
  readonly whyNotBefore: string;
}

/**
 * 退回补正: everything that is missing, named at once (一次性告知, the plan's section 12). Time stands still until the case
 * is forwarded again. A second return of one case counts against 一次性告知, and has to be explained.
 */
export async function returnCase(ctx: Ctx, input: Return): Promise<CaseDossier> {
  const { reason, missing, materials, whyNotBefore } = input;
  if (missing.length === 0 && saysNothing(`${reason}${materials}`)) throw new Refused('return_needs_reason');
  return takeStep(ctx, {
    ref: input,
    step: 'return',
    effect: async ({ record, item }) => {
      const again = record.returnCount > 0;
      if (again && saysNothing(whyNotBefore)) throw new Refused('return_again_needs_reason');
      const named = materialsNamed(item.materials, { missing, materials });
      return {
        set: {
          acceptBy: null,
          dueAt: null,
          remainingDays:
            record.dueAt === null ? null : remainingWorkingDays(record.dueAt, ctx.now, await localDays(ctx)),
          returnCount: record.returnCount + 1,
        },
        note: { reason, materials: named, whyNotBefore: again ? whyNotBefore : '' },
      };
    },
  });
}

/** One a line, those of the list first. The card was drawn for this item: the version of the case says so. */
function materialsNamed(
  list: readonly string[],
  { missing, materials }: Pick<Return, 'missing' | 'materials'>,
): string {
  const chosen = missing.map((number) => list[Number(number)]);
  if (chosen.includes(undefined)) throw new Refused('choice_unknown');
  return [...chosen, ...(materials === '' ? [] : [materials])].join('\n');
}
