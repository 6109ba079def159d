import { responsibleCard } from '../../cards/responsible.ts';
import { requireStaff } from '../ctx.ts';
import { parsePeriod } from '../domain/period.ts';
import { Refused } from '../refusals.ts';
import { loadCase } from '../services/case/dossier.ts';
import { findCases } from '../services/case/find.ts';
import { viewResponsible } from '../services/case/responsible.ts';
import { answerPrivately, type Command, fixed } from './command.ts';
import { caseNumberFirst, wordsIn } from './words.ts';

export const responsible: Command = {
  name: '责任人',
  aliases: ['responsible'],
  audience: 'agent',
  usage: '/责任人 编号 [日期]',
  summary: '这件哪天由谁承办、谁跟进、谁代班',
  example: '/责任人 26-01-00012 11月24日',
  async run(ctx, args) {
    const [first, ...others] = wordsIn(args);
    const named = caseNumberFirst(args);
    const number = named?.caseNumber ?? first;
    const [written, ...more] = named ? wordsIn(named.rest) : others;
    if (number === undefined) throw new Refused('responsible_needs_number');
    const period = written === undefined ? undefined : parsePeriod(written, ctx.now, ctx.zone);
    if (more.length > 0 || (written !== undefined && (!period || period.from !== period.to))) {
      throw new Refused('responsible_day_unread');
    }
    const { newest, total } = await findCases(ctx, { staff: requireStaff(ctx), text: number, shown: 1 });
    const [only] = newest;
    if (!only) throw new Refused('find_nothing');
    if (total > 1) throw new Refused('responsible_needs_number');
    const card = responsibleCard(
      await viewResponsible(ctx, { dossier: await loadCase(ctx, only.id), day: period?.from }),
    );
    return answerPrivately(ctx, { content: fixed(card), why: '责任人的情况只私信给您。' });
  },
};
