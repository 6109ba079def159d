import { noticeCard } from '../../../cards/notice.ts';
import { agentReads } from '../../../db/repositories/agent.ts';
import type { Ctx } from '../../ctx.ts';
import { enqueuePost } from './enqueue.ts';

export interface Notice {
  readonly title: string;
  readonly lines: readonly string[];
  readonly tone?: 'info' | 'success' | 'warning' | 'error';
}

/** Posts a notice to a group or a person. Without personal data: it is stored as it stands. */
export async function notify(ctx: Ctx, to: { target: string; notice: Notice }): Promise<void> {
  const { title, lines, tone = 'info' } = to.notice;
  await enqueuePost(ctx, {
    target: to.target,
    content: { kind: 'fixed', card: noticeCard({ title, lines: [...lines], tone }) },
  });
}

/** Tells every administrator privately that something needs a hand, or has been done by the one named by `except`. */
export async function notifyAdmins(ctx: Ctx, notice: Omit<Notice, 'tone'> & { except?: number }): Promise<void> {
  const { except, ...said } = notice;
  for (const admin of await agentReads.activeAdmins(ctx.tx)) {
    if (admin.id !== except) await notify(ctx, { target: admin.openId, notice: { ...said, tone: 'warning' } });
  }
}
