/** Where something may be shown that is not for everybody. A chat that nothing is known of is nobody's own. */
import { chatReads } from '../../../db/repositories/chat.ts';
import { type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, personOf, requireStaff } from '../../ctx.ts';
import { unitsOf } from '../../domain/permission.ts';

/**
 * A private chat, or a group bound to the unit of the person who asks, or of somebody they stand in for, if it is about that unit or one below: there only those entitled
 * read along. @param about the unit it is about, then its parents; the own unit if absent.
 */
export async function isOwnGround(
  ctx: Ctx,
  chat: { readonly chatId: string; readonly type: 'p2p' | 'group' },
  about?: readonly Pick<UnitRow, 'id'>[],
): Promise<boolean> {
  if (chat.type === 'p2p') return true;
  const own = unitsOf(personOf(requireStaff(ctx)));
  const bound = await unitReads.byChat(ctx.tx, chat.chatId);
  return bound.some(({ id }) => (about ? own.includes(id) && about.some((unit) => unit.id === id) : id === own[0]));
}

export async function isGroupOf(ctx: Ctx, { chatId, unitId }: { chatId: string; unitId: number }): Promise<boolean> {
  return (await unitReads.byChat(ctx.tx, chatId)).some((bound) => bound.id === unitId);
}

/** A group of the acting agent's unit or of one above it: those who read along there may see what the agent registers. */
export async function isGroupOfOwnLine(ctx: Ctx, chatId: string): Promise<boolean> {
  const { unit } = requireStaff(ctx);
  const bound = await unitReads.byChat(ctx.tx, chatId);
  if (bound.length === 0 || bound.some(({ id }) => id === unit.id)) return bound.length > 0;
  const line = await unitReads.lineage(ctx.tx, unit.id);
  return bound.some(({ id }) => line.some((above) => above.id === id));
}

/** Is the chat of a press the private one of who pressed? It is known from when that person last wrote there or opened it. */
export async function isPrivateChat(
  ctx: Ctx,
  { chatId, openId }: { readonly chatId: string; readonly openId: string },
): Promise<boolean> {
  return (await chatReads.byId(ctx.tx, openId))?.privateChatId === chatId;
}
