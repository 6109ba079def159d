import { type CardRow, cardWrites } from '../../../db/repositories/card.ts';
import { chatReads } from '../../../db/repositories/chat.ts';
import type { Ctx } from '../../ctx.ts';
import { cardUpdate, enqueue } from '../message/enqueue.ts';
import { UPDATABLE_MS } from './place.ts';

/**
 * These cards follow their subjects no longer, because whoever reads them may not see the subject any more. Those that can still be
 * changed say so; what they showed last goes.
 */
export async function endCards(ctx: Ctx, cards: readonly CardRow[]): Promise<void> {
  await cardWrites.retire(ctx.tx, { ids: cards.map(({ id }) => id), at: ctx.now });
  await sayEnded(ctx, cards);
}

/** The same of all that follows in one person's private chat. */
export async function endPrivateCards(ctx: Ctx, agentId: number): Promise<void> {
  await sayEnded(ctx, await cardWrites.retirePrivate(ctx.tx, { agentId, at: ctx.now }));
}

async function sayEnded(ctx: Ctx, cards: readonly CardRow[]): Promise<void> {
  const chats = await chatReads.byIds(ctx.tx, [...new Set(cards.map(({ target }) => target))]);
  const isLeft = (target: string) => chats.some(({ chatId, joined }) => chatId === target && !joined);
  const changeable = cards.filter(
    ({ messageId, postedAt, target }) => messageId !== null && ctx.now - postedAt <= UPDATABLE_MS && !isLeft(target),
  );
  await enqueue(
    ctx,
    changeable.map((card) => cardUpdate(ctx, { card, content: { kind: 'ended' } })),
  );
}
