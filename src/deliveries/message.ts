/** A typed line: the command it names runs, and its answer goes to where it was typed. */
import { noticeCard } from '../../cards/notice.ts';
import { fixed } from '../commands/command.ts';
import { runLine } from '../commands/dispatch.ts';
import type { Ctx } from '../ctx.ts';
import type { InboundMessage } from '../lark/port.ts';
import { receiveList } from '../services/import/receive.ts';
import type { OutboxContent } from '../services/message/content.ts';
import { enqueuePost, enqueueReply } from '../services/message/enqueue.ts';
import { leftOut, SPREADSHEET, takePapers } from './papers.ts';
import { answerReply } from './reply.ts';
import { answerWordless } from './wordless.ts';

export async function handleMessage(ctx: Ctx, message: InboundMessage): Promise<void> {
  if (!message.mentionsBot) return;
  const taken = await takePapers(ctx, message);
  if (taken === 'all') return;
  const content = await answerOf(ctx, message);
  if (content === 'list') return;
  if (content) await answerMessage(ctx, { message, content });
  const left = taken === 'none' ? leftOut(ctx, message) : undefined;
  if (left) await answerMessage(ctx, { message, content: fixed(noticeCard(left)) });
}

/** `list`: its file was taken as one, which is answered once it has been read. */
async function answerOf(ctx: Ctx, message: InboundMessage): Promise<OutboxContent | undefined | 'list'> {
  const answer = await answerReply(ctx, message);
  if (answer !== 'other') return answer;
  const list = listIn(ctx, message);
  if (list) {
    await receiveList(ctx, list);
    return 'list';
  }
  return message.wordless ? answerWordless(message.wordless, message.chatType) : runMessage(ctx, message);
}

function runMessage(ctx: Ctx, { chatId, chatType: type, openId, text }: InboundMessage) {
  return runLine({ ...ctx, chat: { chatId, type }, openId }, text);
}

/** A spreadsheet from an administrator in the private chat is a list to be imported. */
function listIn({ actor }: Ctx, { messageId, chatType, files }: InboundMessage) {
  const [file] = files;
  const isList = file?.kind === 'file' && SPREADSHEET.test(file.name ?? '');
  if (!isList || chatType !== 'p2p' || actor.kind !== 'agent' || actor.agent.role !== 'admin') return undefined;
  return { messageId, fileKey: file.key, fileName: file.name ?? '' };
}

/** Why nothing came of a message: a refusal's sentence, or `fault` for one of our own. */
export async function answerFailedMessage(
  ctx: Ctx,
  failed: { message: InboundMessage; sentence: string; fault: boolean },
): Promise<void> {
  const { message, sentence, fault } = failed;
  const notice = fault
    ? ({ tone: 'error', title: '出错了' } as const)
    : ({ tone: 'warning', title: '没有办成' } as const);
  const lines = [sentence, ...(leftOut(ctx, message)?.lines ?? [])];
  await answerMessage(ctx, { message, content: fixed(noticeCard({ ...notice, lines })) });
}

/** In a group the answer quotes the question; in a private chat it just follows. */
async function answerMessage(ctx: Ctx, answer: { message: InboundMessage; content: OutboxContent }): Promise<void> {
  const { message, content } = answer;
  if (message.chatType === 'p2p') return enqueuePost(ctx, { target: message.openId, content });
  return enqueueReply(ctx, { target: message.chatId, messageId: message.messageId, content });
}
