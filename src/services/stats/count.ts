import { statsWrites } from '../../../db/repositories/stats.ts';
import { type Ctx, today } from '../../ctx.ts';
import { type Counted, counterKeys } from '../../domain/counters.ts';
import type { CaseDossier } from '../case/dossier.ts';

/** Adds what a step of the case changed to today's counters, in the transaction of the step. */
export async function countStep(
  ctx: Ctx,
  event: { dossier: Pick<CaseDossier, 'record' | 'registeringLine'>; add: Counted },
): Promise<void> {
  const { record, registeringLine } = event.dossier;
  const { registrarId, itemId, assistType, way } = record;
  const keys = counterKeys({ line: registeringLine, registrarId, itemId, assistType, way });
  await statsWrites.add(ctx.tx, { keys, day: today(ctx), add: event.add });
}
