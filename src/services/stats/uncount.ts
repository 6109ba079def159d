import { statsWrites } from '../../../db/repositories/stats.ts';
import type { Ctx } from '../../ctx.ts';
import { type CountedStep, countHistory } from '../../domain/case-count.ts';
import { counterKeys } from '../../domain/counters.ts';
import type { CaseDossier } from '../case/dossier.ts';
import { negated } from './recount.ts';

/**
 * Takes out of the counters what some steps of a case added, on the days on which they were taken: a figure says as if they had
 * never been. @param undo `standing`: all that stands so far, the undone among it, oldest first.
 */
export async function uncountSteps(
  ctx: Ctx,
  undo: {
    dossier: Pick<CaseDossier, 'record' | 'registeringLine'>;
    standing: readonly CountedStep[];
    undone: readonly CountedStep[];
  },
): Promise<void> {
  const { dossier, standing, undone } = undo;
  const keys = counterKeys({ ...dossier.record, line: dossier.registeringLine });
  for (const [index, { day, add }] of countHistory(standing, ctx.zone).entries()) {
    const step = standing[index];
    const less = negated(add);
    if (step && undone.includes(step) && Object.keys(less).length > 0)
      await statsWrites.add(ctx.tx, { keys, day, add: less });
  }
}
