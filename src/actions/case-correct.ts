import { correctedCard } from '../../cards/correct.ts';
import { correctionForm, type RegistrationField, registrationForm } from '../../cards/forms.ts';
import { askCorrection } from '../services/case/ask-correction.ts';
import { correctCase } from '../services/case/correct.ts';
import type { RegistrationErrors } from '../services/draft/view.ts';
import { type Action, success } from './action.ts';
import { readForm } from './form.ts';

/** 更正: the form goes out privately, because it shows who the case is for. */
export const askCorrect: Action<'case.askCorrect'> = async (ctx, { caseId }) => {
  await askCorrection(ctx, { caseId });
  return success('更正的表已私信发给您');
};

/** 确认更正. What is wrong is said beside the form, which keeps what was typed. */
export const correct: Action<'case.correct'> = async (ctx, value) => {
  const typed = readForm(ctx.click.form, correctionForm);
  const result = await correctCase(ctx, { ...value, typed });
  if (!result.ok) return { toast: { type: 'warning', content: `还没有更正。${problemWords(result.errors)}` } };
  return success(`${result.caseNumber} 已更正`, correctedCard(result));
};

/** 联系电话：少了1位，应为11位手机号；身份证号：… */
export function problemWords(errors: RegistrationErrors): string {
  return Object.entries(errors)
    .map(([field, problem]) => `${registrationForm[field as RegistrationField].label}：${problem}`)
    .join('；');
}
