import { loadCase } from '../services/case/dossier.ts';
import { revealApplicant } from '../services/case/reveal.ts';
import { showCase } from '../services/case/show.ts';
import { isPrivateChat } from '../services/unit/own-ground.ts';
import { type Action, success } from './action.ts';

/** 查看申请人 */
export const reveal: Action<'case.reveal'> = async (ctx, { caseId }) => {
  await revealApplicant(ctx, { caseId });
  return success('已私信发给您，这次查看记入台账');
};

/** 打开 */
export const open: Action<'case.open'> = async (ctx, { caseId }) => {
  const dossier = await loadCase(ctx, caseId);
  const type = (await isPrivateChat(ctx, ctx.click)) ? 'p2p' : 'group';
  const where = await showCase(ctx, { dossier, chat: { chatId: ctx.click.chatId, type } });
  return success(where === 'here' ? `${dossier.record.caseNumber} 的卡片在下方` : '卡片已私信发给您');
};
