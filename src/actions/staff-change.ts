/** The buttons of 停用, 调动 and 角色; they stand in private chats alone. */
import { noticeCard } from '../../cards/notice.ts';
import { staffChangeCard } from '../../cards/staff-change.ts';
import { changeStaff } from '../services/agent/change.ts';
import { viewChange } from '../services/agent/view-change.ts';
import { type Action, success } from './action.ts';

/** 选这位 */
export const askChange: Action<'agent.askChange'> = async (ctx, { agentId, change }) =>
  success('请看清后确认', staffChangeCard(await viewChange(ctx, { agentId, change })));

/** 确认停用, 确认调动, 确认修改 */
export const confirmChange: Action<'agent.change'> = async (ctx, { agentId, seen, change }) => {
  const { agent, unit } = await changeStaff(ctx, { agentId, seen, change });
  const what = { deactivate: '已停用', move: '已调动', role: '身份已修改' }[change.kind];
  const lines = ['已告诉本人和所在单位的管理员，并记入台账。'];
  // What stands in a group is seen by whoever is in it.
  if (change.kind !== 'role') lines.push(`请把${agent.name}移出${unit.name}的群：群里的卡片群成员都看得到。`);
  return success(`${agent.name}${what}`, noticeCard({ tone: 'success', title: `${agent.name}${what}`, lines }));
};

/** 不停用, 不调动, 不修改 */
export const keepAsIs: Action<'agent.keep'> = async () =>
  success('没有改动', noticeCard({ tone: 'info', title: '没有改动', lines: ['这位同事的情况没有改。'] }));
