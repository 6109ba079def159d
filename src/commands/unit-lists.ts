import { unitListsCard } from '../../cards/unit-list.ts';
import { requireStaff } from '../ctx.ts';
import { seekUnit } from '../services/unit/seek.ts';
import { viewUnitLists } from '../services/unit-list/view.ts';
import { type Command, fixed } from './command.ts';

/** Published lists are nobody's secret: whoever of the staff asks sees them, wherever. */
export const unitLists: Command = {
  name: '清单',
  aliases: ['lists', '四张清单', '4张清单'],
  audience: 'agent',
  usage: '/清单 [单位]',
  summary: '便民服务中心（站）的4张清单：看文件，管理员公布和更新',
  example: '/清单 安达社区',
  async run(ctx, args) {
    const unitId = args === '' ? requireStaff(ctx).unit.id : (await seekUnit(ctx, args)).id;
    return fixed(unitListsCard(await viewUnitLists(ctx, { unitId })));
  },
};
