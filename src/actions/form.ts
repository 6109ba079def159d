/** Reading of form fields. Every value comes from a client: only the shapes below are taken, anything else counts as empty. */
import { Refused } from '../refusals.ts';
import type { Click } from './action.ts';

/** Characters at most of a free text; a card's inputs allow no more. */
const TEXT_MAX = 1000;

/** A text field, trimmed; '' when absent. */
export function textField(form: Click['form'], name: string): string {
  const value = form[name];
  return typeof value === 'string' ? value.trim().slice(0, TEXT_MAX) : '';
}

/** A text field, or undefined when it was left empty. */
export function optionalField(form: Click['form'], name: string): string | undefined {
  return textField(form, name) || undefined;
}

/** A select's value if it is one of the options; undefined otherwise. */
export function choiceField<Option extends string>(
  form: Click['form'],
  field: { name: string; options: readonly Option[] },
): Option | undefined {
  const value = form[field.name];
  return field.options.find((option) => option === value);
}

/** A select that shows `initial` until somebody chooses. Refuses what is none of the options: a guess could decide a case. */
export function choiceOr<Option extends string>(
  form: Click['form'],
  field: { name: string; options: readonly Option[]; initial: Option },
): Option {
  const chosen = choiceField(form, field);
  if (chosen === undefined && form[field.name] !== undefined) throw new Refused('choice_unknown');
  return chosen ?? field.initial;
}

/** A select whose values are ids. */
export function idField(form: Click['form'], name: string): number | undefined {
  const id = Number(textField(form, name));
  return Number.isSafeInteger(id) && id > 0 ? id : undefined;
}

export function tickField(form: Click['form'], name: string): boolean {
  return form[name] === true;
}
