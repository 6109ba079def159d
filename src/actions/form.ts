/** Reading of forms. Every value comes from a client: only what the form's table allows is taken. */
import { type Field, type Form, type FormValues, tooLong } from '../../cards/field.ts';
import { isBlank, isLongerThan } from '../domain/typed.ts';
import { Refused } from '../refusals.ts';
import type { Click } from './action.ts';

/** Characters. Nobody types as much, and a field of a card allows far less. */
const UNREAD_MAX = 1000;

/**
 * What was filled in, by field. Refuses a text that is too long, with the field's name, and a code that is none of those a
 * preset choice shows: a guess could decide a case.
 */
export function readForm<Of extends Form>(form: Click['form'], fields: Of): FormValues<Of> {
  const values = readTyped(form, fields);
  for (const [name, field] of Object.entries<Field>(fields)) {
    const value: unknown = values[name];
    if (field.kind === 'text' && typeof value === 'string' && tooLong(field, value) !== undefined) refuse(field);
  }
  return values;
}

/** As `readForm`, for a form whose texts are checked later, all at once, each with a sentence beside its field. */
export function readTyped<Of extends Form>(form: Click['form'], fields: Of): FormValues<Of> {
  const values = Object.entries<Field>(fields).map(([name, field]) => [name, valueFrom(field, form[name])]);
  // `valueFrom` gives each kind of field the value that `FormValues` names for it.
  return Object.fromEntries(values) as FormValues<Of>;
}

/** The id in what was picked; undefined for what is none. */
export function idOf(picked: string): number | undefined {
  const id = Number(picked);
  return Number.isSafeInteger(id) && id > 0 ? id : undefined;
}

function valueFrom(field: Field, value: unknown): string | number | boolean | readonly string[] | undefined {
  switch (field.kind) {
    case 'text':
    case 'pick': {
      const text = typeof value === 'string' ? value : '';
      if (isLongerThan(text, UNREAD_MAX)) refuse({ label: field.label, max: 'max' in field ? field.max : UNREAD_MAX });
      // Half a character and U+0000 would come out of a database as another text than went in.
      return isBlank(text)
        ? ''
        : text
            .trim()
            .replace(/\p{Surrogate}/gu, '\ufffd')
            .replaceAll('\0', '');
    }
    case 'picks':
      return picked(field, value);
    case 'choice':
      return codeOf(field.options, value);
    case 'preset': {
      const chosen = codeOf(field.options, value);
      if (chosen === undefined && value !== undefined) throw new Refused('choice_unknown');
      return chosen ?? field.initial;
    }
    case 'tick':
      return value === true;
  }
}

/** A client sends a list, or the one entry alone. More than there are to choose from is none of ours. */
function picked({ optionsMax }: Extract<Field, { kind: 'picks' }>, value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  const numbers = [...new Set(list)].filter((one): one is string => typeof one === 'string' && /^\d{1,4}$/.test(one));
  if (numbers.length !== new Set(list).size || numbers.length > optionsMax) throw new Refused('choice_unknown');
  return numbers;
}

function codeOf(options: readonly (string | number)[], value: unknown): string | number | undefined {
  return options.find((code) => String(code) === value);
}

function refuse({ label, max }: { label: string; max: number }): never {
  throw new Refused('text_too_long', { field: label, max: String(max) });
}
