import { lineOf, unitReads } from '../../db/repositories/unit.ts';
import { requireStaff } from '../ctx.ts';
import { drawTasks, viewTasks } from '../services/task/view.ts';
import { unitNamed } from '../services/unit/seek.ts';
import { answerDiscreetly, type Command, fixed } from './command.ts';

export const tasks: Command = {
  name: '任务',
  aliases: ['tasks', 'task'],
  audience: 'manager',
  usage: '/任务 [单位]',
  summary: '方案的任务：谁负责、进展、逾期，导出专项工作台账',
  example: '/任务 大雁镇',
  async run(ctx, args) {
    const units = await unitReads.all(ctx.tx);
    const unit =
      args.trim() === ''
        ? requireStaff(ctx).unit
        : unitNamed(
            units.filter(({ active }) => active),
            args,
          );
    const shown = await viewTasks(ctx, { unitId: unit.id });
    return answerDiscreetly(ctx, fixed(drawTasks(shown)), lineOf(unit.id, units));
  },
};
