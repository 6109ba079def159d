import { joinCard } from '../../cards/agent.ts';
import { noticeCard } from '../../cards/notice.ts';
import type { Ctx } from '../ctx.ts';
import type { OutboxContent } from '../services/message/content.ts';
import { unitChoices } from '../services/unit/choices.ts';
import { fixed } from './command.ts';

/** What somebody who is not staff gets: the form to apply, or how their application stands. */
export async function joinContent(ctx: Ctx): Promise<OutboxContent> {
  if (ctx.actor.kind === 'stranger' && ctx.actor.agent?.status === 'pending') {
    return fixed(
      noticeCard({ tone: 'info', title: '申请已提交', lines: ['请等本单位管理员通过，通过后我会私信告诉您。'] }),
    );
  }
  return fixed(joinCard({ units: await unitChoices(ctx), values: {}, errors: {} }));
}
