/** The buttons by which an administrator changes the catalogue. Forms stand in the private chat; a press from elsewhere is answered there. */
import type { Card } from '../../cards/card.ts';
import { itemForm } from '../../cards/forms.ts';
import { itemCard } from '../../cards/item.ts';
import { itemFormCard, itemPreviewCard } from '../../cards/item-change.ts';
import {
  type Checked,
  changeItem,
  checkItemChange,
  type ItemFilled,
  withdrawItemVersion,
} from '../services/item/change.ts';
import { requireItem, viewItem, viewItemForm, viewItemPreview, viewNewerItem } from '../services/item/view.ts';
import { enqueuePost } from '../services/message/enqueue.ts';
import { type Action, type ActionCtx, type ActionOutcome, success } from './action.ts';
import { readForm } from './form.ts';
import { showPrivately } from './in-place.ts';

/** 修改 */
export const askItem: Action<'item.ask'> = async (ctx, { itemId }) => {
  const card = itemFormCard(await viewItemForm(ctx, { itemId }));
  // Not instead of the item's card: it stays there to be looked at.
  await enqueuePost(ctx, { target: ctx.click.openId, content: { kind: 'fixed', card } });
  return success('修改的表单已私信发给您');
};

/** 先看改了什么 */
export const previewItem: Action<'item.preview'> = async (ctx, { itemId, seen }) => {
  const filled = readForm(ctx.click.form, itemForm);
  const checked = await checkItemChange(ctx, { itemId, seen, filled });
  return showChecked(ctx, { checked, filled, itemId });
};

/** 确认修改 */
export const changeItemAction: Action<'item.change'> = async (ctx, { itemId, seen, looked }) => {
  const filled = readForm(ctx.click.form, itemForm);
  const checked = await changeItem(ctx, { itemId, seen, looked, filled });
  if (!checked.done) return showChecked(ctx, { checked, filled, itemId });
  return showPrivately(ctx, { said: '已修改，过几分钟告诉有关的群', card: await cardOf(ctx, itemId) });
};

/** 撤回这次修改 */
export const withdrawItem: Action<'item.withdraw'> = async (ctx, value) => {
  const itemId = await withdrawItemVersion(ctx, value);
  return showPrivately(ctx, { said: '已撤回，事项照现在的办', card: await cardOf(ctx, itemId) });
};

async function showChecked(
  ctx: ActionCtx,
  { checked, filled, itemId }: { checked: Checked; filled: ItemFilled; itemId: number },
): Promise<ActionOutcome> {
  if (checked.kind === 'change') {
    const card = itemPreviewCard(await viewItemPreview(ctx, { change: checked, filled }));
    return showPrivately(ctx, { said: '请核对，点“确认修改”才算数', card });
  }
  const content = '没有修改：刚有人改过这个事项。您填的还在，请看清后再点。';
  const card = itemFormCard(await viewNewerItem(ctx, { itemId, filled }));
  return { ...(await showPrivately(ctx, { said: content, card })), toast: { type: 'warning', content } };
}

async function cardOf(ctx: ActionCtx, itemId: number): Promise<Card> {
  return itemCard(await viewItem(ctx, { item: await requireItem(ctx, itemId), mayChange: true }));
}
