import { informationReads, informationWrites } from '../../../db/repositories/information.ts';
import { type Ctx, today } from '../../ctx.ts';
import { type AdoptionKind, POINTS_MAX, parsePieceDay, parsePoints, pointsOn } from '../../domain/information.ts';
import { Refused } from '../../refusals.ts';
import { appendLedger } from '../ledger/append.ts';
import { topChain } from '../ledger/top-chain.ts';
import { holdOffice, requireOffice } from './office.ts';

/**
 * Sets what one use is worth from a day on, today at the earliest: what was used before keeps its points. Refuses
 * `information_points_unfit`, `information_points_same` and `information_points_past`.
 */
export async function setInformationPoints(
  ctx: Ctx,
  typed: { kind: AdoptionKind | undefined; points: string; day: string },
): Promise<{ points: number; fromDay: string }> {
  const { standsInFor, office } = await requireOffice(ctx);
  if (typed.kind === undefined) throw new Refused('information_needs_kind');
  const points = parsePoints(typed.points);
  if (points === undefined) throw new Refused('information_points_unfit', { max: String(POINTS_MAX) });
  const fromDay = parsePieceDay(typed.day, { today: today(ctx), lies: 'ahead' });
  if (fromDay === undefined) throw new Refused('information_day_unfit');
  if (fromDay < today(ctx)) throw new Refused('information_points_past');
  await holdOffice(ctx, office);
  const bannerId = office.banner.id;
  const settings = await informationReads.points(ctx.tx, bannerId);
  if (pointsOn(settings, fromDay)[typed.kind] === points) throw new Refused('information_points_same');
  const row = { bannerId, kind: typed.kind, fromDay, points };
  await informationWrites.setPoints(ctx.tx, row);
  const payload = { ...row, standsInFor };
  await appendLedger(ctx, { townId: await topChain(ctx), caseId: null, kind: 'setPoints', payload });
  return { points, fromDay };
}
