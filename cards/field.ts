/**
 * The fields of a form as data. A form's table (`forms.ts`) says once what can be filled in; cards draw from it, and
 * `src/actions/form.ts` reads what comes back from the same table.
 */
import { isLongerThan } from '../src/domain/typed.ts';
import type { CardElement } from './card.ts';
import { type Choice, checker, input, select, selectMany } from './form.ts';

/** Characters at most of anything people type, unless its field allows less. */
export const TEXT_MAX = 500;

interface Labelled {
  readonly label: string;
  readonly placeholder?: string;
  readonly required?: boolean;
}

/** Something typed. */
export interface TextField extends Labelled {
  readonly kind: 'text';
  readonly max: number;
  readonly multiline?: boolean;
}

/** One of a few codes, each with its word; without `initial` it may be left open. */
export interface ChoiceField<Code extends string | number> extends Labelled {
  readonly kind: 'choice';
  readonly options: readonly Code[];
  readonly words: Readonly<Record<Code, string>>;
}

/** As a choice, with one chosen until somebody chooses another. */
export interface PresetField<Code extends string | number> extends Omit<ChoiceField<Code>, 'kind'> {
  readonly kind: 'preset';
  readonly initial: Code;
}

/** One row of the database; its value is the row's id as text. */
export interface PickField extends Labelled {
  readonly kind: 'pick';
  readonly optionsMax: number;
  /** What to do when the wanted option is not among those shown. */
  readonly moreHint?: string;
  /** The last option stays when there are too many. */
  readonly keepsLast?: boolean;
  /** What one option may weigh in the mean, where names are long. */
  readonly optionBytes?: number;
}

/** Any number of a few; its value are their numbers in the list that was drawn, as text. */
export interface PicksField extends Labelled {
  readonly kind: 'picks';
  readonly optionsMax: number;
}

/** A box to tick; `text` stands beside it. */
export interface TickField {
  readonly kind: 'tick';
  readonly label: string;
  readonly text: string;
}

export type Field =
  | TextField
  | ChoiceField<string>
  | ChoiceField<number>
  | PresetField<string>
  | PresetField<number>
  | PickField
  | PicksField
  | TickField;

/** Fields by the name they have within their form. */
export type Form = Readonly<Record<string, Field>>;

type FieldValue<Of extends Field> =
  Of extends PresetField<infer Code>
    ? Code
    : Of extends ChoiceField<infer Code>
      ? Code | undefined
      : Of extends TickField
        ? boolean
        : Of extends PicksField
          ? readonly string[]
          : string;

/** What a form brings back: '' for what was not typed or picked, undefined where nothing was chosen. */
export type FormValues<Of extends Form> = { readonly [Name in keyof Of]: FieldValue<Of[Name]> };

/** What is wrong with a text that is too long for its field; undefined when it is not. */
export function tooLong({ label, max }: TextField, text: string): string | undefined {
  return isLongerThan(text, max) ? `${label}请控制在${max}字以内` : undefined;
}

interface FieldState {
  readonly value?: string | boolean | undefined;
  /** Of a pick: what there is. Of a choice: what is left of its codes. */
  readonly options?: readonly Choice[];
  readonly placeholder?: string;
  readonly required?: boolean;
}

/** One field of a form as it stands on a card. */
export function drawField<Of extends Form>(form: Of, name: keyof Of & string, state: FieldState = {}): CardElement[] {
  const field: Field | undefined = form[name];
  if (field === undefined) throw new Error(`no field ${name} in the form`);
  const { value, ...changed } = state;
  const text = typeof value === 'string' ? value : undefined;
  switch (field.kind) {
    case 'text':
      return [input({ ...field, ...changed, name, ...(text === undefined ? {} : { value: text }) })];
    case 'pick':
      return select({ ...field, ...changed, options: changed.options ?? [], name, initial: text });
    case 'picks':
      return selectMany({ ...field, ...changed, options: changed.options ?? [], name });
    case 'choice':
      return select({ ...field, ...changed, options: changed.options ?? choicesOf(field), name, initial: text });
    case 'preset':
      return select({
        ...field,
        ...changed,
        options: changed.options ?? choicesOf(field),
        name,
        initial: text ?? String(field.initial),
      });
    case 'tick':
      return [checker({ name, text: field.text, checked: value === true })];
  }
}

function choicesOf({ options, words }: { options: readonly (string | number)[]; words: object }): Choice[] {
  const wordOf = new Map(Object.entries(words));
  return options.map((code) => ({ value: String(code), text: String(wordOf.get(String(code))) }));
}
