import { paperWrites } from '../../../db/repositories/paper.ts';
import type { Ctx } from '../../ctx.ts';
import { QUIET_MS } from '../../domain/paper.ts';
import { Refused } from '../../refusals.ts';
import { appendLedger } from '../ledger/append.ts';
import { requireSender } from './admit.ts';
import { showOnCase, showRound, takeOwnRound } from './round.ts';

/**
 * Says which of the item's materials the papers of a round are that are not named yet, and those that come next. Returns its name.
 * Refuses `choice_unknown` where the list has become another.
 */
export async function nameMaterial(
  ctx: Ctx,
  choice: { roundId: number; itemId: number; index: string | undefined },
): Promise<string> {
  const round = await takeOwnRound(ctx, { ...choice, ended: 'too' });
  if (round.caseId === null) throw new Refused('papers_round_over');
  const { record, item } = await requireSender(ctx, round.caseId);
  const material = /^\d{1,4}$/.test(choice.index ?? '') ? item.materials[Number(choice.index)] : undefined;
  if (item.id !== choice.itemId || material === undefined) throw new Refused('choice_unknown');
  const until = round.endedAt === null ? ctx.now + QUIET_MS : round.until;
  await paperWrites.changeRound(ctx.tx, { id: round.id, material, until });
  const named = await paperWrites.nameUnnamed(ctx.tx, { roundId: round.id, material });
  const papers = named.flatMap(({ state, hash }) => (state === 'kept' && hash !== null ? [hash] : []));
  if (papers.length > 0) {
    const { townId, id: caseId } = record;
    await appendLedger(ctx, { townId, caseId, kind: 'nameMaterial', payload: { papers: papers.sort(), material } });
  }
  await showRound(ctx, round);
  await showOnCase(ctx, round);
  return material;
}
