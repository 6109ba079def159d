import { caseListCard } from '../../cards/case-list.ts';
import { noticeCard } from '../../cards/notice.ts';
import { personOf, requireStaff } from '../ctx.ts';
import { sightOf } from '../domain/permission.ts';
import { Refused } from '../refusals.ts';
import { loadCase } from '../services/case/dossier.ts';
import { findCases } from '../services/case/find.ts';
import { caseListRow } from '../services/case/list-row.ts';
import { showCase } from '../services/case/show.ts';
import { answerDiscreetly, answerPrivately, type Command, fixed } from './command.ts';

const ROWS_MAX = 10;

export const find: Command = {
  name: '查',
  aliases: ['find', '查询', '查件'],
  takesWords: true,
  audience: 'agent',
  usage: '/查 编号·姓名·手机尾号',
  summary: '查一件办到哪一步了',
  example: '/查 26-01-00012',
  async run(ctx, args) {
    if (args === '') throw new Refused('find_needs_word');
    const { total, countedAll, newest } = await findCases(ctx, {
      staff: requireStaff(ctx),
      text: args,
      shown: ROWS_MAX,
    });
    const [only] = newest;
    if (!only) throw new Refused('case_unknown');
    if (total === 1) {
      const where = await showCase(ctx, { dossier: await loadCase(ctx, only.id), chat: ctx.chat });
      if (where === 'here') return undefined;
      return fixed(
        noticeCard({ tone: 'info', title: '已私信发给您', lines: ['这件代办和本群无关，卡片已私信发给您。'] }),
      );
    }
    const card = caseListCard({
      title: '查到的代办件',
      empty: '',
      total,
      rows: newest.map((line) => caseListRow(ctx, { line, justAsked: ctx.chat.type === 'p2p' })),
      hint: hintFor({ total, countedAll }),
      now: ctx.now,
      zone: ctx.zone,
    });
    // Of these the people of the own group might see only some.
    const { reach } = sightOf(personOf(requireStaff(ctx)));
    if (reach === 'unit' || reach === 'below') return answerDiscreetly(ctx, fixed(card));
    return answerPrivately(ctx, { content: fixed(card), why: '查到的件有的不归本群看，只私信给您。' });
  },
};

function hintFor({ total, countedAll }: { total: number; countedAll: boolean }): string | null {
  if (!countedAll) return `只数了最近的${total}件，更早的还有。请发 /查 编号，或发 /查 完整手机号。`;
  return total > ROWS_MAX ? '还有更早的，请发 /查 编号。' : null;
}
