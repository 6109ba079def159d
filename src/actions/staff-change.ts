/** The buttons of 停用, 调动 and 角色; they stand in private chats alone. */
import { successionFields } from '../../cards/forms.ts';
import { noticeCard } from '../../cards/notice.ts';
import { passedOnWords, staffChangeCard } from '../../cards/staff-change.ts';
import { Refused } from '../refusals.ts';
import { type ChangedStaff, changeStaff, passOnAll } from '../services/agent/change.ts';
import { viewChange } from '../services/agent/view-change.ts';
import { type Action, type ActionOutcome, success } from './action.ts';
import { idOf, readForm } from './form.ts';

/** 选这位 */
export const askChange: Action<'agent.askChange'> = async (ctx, { agentId, change }) =>
  success('请看清后确认', staffChangeCard(await viewChange(ctx, { agentId, change })));

/** 确认停用, 确认调动, 确认修改 */
export const confirmChange: Action<'agent.change'> = async (ctx, { agentId, seen, change }) =>
  answer(await changeStaff(ctx, { agentId, seen, change }));

/** 确认停用, 确认调动, with what waits for the person. */
export const confirmLeave: Action<'agent.leave'> = async (ctx, { agentId, kind, toUnitId, unitId, role }) => {
  const { successor } = readForm(ctx.click.form, successionFields);
  const change = kind === 'move' ? { kind, unitId: toUnitId } : { kind };
  return answer(
    await changeStaff(ctx, { agentId, change, seen: { unitId, role }, successorId: successorIn(successor) }),
  );
};

/** 只转件，人不动 */
export const passOn: Action<'agent.passOn'> = async (ctx, { agentId, unitId }) => {
  const { successor } = readForm(ctx.click.form, successionFields);
  const passed = await passOnAll(ctx, { agentId, unitId, successorId: successorIn(successor) });
  const title = `${passed.agent.name}的件已转出`;
  const lines = [passedOnWords(passed, '本单位'), '每一件都记入台账，已告诉两位。'];
  return success(title, noticeCard({ tone: 'success', title, lines }));
};

/** Refuses what is no colleague's number. */
function successorIn(picked: string): number | undefined {
  const id = idOf(picked);
  if (picked !== '' && id === undefined) throw new Refused('choice_unknown');
  return id;
}

function answer({ agent, unit, change, passedOn }: ChangedStaff): ActionOutcome {
  const what = { deactivate: '已停用', move: '已调动', role: '身份已修改' }[change.kind];
  const lines = ['已告诉本人和所在单位的管理员，并记入台账。'];
  if (passedOn) lines.unshift(passedOnWords(passedOn, unit.name));
  // What stands in a group is seen by whoever is in it.
  if (change.kind !== 'role') lines.push(`请把${agent.name}移出${unit.name}的群：群里的卡片群成员都看得到。`);
  return success(`${agent.name}${what}`, noticeCard({ tone: 'success', title: `${agent.name}${what}`, lines }));
}

/** 不停用, 不调动, 不修改 */
export const keepAsIs: Action<'agent.keep'> = async () =>
  success('没有改动', noticeCard({ tone: 'info', title: '没有改动', lines: ['这位同事的情况没有改。'] }));
