/** The buttons of 抽查回访. What they answer with is for the checker alone. */
import { checkCard, checkListCard } from '../../cards/check.ts';
import { secondCallForm } from '../../cards/forms.ts';
import { recordCheck } from '../services/follow-up/record.ts';
import { viewCheck, viewChecks } from '../services/follow-up/view.ts';
import type { Action } from './action.ts';
import { readForm } from './form.ts';
import { showPrivately } from './in-place.ts';

/** 抽查回访 */
export const listChecks: Action<'check.list'> = async (ctx) =>
  showPrivately(ctx, { said: '抽查回访', card: checkListCard(await viewChecks(ctx)) });

/** 回访 */
export const openCheck: Action<'check.open'> = async (ctx, { caseId }) =>
  showPrivately(ctx, { said: '请打电话回访', card: checkCard(await viewCheck(ctx, caseId)) });

/** 提交 */
export const recordCheckAction: Action<'check.record'> = async (ctx, { caseId }) => {
  const typed = readForm(ctx.click.form, secondCallForm);
  const { record } = await recordCheck(ctx, { ...typed, caseId });
  const said = `${record.caseNumber} 的抽查回访已记入台账`;
  return showPrivately(ctx, { said, card: checkListCard(await viewChecks(ctx)) });
};
