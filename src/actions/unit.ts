import { bindForm } from '../../cards/forms.ts';
import { boundCard } from '../../cards/unit.ts';
import { requireStaff } from '../ctx.ts';
import { Refused } from '../refusals.ts';
import { bindUnit } from '../services/unit/bind.ts';
import { type Action, success } from './action.ts';
import { idOf, readForm } from './form.ts';

/** 绑定 */
export const bindAction: Action<'unit.bind'> = async (ctx) => {
  const unitId = idOf(readForm(ctx.click.form, bindForm).unit);
  if (unitId === undefined) throw new Refused('bind_choose_unit');
  const unit = await bindUnit(ctx, { chatId: ctx.click.chatId, unitId });
  const boundBy = requireStaff(ctx).agent.name;
  return success(`本群已绑定${unit.name}`, boundCard({ unit: unit.name, center: unit.center, boundBy }));
};
