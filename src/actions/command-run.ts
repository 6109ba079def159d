import { chatReads } from '../../db/repositories/chat.ts';
import { runLine } from '../commands/dispatch.ts';
import { enqueuePost } from '../services/message/enqueue.ts';
import { type Action, success } from './action.ts';

/** A button that stands for a typed line, e.g. on the help card; the answer comes below. */
export const runCommand: Action<'command.run'> = async (ctx, { line }) => {
  const { chatId, openId } = ctx.click;
  const group = await chatReads.byId(ctx.tx, chatId);
  const type = group?.mode === 'group' ? 'group' : 'p2p';
  const content = await runLine({ ...ctx, openId, chat: { chatId, type } }, line);
  if (content) await enqueuePost(ctx, { target: type === 'group' ? chatId : openId, content });
  return success('请看下方');
};
