import { statsWrites } from '../../../db/repositories/stats.ts';
import type { Ctx } from '../../ctx.ts';
import { countHistory } from '../../domain/case-count.ts';
import { counterKeys, handlerKey } from '../../domain/counters.ts';
import type { CaseDossier } from '../case/dossier.ts';
import type { ReadEntry } from '../ledger/standing.ts';
import { takenBy } from './counted-step.ts';
import { negated } from './recount.ts';

/**
 * Takes out of the counters what some steps of a case added, on the days on which they were taken: a figure says as if they had
 * never been. @param undo `standing`: all that stands so far, the undone among it, oldest first.
 */
export async function uncountSteps(
  ctx: Ctx,
  undo: {
    dossier: Pick<CaseDossier, 'record' | 'registeringLine'>;
    standing: readonly ReadEntry[];
    undone: readonly ReadEntry[];
  },
): Promise<void> {
  const { dossier, standing, undone } = undo;
  const keys = counterKeys({ ...dossier.record, line: dossier.registeringLine });
  const steps = standing.map((entry) => ({ ...entry, by: takenBy(entry) }));
  for (const [index, { day, add, handled }] of countHistory(steps, ctx.zone).entries()) {
    const step = standing[index];
    const less = negated(add);
    if (!step || !undone.includes(step)) continue;
    const also = handled && { key: handlerKey(handled.by), add: negated(handled.add) };
    await statsWrites.add(ctx.tx, { keys, day, add: less, also });
  }
}
