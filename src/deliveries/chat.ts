/** What is known of a chat: that the bot came or went, that somebody opened it, how much has been said in it; and who left for good. */
import { chatReads, chatWrites } from '../../db/repositories/chat.ts';
import { askForUnit } from '../commands/bind.ts';
import { greeting } from '../commands/help.ts';
import { commands } from '../commands/index.ts';
import { joinContent } from '../commands/join.ts';
import type { Ctx } from '../ctx.ts';
import type { Inbound, InboundMessage } from '../lark/port.ts';
import { deactivateLeaver } from '../services/agent/change.ts';
import { enqueuePost } from '../services/message/enqueue.ts';
import { leaveChat } from '../services/unit/leave.ts';

const GREETED_AGAIN_MS = 7 * 24 * 3_600_000;

type ChatChange = Exclude<Inbound, { kind: 'message' | 'action' }>;

/** Whatever is said in a chat, the bot is in it. */
export async function noteChat(ctx: Ctx, inbound: Inbound): Promise<void> {
  if (inbound.kind === 'botAdded') {
    await chatWrites.joined(ctx.tx, { chatId: inbound.chatId, mode: 'group', name: inbound.chatName });
  }
  if (inbound.kind === 'message') await noteMessage(ctx, inbound);
}

async function noteMessage(ctx: Ctx, message: InboundMessage): Promise<void> {
  const isPrivate = message.chatType === 'p2p';
  const chat = isPrivate
    ? { chatId: message.openId, mode: 'p2p' as const, privateChatId: message.chatId }
    : { chatId: message.chatId, mode: 'group' as const, privateChatId: null };
  await chatWrites.heard(ctx.tx, chat);
}

export async function handleChatChange(ctx: Ctx, change: ChatChange): Promise<void> {
  switch (change.kind) {
    case 'botAdded':
      return enqueuePost(ctx, { target: change.chatId, content: await askForUnit(ctx, change.chatId) });
    case 'botRemoved':
      await leaveChat(ctx, change.chatId);
      return;
    case 'chatRenamed':
      return chatWrites.renamed(ctx.tx, { chatId: change.chatId, name: change.chatName });
    case 'personLeft':
      return deactivateLeaver(ctx, change.openId);
    case 'chatEntered':
      return greet(ctx, change);
  }
}

/** The platform tells of every opening of the private chat; people want to be greeted once in a while. */
async function greet(ctx: Ctx, { openId, chatId }: { openId: string; chatId: string }): Promise<void> {
  await chatWrites.joined(ctx.tx, { chatId: openId, mode: 'p2p', name: '', privateChatId: chatId });
  const greetedAt = (await chatReads.byId(ctx.tx, openId))?.greetedAt ?? 0;
  if (ctx.now - greetedAt < GREETED_AGAIN_MS) return;
  await chatWrites.greeted(ctx.tx, { chatId: openId, at: ctx.now });
  const inChat = { ...ctx, openId, chat: { type: 'p2p' as const, chatId } };
  await enqueuePost(ctx, { target: openId, content: await greeting(inChat, commands) });
  if (ctx.actor.kind === 'stranger') await enqueuePost(ctx, { target: openId, content: await joinContent(ctx) });
}
