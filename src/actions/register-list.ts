import type { Card } from '../../cards/card.ts';
import { registrationForm } from '../../cards/forms.ts';
import { registrationListCard } from '../../cards/registration-list.ts';
import type { Ctx } from '../ctx.ts';
import { registerList } from '../services/case/register-list.ts';
import { type AdmittedList, openListLine, viewList } from '../services/draft/list.ts';
import { type Action, success } from './action.ts';
import { movedToPrivate } from './case-register.ts';
import { readTyped } from './form.ts';

/** 登记这几位: of a pasted list. */
export const registerListAction: Action<'list.register'> = async (ctx, { draftId }) => {
  const { consent } = readTyped(ctx.click.form, registrationForm);
  const { admitted, numbers, left } = await registerList(ctx, { draftId, consent, chatId: ctx.click.chatId });
  const range = numbers.length > 1 ? `${numbers[0]}至${numbers.at(-1)}` : numbers[0];
  const rest = left > 0 ? `，还有${left}位要改` : '';
  const card = await listAgain(ctx, admitted);
  if (numbers.length === 0) return { toast: { type: 'warning', content: `没有登记，还有${left}位要改` }, card };
  return success(`登记成功${numbers.length}件，编号 ${range}${rest}`, card);
};

/** 改: one line in a form of its own. */
export const openListLineAction: Action<'list.open'> = async (ctx, { draftId, line }) => {
  const admitted = await openListLine(ctx, { draftId, line, chatId: ctx.click.chatId });
  return success(`第${line}位的登记卡在下方`, await listAgain(ctx, admitted));
};

async function listAgain(ctx: Ctx, { draft, elsewhere }: AdmittedList): Promise<Card> {
  return elsewhere ? movedToPrivate('多位登记') : registrationListCard(await viewList(ctx, draft));
}
