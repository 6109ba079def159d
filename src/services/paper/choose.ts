import { paperReads, paperWrites } from '../../../db/repositories/paper.ts';
import type { Ctx } from '../../ctx.ts';
import { PAPERS_MAX, QUIET_MS } from '../../domain/paper.ts';
import { Refused } from '../../refusals.ts';
import { requireSender } from './admit.ts';
import { showRound, takeOwnRound } from './round.ts';

/** Of which case that is, which was sent without a word. Returns the case's number. */
export async function choosePapersCase(ctx: Ctx, choice: { roundId: number; caseId: number }): Promise<string> {
  const { caseId } = choice;
  const round = await takeOwnRound(ctx, choice);
  if (round.caseId !== null || round.placeId !== null) throw new Refused('papers_round_over');
  const { record } = await requireSender(ctx, caseId);
  await paperWrites.changeRound(ctx.tx, { id: round.id, caseId, until: ctx.now + QUIET_MS });
  const known = await paperReads.countOfCase(ctx.tx, caseId);
  const ids = (await paperReads.ofRound(ctx.tx, round.id)).map(({ id }) => id);
  const fit = Math.max(0, PAPERS_MAX - known);
  await paperWrites.assign(ctx.tx, {
    ids: ids.slice(0, fit),
    caseId,
    state: 'waiting',
    settledAt: null,
    availableAt: ctx.now,
  });
  await paperWrites.assign(ctx.tx, { ids: ids.slice(fit), caseId, state: 'refused', problem: 'tooMany' });
  await showRound(ctx, round);
  return record.caseNumber;
}
