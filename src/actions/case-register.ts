import type { Card } from '../../cards/card.ts';
import { registrationForm } from '../../cards/forms.ts';
import { noticeCard } from '../../cards/notice.ts';
import { registrationCard } from '../../cards/registration.ts';
import { registerCase } from '../services/case/register.ts';
import type { DraftContent } from '../services/draft/content.ts';
import { viewDraft } from '../services/draft/view.ts';
import { type Action, type Click, success } from './action.ts';
import { problemWords } from './case-correct.ts';
import { readTyped } from './form.ts';

/**
 * 提交登记. When something is wrong the card comes back with what was typed and a sentence beside each field; when the same errand is
 * on its way, with 打开 and 仍要登记.
 */
export const registerAction: Action<'case.register'> = async (ctx, { draftId, despite }) => {
  const { messageId, chatId } = ctx.click;
  const result = await registerCase(ctx, { draftId, despite, typed: typedInto(ctx.click.form), messageId, chatId });
  if (!result.ok) {
    const { twin, errors } = result;
    const card = result.elsewhere ? movedToPrivate('还没有登记') : registrationCard(await viewDraft(ctx, result));
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
  return success(
    `登记成功，编号 ${record.caseNumber}，${ending}`,
    result.elsewhere ? movedToPrivate('登记成功') : 'living',
  );
};

/** Stands where the form was, in a group that is not the registrar's. */
function movedToPrivate(title: string): Card {
  return noticeCard({ tone: 'info', title, lines: ['这个群不是登记单位的群，卡片已私信发给登记的代办员。'] });
}

/** What was left empty is left out. */
function typedInto(form: Click['form']): DraftContent {
  const typed = Object.entries(readTyped(form, registrationForm));
  return Object.fromEntries(typed.filter(([, value]) => value !== '' && value !== undefined));
}
