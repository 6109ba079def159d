import { bindForm } from '../../cards/forms.ts';
import { noticeCard } from '../../cards/notice.ts';
import { unbindCard } from '../../cards/unit.ts';
import { Refused } from '../refusals.ts';
import { type Binding, bindUnit, requireBinder } from '../services/unit/bind.ts';
import { unbindUnit, unitToUnbind } from '../services/unit/unbind.ts';
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

/** 解绑, 不解绑 */
export const unbindAction: Action<'unit.unbind'> = async (ctx, { unitId, seen, keep }) => {
  const { unit: bound } = await unitToUnbind(ctx, unitId);
  // Somebody else may have done it since the card was drawn.
  if (keep || bound.chatId === null) {
    const line = bound.chatId === null ? `${bound.name}没有绑定群，不用解绑。` : '没有解绑。';
    return success('没有改动', noticeCard({ tone: 'info', title: '没有改动', lines: [line] }));
  }
  const { unit, done, ...group } = await unbindUnit(ctx, { unitId, seen, askedIn: ctx.click.chatId });
  if (!done) return success('换了群，请看清后再点', unbindCard({ ...group, unitId, unit: unit.name }));
  const title = `${unit.name}的群解绑了`;
  const lines = [
    group.deserted
      ? `${unit.name}的代办件不再发到群里；那里还没有代办员，现在没人收到，请让工作人员登记或绑定别的群。`
      : `${unit.name}的代办件不再发到群里，改为私信发给那里的代办员。`,
    `要换群，请系统管理员到新群里@我，发“/绑定 ${unit.name}”。`,
  ];
  return success(title, noticeCard({ tone: 'success', title, lines }));
};

function answer(ctx: ActionCtx, binding: Binding): ActionOutcome {
  const words = binding.kind === 'bound' ? `本群已绑定${binding.unit.name}` : '请看清后再点';
  return success(words, bindingCard(ctx, binding));
}
