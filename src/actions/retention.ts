import { retentionDecidedCard } from '../../cards/retention.ts';
import { decideRetention } from '../services/retention/agreement.ts';
import { type Action, success } from './action.ts';

/** 确认按期删除, 暂不 */
export const decideRetentionAction: Action<'retention.decide'> = async (ctx, { years, agreed }) => {
  await decideRetention(ctx, { years, agreed });
  const said = agreed ? '已确认，从今夜起按期删除' : '好的，先不删，一个月后再问';
  return success(said, retentionDecidedCard({ years, agreed }));
};
