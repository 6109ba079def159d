import { type JoinField, joinCard, joinFields } from '../../cards/agent.ts';
import { noticeCard } from '../../cards/notice.ts';
import { agentRoles, employments } from '../domain/agent.ts';
import { applyToJoin } from '../services/agent/apply.ts';
import { decideApplication } from '../services/agent/decide.ts';
import { unitChoices } from '../services/unit/choices.ts';
import { type Action, success } from './action.ts';
import { choiceField, choiceOr, idField, textField } from './form.ts';

/** 提交申请 */
export const apply: Action<'agent.apply'> = async (ctx) => {
  const { form, openId } = ctx.click;
  const typed = {
    name: textField(form, 'name'),
    phone: textField(form, 'phone'),
    unit: textField(form, 'unit'),
    employment: textField(form, 'employment'),
  };
  const result = await applyToJoin(ctx, {
    openId,
    name: typed.name,
    phone: typed.phone,
    unitId: idField(form, 'unit'),
    employment: choiceField(form, { name: 'employment', options: employments }),
  });
  if (!result.ok) {
    const problems = Object.entries(result.errors).map(
      ([field, problem]) => `${joinFields[field as JoinField]}：${problem}`,
    );
    const card = joinCard({ units: await unitChoices(ctx), values: typed, errors: result.errors });
    return { toast: { type: 'warning', content: `还没有提交。${problems.join('；')}` }, card };
  }
  const waiting = noticeCard({
    tone: 'success',
    title: '申请已提交',
    lines: ['请等本单位管理员通过，通过后我会私信告诉您。'],
  });
  return success('申请已提交，请等管理员通过', waiting);
};

/** 通过 */
export const approve: Action<'agent.approve'> = async (ctx, { agentId }) => {
  const role = choiceOr(ctx.click.form, { name: 'role', options: agentRoles, initial: 'agent' });
  const agent = await decideApplication(ctx, { agentId, approved: true, role });
  return success(`已通过${agent.name}的申请`, 'living');
};

/** 不通过 */
export const reject: Action<'agent.reject'> = async (ctx, { agentId }) => {
  const agent = await decideApplication(ctx, { agentId, approved: false, role: 'agent' });
  return success(`没有通过${agent.name}的申请，已告诉对方`, 'living');
};
