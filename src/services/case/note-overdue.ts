import { caseWrites } from '../../../db/repositories/case.ts';
import type { Ctx } from '../../ctx.ts';
import { refreshCards } from '../card/place.ts';

/** Notes which cases are past their promised day since the last look; their cards say so from now on. */
export async function noteOverdueCases(ctx: Ctx): Promise<void> {
  for (const id of await caseWrites.noteMissedDays(ctx.tx, ctx.now)) {
    await refreshCards(ctx, { subject: 'case', subjectId: id });
  }
}
