import { orderRoster } from '../services/roster/order.ts';
import { type Action, success } from './action.ts';

/** 导出 */
export const exportRoster: Action<'roster.export'> = async (ctx, { unitId, day }) => {
  await orderRoster(ctx, { unitId, day });
  return success('正在生成名册，做好就私信给您；已记入台账');
};
