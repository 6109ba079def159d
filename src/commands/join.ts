import { appliedCard, joinCard } from '../../cards/agent.ts';
import type { Ctx } from '../ctx.ts';
import { decidersWords } from '../services/agent/deciders.ts';
import type { OutboxContent } from '../services/message/content.ts';
import { unitChoices } from '../services/unit/choices.ts';
import { answerPrivately, type CommandCtx, fixed } from './command.ts';

/** What somebody who is not staff gets: the form to apply, or how their application stands. */
export async function joinContent(ctx: Ctx): Promise<OutboxContent> {
  if (ctx.actor.kind === 'stranger' && ctx.actor.agent?.status === 'pending') {
    return fixed(appliedCard({ tone: 'info', deciders: await decidersWords(ctx, ctx.actor.agent.unitId) }));
  }
  return fixed(joinCard({ units: await unitChoices(ctx), values: {}, errors: {} }));
}

/** The same where the line was typed; asked in a group it goes to the person alone, for the form takes a phone number. */
export async function offerToJoin(ctx: CommandCtx): Promise<OutboxContent> {
  return answerPrivately(ctx, {
    content: await joinContent(ctx),
    why: '您还没有登记为代办员，请在我的私信里填写登记卡。',
  });
}
