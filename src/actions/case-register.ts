import { type RegistrationField, registrationCard, registrationFields } from '../../cards/registration.ts';
import { serviceWays } from '../domain/case.ts';
import { registerCase } from '../services/case/register.ts';
import type { DraftContent } from '../services/draft/content.ts';
import { type RegistrationErrors, viewDraft } from '../services/draft/view.ts';
import { type Action, type Click, success } from './action.ts';
import { choiceField, optionalField, tickField } from './form.ts';

/** 提交登记. When something is wrong the card comes back with what was typed and a sentence beside each field. */
export const registerAction: Action<'case.register'> = async (ctx, { draftId }) => {
  const { messageId, chatId } = ctx.click;
  const result = await registerCase(ctx, { draftId, typed: typedInto(ctx.click.form), messageId, chatId });
  if (!result.ok) {
    const card = registrationCard(await viewDraft(ctx, { draft: result.draft, errors: result.errors }));
    return { toast: { type: 'warning', content: problemWords(result.errors) }, card };
  }
  const { record, holderLine } = result.dossier;
  const ending = record.state === 'completed' ? '已当场办结，请把结果送达群众' : `已转送${holderLine[0]?.center ?? ''}`;
  return success(`登记成功，编号 ${record.caseNumber}，${ending}`, 'living');
};

const typedFields = ['applicantName', 'phone', 'idNumber', 'residence', 'item', 'remarks'] as const;

/** What was left empty is left out. */
function typedInto(form: Click['form']): DraftContent {
  const typed: { -readonly [Name in keyof DraftContent]: DraftContent[Name] } = {
    consent: tickField(form, 'consent'),
    onTheSpot: tickField(form, 'onTheSpot'),
  };
  for (const name of typedFields) {
    const value = optionalField(form, name);
    if (value !== undefined) typed[name] = value;
  }
  const way = choiceField(form, { name: 'way', options: serviceWays });
  if (way !== undefined) typed.way = way;
  return typed;
}

/** 联系电话：少了1位，应为11位手机号；身份证号：… */
function problemWords(errors: RegistrationErrors): string {
  const named = Object.entries(errors).map(
    ([field, problem]) => `${registrationFields[field as RegistrationField]}：${problem}`,
  );
  return `还没有登记。${named.join('；')}`;
}
