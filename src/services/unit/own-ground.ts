import { unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, requireStaff } from '../../ctx.ts';

/** A private chat, or a group bound to the unit of the person who asks: there only those entitled read along. */
export async function isOwnGround(
  ctx: Ctx,
  chat: { readonly chatId: string; readonly type: 'p2p' | 'group' },
): Promise<boolean> {
  if (chat.type === 'p2p') return true;
  const { unit } = requireStaff(ctx);
  return (await unitReads.byChat(ctx.tx, chat.chatId)).some((bound) => bound.id === unit.id);
}
