import { caseReads } from '../../db/repositories/case.ts';
import { requireStaff } from '../ctx.ts';
import { LISTED_MAX } from '../services/message/content.ts';
import { answerDiscreetly, type Command } from './command.ts';

export const todo: Command = {
  name: '待办',
  aliases: ['todo'],
  audience: 'agent',
  usage: '/待办',
  summary: '看看本单位要办的件，和您登记的在等谁',
  example: null,
  async run(ctx) {
    const { agent, unit } = requireStaff(ctx);
    const total = await caseReads.countWaitingFor(ctx.tx, unit.id);
    const ids = await caseReads.waitingFor(ctx.tx, { unitId: unit.id, limit: LISTED_MAX });
    const others = await caseReads.waitingElsewhere(ctx.tx, { agentId: agent.id, unitId: unit.id });
    const more = total > LISTED_MAX || others.length > LISTED_MAX;
    const list = {
      title: `${unit.name}的待办`,
      empty: '没有要办的件，辛苦了。',
      total,
      ids,
      elsewhere: { total: others.length, ids: others.slice(0, LISTED_MAX) },
      hint: more ? '办完上面的再发 /待办，或发 /查 编号 直接找。' : null,
    };
    return answerDiscreetly(ctx, { kind: 'cases', agentId: agent.id, list });
  },
};
