import { caseListCard } from '../../cards/case-list.ts';
import { caseReads } from '../../db/repositories/case.ts';
import { requireStaff } from '../ctx.ts';
import { caseListRows } from '../services/case/list-row.ts';
import { answerDiscreetly, type Command, fixed } from './command.ts';

const ROWS_MAX = 10;

export const todo: Command = {
  name: '待办',
  aliases: ['todo'],
  audience: 'agent',
  usage: '/待办',
  summary: '看看本单位还有哪些件要办，快到期的在前',
  example: null,
  async run(ctx) {
    const { unit } = requireStaff(ctx);
    const total = await caseReads.countWaitingFor(ctx.tx, unit.id);
    const ids = await caseReads.waitingFor(ctx.tx, { unitId: unit.id, limit: ROWS_MAX });
    const card = caseListCard({
      title: `${unit.name}的待办`,
      empty: '没有要办的件，辛苦了。',
      total,
      rows: await caseListRows(ctx, { ids, justAsked: ctx.chat.type === 'p2p' }),
      hint: total > ROWS_MAX ? '办完上面的再发 /待办，或发 /查 编号 直接找。' : null,
      now: ctx.now,
      zone: ctx.zone,
    });
    return answerDiscreetly(ctx, fixed(card));
  },
};
