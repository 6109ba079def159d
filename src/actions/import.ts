import { importKindWords } from '../../cards/words.ts';
import { cancelImport, confirmImport } from '../services/import/decide.ts';
import { orderFaults } from '../services/import/faults.ts';
import { requireImporter } from '../services/import/require-importer.ts';
import { retireMissing } from '../services/import/retire.ts';
import { enqueueSheet } from '../services/message/enqueue.ts';
import { type Action, success } from './action.ts';

/** 空表 */
export const sendTemplate: Action<'import.template'> = async (ctx, { kind }) => {
  const { agent } = requireImporter(ctx);
  const order = { name: 'importTemplate' as const, kind, agentId: agent.id, askedAt: ctx.now };
  await enqueueSheet(ctx, { target: agent.openId, order });
  return success(`${importKindWords[kind]}的空表这就私信发给您`);
};

/** 确认导入 */
export const confirmList: Action<'import.confirm'> = async (ctx, { importId, seen }) => {
  if (await confirmImport(ctx, { importId, seen })) return success('已导入', 'living');
  const content = '还没有导入：核对以后有人改动过，请再看一遍';
  return { toast: { type: 'warning', content }, card: 'living' };
};

/** 下载有问题的行 */
export const sendFaults: Action<'import.faults'> = async (ctx, { importId }) => {
  await orderFaults(ctx, importId);
  return success('Excel 做好就私信给您');
};

/** 取消 */
export const cancelList: Action<'import.cancel'> = async (ctx, { importId }) => {
  await cancelImport(ctx, importId);
  return success('没有导入', 'living');
};

/** 停用名单里没有的 */
export const retireUnlisted: Action<'import.retire'> = async (ctx, { importId, seen }) => {
  const count = await retireMissing(ctx, { importId, seen });
  return success(`已停用${count}个`, 'living');
};
