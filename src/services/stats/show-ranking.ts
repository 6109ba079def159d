import type { Card } from '../../../cards/card.ts';
import { rankingCard } from '../../../cards/ranking.ts';
import type { Ctx } from '../../ctx.ts';
import type { Period } from '../../domain/period.ts';
import { type RankedKind, type Ranking, rank, rankingFor } from '../../domain/ranking.ts';
import { requireManagerOf } from '../unit/require-manager.ts';
import { rankPlace, rankRows } from './rank.ts';

interface RankingWanted {
  readonly unitId: number;
  readonly period: Period;
  readonly whom: RankedKind;
  readonly by: Ranking;
  readonly page: number;
}

/**
 * The card of a ranking, for a manager of the unit. Towns are compared throughout the banner, whoever of its managers asks;
 * people only within the unit.
 */
export async function showRanking(ctx: Ctx, wanted: RankingWanted): Promise<Card> {
  const { unitId, period, whom, page } = wanted;
  const by = rankingFor(whom, wanted.by);
  await requireManagerOf(ctx, unitId);
  const rows = await rankRows(ctx, { whom, unitId, period });
  const { ranked, unranked } = rank(rows, by);
  const place = await rankPlace(ctx, { whom, unitId });
  return rankingCard({
    ...{ unitId, from: period.from, to: period.to, whom, by, page },
    title: `${place?.name ?? ''} ${period.label}`,
    ranked: ranked.map(({ place, score, row: { name, unit, figures } }) => ({
      ...{ place, score, name, unit },
      ...{ returned: figures.returned, overdue: figures.overdue, overdueDays: figures.overdueDays },
    })),
    unranked: unranked.map((row) => row.name),
  });
}
