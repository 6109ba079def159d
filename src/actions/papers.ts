/** The papers of a case: sending them, saying what they are, looking at them. */

import { requireSender } from '../services/paper/admit.ts';
import { askPapers } from '../services/paper/ask.ts';
import { choosePapersCase } from '../services/paper/choose.ts';
import { nameMaterial } from '../services/paper/name.ts';
import { endRounds, startRound, takeOwnRound } from '../services/paper/round.ts';
import { type Action, success } from './action.ts';

/** 传材料 */
export const startPapers: Action<'papers.start'> = async (ctx, { caseId }) => {
  const { record } = await requireSender(ctx, caseId);
  await startRound(ctx, { caseId });
  return success(`请到私聊里，把 ${record.caseNumber} 的材料照片直接发给我`);
};

/** 传完了 */
export const papersDone: Action<'papers.done'> = async (ctx, value) => {
  await endRounds(ctx, [await takeOwnRound(ctx, value)]);
  return success('好的，材料收好了', 'living');
};

export const choosePapers: Action<'papers.choose'> = async (ctx, value) => {
  const caseNumber = await choosePapersCase(ctx, value);
  return success(`是 ${caseNumber} 的材料，正在存`, 'living');
};

export const namePapers: Action<'papers.name'> = async (ctx, { roundId, itemId }) => {
  const material = await nameMaterial(ctx, { roundId, itemId, index: ctx.click.option });
  return success(`这些是：${material}`, 'living');
};

/** 查看材料 */
export const showPapers: Action<'papers.show'> = async (ctx, { caseId }) => {
  const count = await askPapers(ctx, { caseId });
  return success(`${count}份材料正在私信发给您，这次查看记入台账`);
};
