import { bulletinForms } from '../../cards/forms.ts';
import { changeNote, recount } from '../services/bulletin/change.ts';
import { correctBulletin } from '../services/bulletin/correct.ts';
import { publishBulletin } from '../services/bulletin/publish.ts';
import { bringToEditor, sendFile, sendParts } from '../services/bulletin/show.ts';
import { type Action, success } from './action.ts';
import { readForm } from './form.ts';

/** A tap on a town */
export const showParts: Action<'bulletin.parts'> = async (ctx, { bulletinId, unitId }) => {
  await sendParts(ctx, { bulletinId, unitId });
  return success('得分明细已私信给您');
};

/** Word 文件, Excel 文件 */
export const sendBulletinFile: Action<'bulletin.file'> = async (ctx, { bulletinId, as }) => {
  await sendFile(ctx, { bulletinId, as });
  return success(`正在生成 ${as === 'word' ? 'Word' : 'Excel'} 文件，做好就私信给您`);
};

/** 保存按语 */
export const changeNoteAction: Action<'bulletin.note'> = async (ctx, seen) => {
  const { note } = readForm(ctx.click.form, bulletinForms.note);
  const { hides } = await changeNote(ctx, { ...seen, note });
  const saved = hides ? '按语已保存；像是有群众的姓名、电话或住址，改成了带*的，请看一看再发布' : '按语已保存';
  return success(note === '' ? '按语已去掉' : saved, 'living');
};

/** 重新计算 */
export const recountBulletin: Action<'bulletin.recount'> = async (ctx, seen) => {
  await recount(ctx, seen);
  return success('已按现在的数字和计分办法重新计算', 'living');
};

/** 发布 */
export const publishBulletinAction: Action<'bulletin.publish'> = async (ctx, seen) => {
  const { reached, unreached } = await publishBulletin(ctx, seen);
  const missed = unreached.length === 0 ? '' : `；${unreached.join('、')}没有群也没有人，请另行告知`;
  return success(`已发布，发给${reached}个单位${missed}`, 'living');
};

/** 更正 */
export const correctBulletinAction: Action<'bulletin.correct'> = async (ctx, { bulletinId }) => {
  const { reason } = readForm(ctx.click.form, bulletinForms.correct);
  const draft = await correctBulletin(ctx, { bulletinId, reason });
  await bringToEditor(ctx, draft);
  return success('更正的草稿已私信给您，核对后点“发布”', 'living');
};
