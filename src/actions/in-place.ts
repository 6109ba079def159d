import type { Card } from '../../cards/card.ts';
import { enqueuePost } from '../services/message/enqueue.ts';
import { isGroupOf, isPrivateChat } from '../services/unit/own-ground.ts';
import { type ActionCtx, type ActionOutcome, success } from './action.ts';

/**
 * Replaces the pressed card by another of the same figures where they may stand: in the group of the unit whose people asked for them,
 * or in the private chat of who pressed. Elsewhere the card is left as it is, and the new one goes to who pressed.
 */
export async function showInPlace(
  ctx: ActionCtx,
  shown: { card: Card; title: string; unitId: number },
): Promise<ActionOutcome> {
  const { card, title, unitId } = shown;
  const { chatId, openId } = ctx.click;
  if ((await isGroupOf(ctx, { chatId, unitId })) || (await isPrivateChat(ctx, ctx.click))) return success(title, card);
  await enqueuePost(ctx, { target: openId, content: { kind: 'fixed', card } });
  return success('已私信发给您');
}
