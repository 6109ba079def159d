import { introductionCard, meCard } from '../../cards/agent.ts';
import { requireStaff } from '../ctx.ts';
import { isNameless } from '../services/agent/setup.ts';
import { viewIntroduction } from '../services/agent/view-introduction.ts';
import { viewMe } from '../services/agent/view-me.ts';
import { answerDiscreetly, answerPrivately, type Command, fixed } from './command.ts';
import { offerToJoin } from './join.ts';

export const me: Command = {
  name: '我',
  aliases: ['me'],
  takesWords: false,
  audience: 'all',
  usage: '/我',
  summary: '我的单位、身份、职责和本月数字',
  example: null,
  async run(ctx) {
    if (ctx.actor.kind !== 'agent') return offerToJoin(ctx);
    const staff = requireStaff(ctx);
    if (isNameless(staff.agent)) {
      const form = introductionCard(await viewIntroduction(ctx, { values: {}, errors: {} }));
      return answerPrivately(ctx, { content: fixed(form), why: '请先在私信里留下您的姓名和单位。' });
    }
    return answerDiscreetly(ctx, fixed(meCard(await viewMe(ctx, staff))));
  },
};
