import { informationRankingCard } from '../../../cards/information-ranking.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import type { Ctx } from '../../ctx.ts';
import { enqueuePost } from '../message/enqueue.ts';
import type { InformationRanking } from './ranking.ts';

/** The ranking that was published, or its 更正, to the group of every unit that is ranked; one message where several share a group. */
export async function postRanking(ctx: Ctx, ranking: InformationRanking): Promise<number> {
  const units = await unitReads.all(ctx.tx);
  const ranked = units.filter(({ id }) => ranking.rows.some(({ unitId }) => unitId === id));
  const chats = [...new Set(ranked.flatMap(({ chatId }) => chatId ?? []))];
  const card = informationRankingCard({ ...ranking, publishes: false, zone: ctx.zone });
  for (const target of chats) await enqueuePost(ctx, { target, content: { kind: 'fixed', card } });
  return chats.length;
}
