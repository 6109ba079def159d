import type { Card } from '../../cards/card.ts';
import { type UnitRow, unitReads } from '../../db/repositories/unit.ts';
import { type Ctx, requireStaff } from '../ctx.ts';
import { enqueuePost } from '../services/message/enqueue.ts';
import { isGroupOf, isPrivateChat } from '../services/unit/own-ground.ts';
import { type ActionCtx, type ActionOutcome, success } from './action.ts';

/**
 * Replaces the pressed card by another of the same figures where they may stand: in the group of the unit whose people asked for them,
 * about that unit or one below, or in the private chat of who pressed. Elsewhere the card is left as it is, and the new one goes to who
 * pressed. `unitId`: the unit of who asked; `about`: the unit of the figures, then its parents.
 */
export async function showInPlace(
  ctx: ActionCtx,
  shown: { card: Card; title: string; unitId: number; about: readonly UnitRow[] },
): Promise<ActionOutcome> {
  const { card, title, unitId, about } = shown;
  const { chatId, openId } = ctx.click;
  const inGroup = about.some(({ id }) => id === unitId) && (await isGroupOf(ctx, { chatId, unitId }));
  if (inGroup || (await isPrivateChat(ctx, ctx.click))) return success(title, card);
  await enqueuePost(ctx, { target: openId, content: { kind: 'fixed', card } });
  return success('已私信发给您');
}

/** Where a card about a unit may stand: in the group of the unit of who pressed, if it is that one or one below. */
export async function placeOf(ctx: Ctx, unitId: number) {
  return { unitId: requireStaff(ctx).unit.id, about: await unitReads.lineage(ctx.tx, unitId) };
}

/** Replaces the pressed card in the private chat of who pressed; a press from elsewhere is answered there, too. `said`: what the toast says. */
export async function showPrivately(
  ctx: ActionCtx,
  { said, card }: { said: string; card: Card },
): Promise<ActionOutcome> {
  if (await isPrivateChat(ctx, ctx.click)) return success(said, card);
  await enqueuePost(ctx, { target: ctx.click.openId, content: { kind: 'fixed', card } });
  return success(`${said}，已私信发给您`);
}
