/** A reply to a case's card, the living one or one that has been: it is about that case. */
import { cardReads } from '../../db/repositories/card.ts';
import { answerCaseReply } from '../commands/case-reply.ts';
import type { Ctx } from '../ctx.ts';
import type { InboundMessage } from '../lark/port.ts';
import { loadCase } from '../services/case/dossier.ts';
import { requireSight } from '../services/case/show.ts';
import type { OutboxContent } from '../services/message/content.ts';
import { answerWordless } from './wordless.ts';

/** `other` where the message replies to no case's card, or says nothing about the case: it is then answered like any message. */
export async function answerReply(ctx: Ctx, message: InboundMessage): Promise<OutboxContent | undefined | 'other'> {
  const card = message.repliedTo === undefined ? undefined : await cardReads.byMessage(ctx.tx, message.repliedTo);
  if (card?.subject !== 'case') return 'other';
  const dossier = await loadCase(ctx, card.subjectId);
  requireSight(ctx, dossier);
  if (message.wordless) return answerWordless(message.wordless, message.chatType);
  const { chatId, chatType: type, openId, text } = message;
  return answerCaseReply({ ...ctx, chat: { chatId, type }, openId }, { dossier, text });
}
