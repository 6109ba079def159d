/** A message that could not be taken when it was written is dealt with now, and whoever wrote it is told so. */
import { DateTime } from 'luxon';
import { noticeCard } from '../../cards/notice.ts';
import { fixed } from '../commands/command.ts';
import { type Ctx, today } from '../ctx.ts';
import type { Inbound } from '../lark/port.ts';
import { enqueuePost } from '../services/message/enqueue.ts';

/** Nobody takes two minutes for an outage. */
const TOLD_AFTER_MS = 2 * 60_000;

/** Once for all that was found in a private chat, before the first answer. In a group the answer quotes its question. */
export async function tellLate(ctx: Ctx, inbound: Inbound): Promise<void> {
  if (inbound.kind !== 'message' || inbound.chatType !== 'p2p' || !inbound.late?.isFirst) return;
  const { writtenAt } = inbound.late;
  if (ctx.now - writtenAt < TOLD_AFTER_MS) return;
  const written = DateTime.fromMillis(writtenAt, { zone: ctx.zone });
  const time = written.toFormat(written.toISODate() === today(ctx) ? 'HH:mm' : 'M月d日HH:mm');
  const lines = [
    `您${time}发来的消息当时没有收到，现在补上了，结果在下面。`,
    '那阵子点过的按钮补不了，没有反应的请再点一次。',
  ];
  const card = noticeCard({ tone: 'info', title: '刚才没连上，补上了', lines });
  await enqueuePost(ctx, { target: inbound.openId, content: fixed(card) });
}
