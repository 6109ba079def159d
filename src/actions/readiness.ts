/** The buttons of 七有. */
import { checkForm, checksForm } from '../../cards/forms.ts';
import { checkCard, placeCard, readinessCard } from '../../cards/readiness.ts';
import { Refused } from '../refusals.ts';
import { type Answered, answerChecks, requirePlace } from '../services/readiness/answer.ts';
import { viewCheck, viewPlace, viewReadiness } from '../services/readiness/view.ts';
import type { Action, ActionOutcome } from './action.ts';
import { readForm } from './form.ts';
import { placeOf, showInPlace, showPrivately } from './in-place.ts';

export const showReadiness: Action<'readiness.show'> = async (ctx, { unitId, page }) => {
  const { unit, view } = await viewReadiness(ctx, { unitId, page });
  return showInPlace(ctx, {
    ...(await placeOf(ctx, unitId)),
    card: readinessCard(view),
    title: `${unit.name}：${view.list}`,
  });
};

export const showPlace: Action<'readiness.place'> = async (ctx, { unitId }) => {
  const own = await requirePlace(ctx, unitId);
  const card = placeCard(await viewPlace(ctx, { own }));
  return showInPlace(ctx, { ...(await placeOf(ctx, unitId)), card, title: own.unit.center });
};

/** 保存, of all checks of the list. */
export const savePlace: Action<'readiness.save'> = async (ctx, { unitId, listId, seen }) => {
  const { list } = await requirePlace(ctx, unitId);
  const values = readForm(ctx.click.form, checksForm(list.checks));
  const ticks = list.checks.map((_, index) => values[`c${index}`] === true);
  const said = ticks.map((present, index) => ({ index, present, note: '' }));
  const answered = await answerChecks(ctx, { unitId, listId, seen, said });
  const own = await requirePlace(ctx, unitId);
  const filled = answered.kind === 'newer' && own.list.id === listId ? { filled: ticks } : {};
  const text = answered.kind === 'newer' ? '没有保存：有人先填了，请看清下面的结果，再点保存。' : savedWords(answered);
  const view = await viewPlace(ctx, { ...filled, own, said: { text, warns: answered.kind === 'newer' } });
  const shown = await showInPlace(ctx, { ...(await placeOf(ctx, unitId)), card: placeCard(view), title: text });
  return withToast(shown, { answered, text });
};

/** 细看 */
export const showCheck: Action<'readiness.check'> = async (ctx, { unitId, listId, index }) => {
  const own = await requirePlace(ctx, unitId);
  if (own.list.id !== listId) throw new Refused('readiness_changed');
  const view = await viewCheck(ctx, { own, index });
  return showPrivately(ctx, { said: view.name, card: checkCard(view) });
};

/** 保存, of one check. */
export const saveCheck: Action<'readiness.saveCheck'> = async (ctx, { unitId, listId, index, seen }) => {
  const { present: picked, note } = readForm(ctx.click.form, checkForm);
  if (picked === undefined) throw new Refused('choice_unknown');
  const present = picked === 'yes';
  const answered = await answerChecks(ctx, { unitId, listId, seen, said: [{ index, present, note }] });
  const own = await requirePlace(ctx, unitId);
  if (own.list.id !== listId) throw new Refused('readiness_changed');
  const filled = answered.kind === 'newer' ? { filled: { present, note } } : {};
  const text = answered.kind === 'newer' ? '没有保存：有人先填了，您写的还在，请看清后再点保存' : savedWords(answered);
  const view = await viewCheck(ctx, { ...filled, own, index });
  return withToast(await showPrivately(ctx, { said: text, card: checkCard(view) }), { answered, text });
};

function savedWords(answered: Extract<Answered, { kind: 'saved' }>): string {
  return answered.changed === 0 ? '和原来的一样，没有改动' : `已保存${answered.changed}项`;
}

function withToast(shown: ActionOutcome, { answered, text }: { answered: Answered; text: string }): ActionOutcome {
  return answered.kind === 'newer' ? { ...shown, toast: { type: 'warning', content: text } } : shown;
}
