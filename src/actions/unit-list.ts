/** The buttons of /清单. Forms go to the private chat, where the file is sent afterwards. */
import { unitListForm } from '../../cards/forms.ts';
import { unitListFormCard, unitListsCard } from '../../cards/unit-list.ts';
import { enqueuePost } from '../services/message/enqueue.ts';
import { isPrivateChat } from '../services/unit/own-ground.ts';
import { askListFile } from '../services/unit-list/file.ts';
import { publishList } from '../services/unit-list/publish.ts';
import { viewUnitListForm, viewUnitLists } from '../services/unit-list/view.ts';
import { type Action, success } from './action.ts';
import { readForm } from './form.ts';

/** 公布, 更新 */
export const askList: Action<'lists.ask'> = async (ctx, { unitId, slot }) => {
  const card = unitListFormCard(await viewUnitListForm(ctx, { unitId, slot }));
  await enqueuePost(ctx, { target: ctx.click.openId, content: { kind: 'fixed', card } });
  return success('表单已私信发给您');
};

export const publishListAction: Action<'lists.publish'> = async (ctx, { unitId, slot, seen }) => {
  const filled = readForm(ctx.click.form, unitListForm);
  await publishList(ctx, { unitId, slot, seen, filled });
  const said = '已公布。现在把文件私信发给我，30分钟内都算这张清单的';
  const card = unitListsCard(await viewUnitLists(ctx, { unitId }));
  if (await isPrivateChat(ctx, ctx.click)) return success(said, card);
  await enqueuePost(ctx, { target: ctx.click.openId, content: { kind: 'fixed', card } });
  return success(said);
};

/** 看文件 */
export const showListFile: Action<'lists.file'> = async (ctx, { listId }) => {
  await askListFile(ctx, { listId });
  return success('文件马上私信发给您');
};
