import { bindForm } from '../../cards/forms.ts';
import { noticeCard } from '../../cards/notice.ts';
import { Refused } from '../refusals.ts';
import { type Binding, bindUnit, requireBinder } from '../services/unit/bind.ts';
import { bindingCard } from '../services/unit/view-binding.ts';
import { type Action, type ActionCtx, type ActionOutcome, success } from './action.ts';
import { idOf, readForm } from './form.ts';

/** 绑定 */
export const bindAction: Action<'unit.bind'> = async (ctx) => {
  const unitId = idOf(readForm(ctx.click.form, bindForm).unit);
  if (unitId === undefined) throw new Refused('bind_choose_unit');
  return answer(ctx, await bindUnit(ctx, { chatId: ctx.click.chatId, unitId }));
};

/** 改绑 */
export const rebindAction: Action<'unit.rebind'> = async (ctx, { unitId, seen }) =>
  answer(ctx, await bindUnit(ctx, { chatId: ctx.click.chatId, unitId, confirmed: seen }));

/** 不改 */
export const keepBinding: Action<'unit.keep'> = async (ctx) => {
  requireBinder(ctx);
  return success('没有改动', noticeCard({ tone: 'info', title: '没有改动', lines: ['群和单位的绑定没有改。'] }));
};

function answer(ctx: ActionCtx, binding: Binding): ActionOutcome {
  const words = binding.kind === 'bound' ? `本群已绑定${binding.unit.name}` : '请看清后再点';
  return success(words, bindingCard(ctx, binding));
}
