/** Builders for what people fill in: forms, inputs, choices, boxes to tick. */
import { type ActionValue, nameOfAction } from './action-values.ts';
import type { CardElement } from './card.ts';
import { type ButtonSpec, button, fit, notation, paragraph, plainText } from './kit.ts';

/** Options count as elements and weigh about 100 bytes each; a select stops at the number, or at 110 bytes for each allowed one. */
const SELECT_OPTIONS_MAX = 60;
const OPTION_BYTES_MEAN = 110;
/** The platform refuses longer placeholders (100 code units), whatever they hold. */
const PLACEHOLDER_MAX = 25;

/** One choice of a select. `value` comes back in the form; the platform wants strings. */
export interface Choice {
  readonly value: string;
  readonly text: string;
}

interface SubmitSpec extends ButtonSpec {
  /** Asked before the form is sent. Clients ask at no other kind of button. */
  readonly confirm?: { readonly title: string; readonly text: string };
}

/** A button that sends the form it stands in. */
export function submit(spec: SubmitSpec): CardElement {
  const sending = { ...button(spec), name: nameOfAction(spec.value), form_action_type: 'submit' };
  if (!spec.confirm) return sending;
  const { title, text } = spec.confirm;
  return { ...sending, confirm: { title: plainText(title, 40), text: plainText(text, 120) } };
}

/** Only for the root of a card, and it must hold a `submit`. */
export function form(name: string, elements: readonly CardElement[]): CardElement {
  return { tag: 'form', name, elements };
}

interface InputSpec {
  readonly name: string;
  readonly label: string;
  readonly placeholder?: string;
  readonly value?: string;
  readonly required?: boolean;
  readonly multiline?: boolean;
  readonly max: number;
}

/** A field to type in, its label above it. */
export function input(spec: InputSpec): CardElement {
  return {
    tag: 'input',
    name: spec.name,
    label: plainText(spec.label, 30),
    label_position: 'top',
    placeholder: plainText(spec.placeholder ?? '请输入', PLACEHOLDER_MAX),
    ...(spec.value ? { default_value: fit(spec.value, spec.max) } : {}),
    ...(spec.required ? { required: true } : {}),
    width: 'fill',
    max_length: spec.max,
    input_type: spec.multiline ? 'multiline_text' : 'text',
    ...(spec.multiline ? { rows: 2, auto_resize: true, max_rows: 6 } : {}),
  };
}

interface SelectSpec {
  readonly name: string;
  readonly label: string;
  readonly options: readonly Choice[];
  readonly placeholder?: string;
  readonly initial?: string | undefined;
  readonly required?: boolean;
  /** Options shown; 60 if absent. */
  readonly optionsMax?: number;
  /** What to do when the wanted option is not among those shown. */
  readonly moreHint?: string;
  /** The last option stays when there are too many. */
  readonly keepsLast?: boolean;
  /** What one option may weigh in the mean; 110 if absent. */
  readonly optionBytes?: number;
}

/** A choice with its label above it: two components, because a select has no label of its own. A long list is cut and says so. */
export function select(spec: SelectSpec): CardElement[] {
  const label = paragraph(spec.label, { max: 30 });
  const choices = new Map(spec.options.filter((choice) => choice.value !== '').map((choice) => [choice.value, choice]));
  // A select without options would cost the whole card: the platform refuses it.
  if (choices.size === 0) return [label, notation('暂无可选项，请联系管理员')];
  const initial = choices.get(spec.initial ?? '');
  const shown = shownOf([...(initial ? [initial] : []), ...choices.values()], spec);
  return [
    label,
    ...(choices.size > shown.length
      ? [notation(`共 ${choices.size} 项，先列出 ${shown.length} 项。${spec.moreHint ?? ''}`)]
      : []),
    {
      tag: 'select_static',
      name: spec.name,
      placeholder: plainText(spec.placeholder ?? '请选择', PLACEHOLDER_MAX),
      ...(initial ? { initial_option: initial.value } : {}),
      ...(spec.required ? { required: true } : {}),
      width: 'fill',
      options: shown,
    },
  ];
}

/** As `select`, of which any number may be chosen; nothing where there are no options. Stands in a form only. */
export function selectMany(spec: Omit<SelectSpec, 'initial' | 'moreHint'>): CardElement[] {
  if (spec.options.length === 0) return [];
  return [
    paragraph(spec.label, { max: 30 }),
    {
      tag: 'multi_select_static',
      name: spec.name,
      placeholder: plainText(spec.placeholder ?? '请选择', PLACEHOLDER_MAX),
      width: 'fill',
      options: shownOptions(spec.options, spec.optionsMax ?? SELECT_OPTIONS_MAX),
    },
  ];
}

function shownOf(choices: readonly Choice[], spec: SelectSpec) {
  const { optionsMax = SELECT_OPTIONS_MAX, keepsLast = false, optionBytes } = spec;
  const last = choices.at(-1);
  const shown = shownOptions(choices, optionsMax, optionBytes);
  if (!keepsLast || last === undefined || shown.some(({ value }) => value === last.value)) return shown;
  return [...shownOptions(choices, optionsMax - 1, optionBytes), ...shownOptions([last], 1)];
}

/** A select that stands in no form: choosing is pressing. */
export function menu(spec: {
  readonly name: string;
  readonly placeholder: string;
  readonly options: readonly Choice[];
  readonly initial: string;
  readonly optionsMax: number;
  /** What one option may weigh in the mean; 110 if absent. */
  readonly optionBytes?: number;
  readonly value: ActionValue;
}): CardElement {
  const initial = spec.options.find((choice) => choice.value === spec.initial);
  return {
    tag: 'select_static',
    name: spec.name,
    placeholder: plainText(spec.placeholder, PLACEHOLDER_MAX),
    ...(initial ? { initial_option: initial.value } : {}),
    width: 'fill',
    options: shownOptions([...(initial ? [initial] : []), ...spec.options], spec.optionsMax, spec.optionBytes),
    behaviors: [{ type: 'callback', value: spec.value }],
  };
}

/** The first options within the limits, in the given order; one that comes twice stands once. */
function shownOptions(choices: readonly Choice[], max: number, meanBytes = OPTION_BYTES_MEAN) {
  const shown = new Map<string, { readonly text: object; readonly value: string }>();
  // As a card travels: as JSON within JSON.
  let bytes = 0;
  for (const choice of choices) {
    const option = { text: plainText(choice.text || '—', 40), value: choice.value };
    bytes += Buffer.byteLength(JSON.stringify(JSON.stringify(option)));
    if (shown.size === max || bytes > max * meanBytes) break;
    shown.set(choice.value, option);
  }
  return [...shown.values()];
}

/** A box to tick. Clients let a form go only when each of its boxes has a value that is not empty, whatever it holds. */
export function checker(spec: {
  readonly name: string;
  readonly text: string;
  readonly checked: boolean;
}): CardElement {
  const { name, text, checked } = spec;
  return { tag: 'checker', name, checked, text: plainText(text, 60), value: { field: name } };
}
