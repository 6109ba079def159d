import { eraseCard, erasedCard } from '../../cards/erase.ts';
import { eraseForm } from '../../cards/forms.ts';
import { responsibleCard } from '../../cards/responsible.ts';
import { registerAgain } from '../services/case/again.ts';
import { askMoreSteps } from '../services/case/ask-more.ts';
import { loadCase } from '../services/case/dossier.ts';
import { eraseApplicant, viewErasure } from '../services/case/erase.ts';
import { explainDue } from '../services/case/explain-deadline.ts';
import { viewResponsible } from '../services/case/responsible.ts';
import { revealApplicant } from '../services/case/reveal.ts';
import { requireSight, showCase } from '../services/case/show.ts';
import { enqueuePost } from '../services/message/enqueue.ts';
import { isPrivateChat } from '../services/unit/own-ground.ts';
import { type Action, success } from './action.ts';
import { readForm } from './form.ts';

/** 查看申请人 */
export const reveal: Action<'case.reveal'> = async (ctx, { caseId }) => {
  await revealApplicant(ctx, { caseId });
  return success('已私信发给您，这次查看记入台账');
};

/** 再办一件 */
export const again: Action<'case.again'> = async (ctx, { caseId }) => {
  await registerAgain(ctx, { caseId });
  return success('登记表已私信发给您，姓名、电话已填好');
};

/** 删除个人信息: asks for the reason, privately. */
export const askErase: Action<'case.askErase'> = async (ctx, { caseId }) => {
  const card = eraseCard(await viewErasure(ctx, { caseId, reason: '' }));
  await enqueuePost(ctx, { target: ctx.click.openId, content: { kind: 'fixed', card } });
  return success('请看私信');
};

/** 确认删除 */
export const erase: Action<'case.erase'> = async (ctx, { caseId }) => {
  const { reason } = readForm(ctx.click.form, eraseForm);
  const { caseNumber } = await eraseApplicant(ctx, { caseId, reason });
  return success(`${caseNumber} 申请人的个人信息已删除`, erasedCard({ caseNumber }));
};

/** 中止、终止、转办 */
export const askMore: Action<'case.askMore'> = async (ctx, { caseId }) => {
  await askMoreSteps(ctx, { caseId });
  return success('请看私信，选要做的操作');
};

/** 期限怎么算 */
export const explain: Action<'case.explainDue'> = async (ctx, { caseId }) => {
  const { record } = await explainDue(ctx, { caseId });
  return success(`${record.caseNumber} 的期限算法已私信发给您`);
};

/** 责任人 */
export const responsible: Action<'case.responsible'> = async (ctx, { caseId }) => {
  const dossier = await loadCase(ctx, caseId);
  requireSight(ctx, dossier);
  const card = responsibleCard(await viewResponsible(ctx, { dossier }));
  await enqueuePost(ctx, { target: ctx.click.openId, content: { kind: 'fixed', card } });
  return success(`${dossier.record.caseNumber} 的责任人已私信发给您`);
};

/** 打开 */
export const open: Action<'case.open'> = async (ctx, { caseId }) => {
  const dossier = await loadCase(ctx, caseId);
  const type = (await isPrivateChat(ctx, ctx.click)) ? 'p2p' : 'group';
  const where = await showCase(ctx, { dossier, chat: { chatId: ctx.click.chatId, type } });
  return success(where === 'here' ? `${dossier.record.caseNumber} 的卡片在下方` : '卡片已私信发给您');
};
