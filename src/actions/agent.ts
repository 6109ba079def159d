import { appliedCard, introductionCard, joinCard } from '../../cards/agent.ts';
import { checklistCard } from '../../cards/checklist.ts';
import { applicationForm, introductionForm, type JoinField, joinForm } from '../../cards/forms.ts';
import { applyToJoin } from '../services/agent/apply.ts';
import { decideApplication } from '../services/agent/decide.ts';
import { decidersWords } from '../services/agent/deciders.ts';
import { introduce } from '../services/agent/introduce.ts';
import { firstSteps, viewIntroduction } from '../services/agent/view-introduction.ts';
import { welcomeView } from '../services/setting/checklist.ts';
import { unitChoices } from '../services/unit/choices.ts';
import { type Action, success } from './action.ts';
import { idOf, readForm, readTyped } from './form.ts';

/** 提交申请 */
export const apply: Action<'agent.apply'> = async (ctx) => {
  const { form, openId } = ctx.click;
  const { unit, ...typed } = readTyped(form, joinForm);
  const result = await applyToJoin(ctx, { ...typed, openId, unitId: idOf(unit) });
  if (!result.ok) {
    const problems = Object.entries(result.errors).map(
      ([field, problem]) => `${joinForm[field as JoinField].label}：${problem}`,
    );
    const card = joinCard({ units: await unitChoices(ctx), values: { ...typed, unit }, errors: result.errors });
    return { toast: { type: 'warning', content: `还没有提交。${problems.join('；')}` }, card };
  }
  const deciders = await decidersWords(ctx, result.agent.unitId);
  return success(`申请已提交，请等${deciders}通过`, appliedCard({ tone: 'success', deciders }));
};

/** 保存 */
export const introduceAction: Action<'agent.introduce'> = async (ctx) => {
  const { name, unit } = readTyped(ctx.click.form, introductionForm);
  const result = await introduce(ctx, { name, unitId: idOf(unit) });
  if (!result.ok) {
    const card = introductionCard(await viewIntroduction(ctx, { values: { name, unit }, errors: result.errors }));
    return { toast: { type: 'warning', content: '还没有保存，请改好姓名再点。' }, card };
  }
  const greeting = { title: `${result.name}，您好`, lines: firstSteps };
  return success('已保存', checklistCard(await welcomeView(ctx, greeting)));
};

/** 通过 */
export const approve: Action<'agent.approve'> = async (ctx, { agentId }) => {
  const { role } = readForm(ctx.click.form, applicationForm);
  const agent = await decideApplication(ctx, { agentId, decision: { approved: true, role } });
  return success(`已通过${agent.name}的申请`, 'living');
};

/** 不通过 */
export const reject: Action<'agent.reject'> = async (ctx, { agentId }) => {
  const { reason } = readForm(ctx.click.form, applicationForm);
  const agent = await decideApplication(ctx, { agentId, decision: { approved: false, reason } });
  return success(`没有通过${agent.name}的申请，已告诉对方`, 'living');
};
