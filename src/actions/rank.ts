import { unitReads } from '../../db/repositories/unit.ts';
import { requireStaff } from '../ctx.ts';
import { enqueueSheet } from '../services/message/enqueue.ts';
import { showRanking } from '../services/stats/show-ranking.ts';
import { requireManagerOf } from '../services/unit/require-manager.ts';
import { type Action, success } from './action.ts';
import { daysOf } from './days.ts';
import { showInPlace } from './in-place.ts';

/** Another measure, towns instead of agents, the next page: the same card shows it. */
export const showRank: Action<'rank.show'> = async (ctx, value) => {
  const { unitId, whom, by, page } = value;
  const period = daysOf(ctx, value);
  const card = await showRanking(ctx, { unitId, period, whom, by, page });
  const about = await unitReads.lineage(ctx.tx, unitId);
  return showInPlace(ctx, { card, title: '已更新', unitId: requireStaff(ctx).unit.id, about });
};

/** 导出 */
export const exportRank: Action<'rank.export'> = async (ctx, value) => {
  const { unitId, whom } = value;
  const { from, to, label } = daysOf(ctx, value);
  const { agent } = await requireManagerOf(ctx, unitId);
  const asked = { agentId: agent.id, askedAt: ctx.now };
  await enqueueSheet(ctx, {
    target: ctx.click.openId,
    order: { ...asked, name: 'ranking', unitId, whom, from, to, label },
  });
  return success('正在生成 Excel，做好就私信给您');
};
