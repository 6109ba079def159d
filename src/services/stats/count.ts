import { statsWrites } from '../../../db/repositories/stats.ts';
import { type Ctx, today } from '../../ctx.ts';
import { type CountedStep, type Course, countStep } from '../../domain/case-count.ts';
import { counterKeys, type HandledCount, handlerKey, noCounters, sumOf } from '../../domain/counters.ts';
import type { CaseDossier } from '../case/dossier.ts';
import { takenNow } from './counted-step.ts';

/**
 * Adds what these steps of one case, taken now, changed to today's counters, in the transaction of the steps.
 * @param event `dossier` as it was before them, or as it was registered; `before`: how far the case had come.
 */
export async function countSteps(
  ctx: Ctx,
  event: {
    dossier: Pick<CaseDossier, 'record' | 'registeringLine'>;
    before: Course;
    steps: readonly Pick<CountedStep, 'kind' | 'payload'>[];
  },
): Promise<void> {
  const { record, registeringLine } = event.dossier;
  let add = noCounters;
  let handled: HandledCount | undefined;
  let course = event.before;
  for (const step of event.steps) {
    const count = countStep({ ...step, by: takenNow(ctx.actor) }, course);
    course = count.after;
    // Of steps that are taken together one at most shows somebody's handling.
    handled ??= count.handled;
    add = sumOf(add, count.add);
  }
  const { registrarId, itemVersionId, assistType, way } = record;
  const keys = counterKeys({ line: registeringLine, registrarId, itemVersionId, assistType, way });
  await statsWrites.add(ctx.tx, {
    ...{ keys, day: today(ctx), add },
    also: handled && { key: handlerKey(handled.by), add: handled.add },
  });
}
