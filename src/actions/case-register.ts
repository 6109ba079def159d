import type { Card } from '../../cards/card.ts';
import { registrationForm } from '../../cards/forms.ts';
import { noticeCard } from '../../cards/notice.ts';
import { type ErrandTwin, registrationCard } from '../../cards/registration.ts';
import type { Ctx } from '../ctx.ts';
import { registerCase } from '../services/case/register.ts';
import type { DraftContent } from '../services/draft/content.ts';
import { chooseItem, openNextPerson, type UnfinishedForm } from '../services/draft/go-on.ts';
import { viewDraft } from '../services/draft/view.ts';
import { type Action, type Click, success } from './action.ts';
import { problemWords } from './case-correct.ts';
import { readTyped } from './form.ts';

/**
 * 提交登记. When something is wrong the card comes back with what was typed and a sentence beside each field; when the same errand is
 * on its way, or nobody could be called about it, with 仍要登记.
 */
export const registerAction: Action<'case.register'> = async (ctx, { draftId, despite, unreachable }) => {
  const { messageId, chatId } = ctx.click;
  const result = await registerCase(ctx, {
    draftId,
    despite,
    unreachable: unreachable === 1,
    typed: typedInto(ctx.click.form),
    messageId,
    chatId,
  });
  if (!result.ok) {
    const { twin, errors } = result;
    const card = await formAgain(ctx, result);
    return {
      toast: {
        type: 'warning',
        content: twin ? `还没有登记。${twin.sentence}` : `还没有登记。${problemWords(errors)}`,
      },
      card,
    };
  }
  const { record, holderLine } = result.dossier;
  const ending = record.state === 'completed' ? '已当场办结，请把结果送达群众' : `已转送${holderLine[0]?.center ?? ''}`;
  const next = result.next ? '。第二位的登记卡在下方' : '';
  return success(
    `登记成功，编号 ${record.caseNumber}，${ending}${next}`,
    result.elsewhere ? movedToPrivate('登记成功') : 'living',
  );
};

/** One of the items that the typed line may have meant. */
export const chooseItemAction: Action<'draft.item'> = async (ctx, { draftId, itemId }) => {
  const form = await chooseItem(ctx, { draftId, itemId, typed: typedInto(ctx.click.form), chatId: ctx.click.chatId });
  return success(`事项已选：${form.itemName}`, await formAgain(ctx, form));
};

/** 再登记第二位 */
export const openNextAction: Action<'draft.next'> = async (ctx, { draftId }) => {
  const form = await openNextPerson(ctx, { draftId, typed: typedInto(ctx.click.form), chatId: ctx.click.chatId });
  return success('第二位的登记卡在下方', await formAgain(ctx, form));
};

async function formAgain(
  ctx: Ctx,
  form: Omit<UnfinishedForm, 'twin'> & { twin: ErrandTwin | null; unreachable?: boolean },
): Promise<Card> {
  return form.elsewhere ? movedToPrivate('还没有登记') : registrationCard(await viewDraft(ctx, form));
}

/** Stands where the form was, in a group that is not the registrar's. */
export function movedToPrivate(title: string): Card {
  return noticeCard({ tone: 'info', title, lines: ['这个群不是登记单位的群，卡片已私信发给登记的代办员。'] });
}

/** What was left empty is left out. */
function typedInto(form: Click['form']): DraftContent {
  const typed = Object.entries(readTyped(form, registrationForm));
  return Object.fromEntries(typed.filter(([, value]) => value !== '' && value !== undefined));
}
