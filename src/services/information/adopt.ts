import { type AdoptionRow, informationReads, informationWrites } from '../../../db/repositories/information.ts';
import type { Ctx } from '../../ctx.ts';
import { type AdoptionKind, halfOf, parseTimes } from '../../domain/information.ts';
import { saysNothing } from '../../domain/typed.ts';
import { Refused } from '../../refusals.ts';
import { appendLedger } from '../ledger/append.ts';
import { adoptionFacts } from '../ledger/fold-information.ts';
import { topChain } from '../ledger/top-chain.ts';
import { requireDay } from './file.ts';
import { holdOffice, type Keeper, rankedUnits, requireOffice, requireUnpublished } from './office.ts';
import { sealUndoReason } from './text.ts';

/**
 * 采用: the office notes that a piece was used. One piece is used once in each way. Refuses `information_needs_kind`,
 * `information_adopted`, and what `addAdoption` refuses.
 */
export async function adoptPiece(
  ctx: Ctx,
  typed: { pieceId: number; kind: AdoptionKind | undefined; day: string },
): Promise<AdoptionRow> {
  const piece = await informationReads.piece(ctx.tx, typed.pieceId);
  const keeper = await requireOffice(ctx, piece?.unitId);
  if (typed.kind === undefined) throw new Refused('information_needs_kind');
  if (!piece) throw new Refused('information_unknown');
  await holdOffice(ctx, keeper.office);
  const standing = await informationReads.adoptionsOf(ctx.tx, [piece.id]);
  if (standing.some(({ kind }) => kind === typed.kind)) throw new Refused('information_adopted');
  const day = requireDay(ctx, typed.day);
  if (day < piece.day) throw new Refused('information_day_before');
  const row = { unitId: piece.unitId, pieceId: piece.id, kind: typed.kind, times: 1, day };
  return addAdoption(ctx, { keeper, row });
}

/** 加分: points that belong to no piece, or to several at once. Refuses without a ranked unit, a kind and a whole number of times. */
export async function addPoints(
  ctx: Ctx,
  typed: { unitId: number | undefined; kind: AdoptionKind | undefined; times: string; day: string },
): Promise<AdoptionRow> {
  const keeper = await requireOffice(ctx);
  await holdOffice(ctx, keeper.office);
  const units = rankedUnits(keeper.office, new Set());
  if (!units.some(({ id }) => id === typed.unitId) || typed.unitId === undefined) {
    throw new Refused('information_needs_unit');
  }
  if (typed.kind === undefined) throw new Refused('information_needs_kind');
  const times = parseTimes(typed.times === '' ? '1' : typed.times);
  if (times === undefined) throw new Refused('information_times_unfit');
  const row = { unitId: typed.unitId, pieceId: null, kind: typed.kind, times, day: requireDay(ctx, typed.day) };
  return addAdoption(ctx, { keeper, row });
}

/** Of a half-year that is not published. */
async function addAdoption(
  ctx: Ctx,
  {
    keeper: { agent, standsInFor, office },
    row,
  }: { keeper: Keeper; row: Pick<AdoptionRow, 'unitId' | 'pieceId' | 'kind' | 'times' | 'day'> },
): Promise<AdoptionRow> {
  const half = halfOf(row.day);
  await requireUnpublished(ctx, { office, half });
  const recorded = { ...row, half, recordedAt: ctx.now, recordedById: agent.id };
  const adoption = await informationWrites.addAdoption(ctx.tx, recorded);
  await appendLedger(ctx, {
    townId: await topChain(ctx),
    caseId: null,
    kind: 'adoptInformation',
    payload: { ...adoptionFacts(adoption), adoptionId: adoption.id, standsInFor },
  });
  return adoption;
}

/** Takes a use back, with a reason. Refuses `information_undo_needs_reason`, `information_undone`, and what was published. */
export async function undoAdoption(ctx: Ctx, typed: { adoptionId: number; reason: string }): Promise<AdoptionRow> {
  const known = await informationReads.adoption(ctx.tx, typed.adoptionId);
  const { agent, standsInFor, office } = await requireOffice(ctx, known?.unitId);
  if (saysNothing(typed.reason)) throw new Refused('information_undo_needs_reason');
  await holdOffice(ctx, office);
  const adoption = await informationReads.adoption(ctx.tx, typed.adoptionId);
  if (!adoption) throw new Refused('information_unknown');
  if (adoption.undoneAt !== null) throw new Refused('information_undone');
  await requireUnpublished(ctx, { office, half: adoption.half });
  await informationWrites.undoAdoption(ctx.tx, {
    id: adoption.id,
    undoneAt: ctx.now,
    undoneById: agent.id,
    undoReasonSealed: sealUndoReason(ctx.vault, adoption, typed.reason),
  });
  await appendLedger(ctx, {
    townId: await topChain(ctx),
    caseId: null,
    kind: 'undoAdoption',
    payload: { adoptionId: adoption.id, standsInFor },
  });
  return adoption;
}
