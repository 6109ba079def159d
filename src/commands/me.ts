import { introductionCard, meCard } from '../../cards/agent.ts';
import { caseReads } from '../../db/repositories/case.ts';
import { requireStaff } from '../ctx.ts';
import { localMonth } from '../domain/calendar.ts';
import { dutiesOf } from '../domain/duties.ts';
import { monthPeriod } from '../domain/period.ts';
import { isNameless } from '../services/agent/setup.ts';
import { viewIntroduction } from '../services/agent/view-introduction.ts';
import { figuresOf } from '../services/stats/whole-figures.ts';
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
    const { agent, unit } = requireStaff(ctx);
    if (isNameless(agent)) {
      const form = introductionCard(await viewIntroduction(ctx, { values: {}, errors: {} }));
      return answerPrivately(ctx, { content: fixed(form), why: '请先在私信里留下您的姓名和单位。' });
    }
    const month = monthPeriod(localMonth(ctx.now, ctx.zone));
    const figures = await figuresOf(ctx, { unitId: unit.id, period: month });
    const card = meCard({
      name: agent.name,
      unit: unit.name,
      center: unit.center,
      role: agent.role,
      employment: agent.employment,
      duties: dutiesOf(unit.level),
      month: {
        registered: figures.registered,
        completed: figures.completed,
        open: await caseReads.countOpen(ctx.tx, unit.id),
      },
      monthName: month.label,
    });
    return answerDiscreetly(ctx, fixed(card));
  },
};
