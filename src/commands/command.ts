/** What a slash command is made of. */
import type { Card } from '../../cards/card.ts';
import { noticeCard } from '../../cards/notice.ts';
import type { UnitRow } from '../../db/repositories/unit.ts';
import type { Ctx } from '../ctx.ts';
import type { Audience } from '../domain/agent.ts';
import type { OutboxContent } from '../services/message/content.ts';
import { enqueuePost } from '../services/message/enqueue.ts';
import { isOwnGround } from '../services/unit/own-ground.ts';

/** Where the line was typed, or the button that stands for it was pressed. */
export interface CommandChat {
  readonly chatId: string;
  readonly type: 'p2p' | 'group';
}

export interface CommandCtx extends Ctx {
  readonly chat: CommandChat;
  readonly openId: string;
}

export interface Command {
  /** Chinese name without the slash. */
  readonly name: string;
  readonly aliases: readonly string[];
  /** May words follow the name without a space? See `parseCommandLine`. */
  readonly takesWords?: boolean;
  /** Do its words keep their line breaks? */
  readonly takesLines?: boolean;
  readonly audience: Audience;
  /** e.g. `/查 编号·姓名·手机尾号` */
  readonly usage: string;
  /** One line for the help card. */
  readonly summary: string;
  readonly example: string | null;
  /** Left out of the help card. */
  readonly hidden?: boolean;
  /** What it answers with in the chat; undefined when the answer went another way. */
  readonly run: (ctx: CommandCtx, args: string) => Promise<OutboxContent | undefined>;
}

/** An answer that is complete now and holds no personal data. */
export function fixed(card: Card): OutboxContent {
  return { kind: 'fixed', card };
}

/**
 * Answers about cases and figures where only those entitled read along: in place in a private chat and in a group of the asker's own
 * unit, elsewhere by private message with a line in the group.
 * @param about the unit they are about, then its parents; the asker's own unit if absent.
 */
export async function answerDiscreetly(
  ctx: CommandCtx,
  content: OutboxContent,
  about?: readonly UnitRow[],
): Promise<OutboxContent> {
  if (await isOwnGround(ctx, ctx.chat, about)) return content;
  return answerPrivately(ctx, { content, why: '这些内容不归本群看，只私信给您。' });
}

/** Sends the answer to the asker alone; what is returned says so in the chat, and `why`. In a private chat it is the answer itself. */
export async function answerPrivately(
  ctx: CommandCtx,
  answer: { content: OutboxContent; why: string },
): Promise<OutboxContent> {
  if (ctx.chat.type === 'p2p') return answer.content;
  await enqueuePost(ctx, { target: ctx.openId, content: answer.content });
  return fixed(noticeCard({ tone: 'info', title: '已私信发给您', lines: [answer.why] }));
}
