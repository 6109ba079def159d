/** 打印: the choice and the file come privately, wherever the button stood. */
import { slipsCard } from '../../cards/slips.ts';
import { slipWords } from '../../cards/words.ts';
import { printSlip, viewSlips } from '../services/case/print.ts';
import { enqueuePost } from '../services/message/enqueue.ts';
import { isPrivateChat } from '../services/unit/own-ground.ts';
import { type Action, success } from './action.ts';

export const askPrint: Action<'case.askPrint'> = async (ctx, { caseId }) => {
  const card = slipsCard(await viewSlips(ctx, { caseId }));
  await enqueuePost(ctx, { target: ctx.click.openId, content: { kind: 'fixed', card } });
  return success((await isPrivateChat(ctx, ctx.click)) ? '请看下方，选要打印的单子' : '请看私信，选要打印的单子');
};

export const print: Action<'case.print'> = async (ctx, { caseId, slip, large }) => {
  const { record } = await printSlip(ctx, { caseId, slip, large });
  const words = `${record.caseNumber} 的${slipWords[slip]}${large ? '（大字）' : ''}`;
  return success(`正在生成${words}，做好就私信给您，这次打印记入台账`);
};
