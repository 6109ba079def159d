import { unitReads } from '../../db/repositories/unit.ts';
import { today } from '../ctx.ts';
import { Refused } from '../refusals.ts';
import { orderRoster, requireRosterOf } from '../services/roster/order.ts';
import { drawRoster } from '../services/roster/show.ts';
import { requireManagerOf } from '../services/unit/require-manager.ts';
import { type Action, success } from './action.ts';
import { placeOf, showInPlace } from './in-place.ts';

/** 名册 as of today */
export const showRoster: Action<'roster.show'> = async (ctx, { unitId }) => {
  await requireRosterOf(() => requireManagerOf(ctx, unitId));
  const units = await unitReads.all(ctx.tx);
  const unit = units.find(({ id }) => id === unitId);
  if (!unit) throw new Refused('roster_no_places');
  const card = await drawRoster(ctx, { unit, units, day: today(ctx) });
  return showInPlace(ctx, { ...(await placeOf(ctx, unitId)), card, title: `${unit.name}的代办员名册` });
};

/** 导出 */
export const exportRoster: Action<'roster.export'> = async (ctx, { unitId, day }) => {
  await orderRoster(ctx, { unitId, day });
  return success('正在生成名册，做好就私信给您；已记入台账');
};
