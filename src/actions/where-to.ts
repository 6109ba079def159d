import type { UnitRow } from '../../db/repositories/unit.ts';
import { isOwnGround, isPrivateChat } from '../services/unit/own-ground.ts';
import type { ActionCtx } from './action.ts';

/** Into the chat of the card where only those entitled read along, else to the person alone. `about`: see `isOwnGround`. */
export async function whereTo(ctx: ActionCtx, about: readonly UnitRow[]): Promise<{ here: boolean; target: string }> {
  const { chatId, openId } = ctx.click;
  if (await isPrivateChat(ctx, ctx.click)) return { here: true, target: openId };
  const here = await isOwnGround(ctx, { chatId, type: 'group' }, about);
  return { here, target: here ? chatId : openId };
}
