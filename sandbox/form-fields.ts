/** The fields of a form as a person sees them, and what the client sends for what the person entered. */
import { asList, asNode, asText, type CardNode, isNode } from './card-node.ts';
import { textOf } from './text.ts';

export type FormInput = Readonly<Record<string, string | boolean | readonly string[]>>;
export type FormValue = Record<string, string | readonly string[] | boolean>;
/** The members a person field offers when it names none. */
export type People = readonly { readonly openId: string; readonly name: string }[];

interface Field {
  readonly node: CardNode;
  readonly tag: string;
  readonly name: string;
  /** Everything a person could call this field by. */
  readonly labels: readonly string[];
}

const FIELDS = new Set([
  ...['input', 'checker', 'select_static', 'multi_select_static', 'select_person', 'multi_select_person', 'select_img'],
  ...['date_picker', 'picker_time', 'picker_datetime'],
]);
const ZONE = '+0800';

/**
 * The `form_value` of a form: defaults where nothing was entered, dates with their zone, text fields left empty as '',
 * other empty fields missing. Throws, as a client would refuse: unknown or ambiguous label, unknown option, empty required
 * field, disabled field, text too long.
 */
export function fillForm(form: CardNode, given: { input: FormInput; people: People }): FormValue {
  const fields = fieldsOf(form);
  const entered = new Map<Field, string | boolean | readonly string[]>();
  for (const [label, value] of Object.entries(given.input)) entered.set(findField(fields, label), value);
  const result: FormValue = {};
  for (const field of fields) {
    const value = entered.get(field);
    if (value !== undefined && field.node.disabled === true) throw new Error(`field ${field.labels[0]} is disabled`);
    const sent = value === undefined ? defaultOf(field) : sentValue(field, { value, people: given.people });
    const isEmpty = sent === undefined || sent === '' || sent === false || (Array.isArray(sent) && sent.length === 0);
    if (isEmpty && field.node.required === true)
      throw new Error(`required field is empty: ${field.labels.join(' / ')}`);
    if (sent !== undefined) result[field.name] = sent;
  }
  return result;
}

function fieldsOf(form: CardNode): Field[] {
  const fields: Field[] = [];
  let before = '';
  const visit = (item: unknown): void => {
    const node = asNode(item);
    const tag = asText(node.tag);
    if (tag === 'div') before = textOf(node.text);
    if (tag === 'markdown') before = textOf(node);
    if (FIELDS.has(tag)) {
      const own = [node.label, node.text, node.placeholder].filter(isNode).map((text) => textOf(text));
      const name = asText(node.name);
      fields.push({ node, tag, name, labels: [...own, before, name].filter((label) => label !== '') });
      before = '';
    }
    for (const child of [...asList(node.elements), ...asList(node.columns)]) visit(child);
  };
  visit(form);
  return fields;
}

function plain(label: string): string {
  return label.replace(/[\s：:*＊]/g, '');
}

function findField(fields: readonly Field[], label: string): Field {
  const wanted = plain(label);
  const exact = fields.filter((field) => field.labels.some((own) => plain(own) === wanted));
  const close = fields.filter((field) => field.labels.some((own) => plain(own).startsWith(wanted)));
  const found = exact.length > 0 ? exact : close;
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  const known = fields.map((field) => field.labels[0]).join('、');
  throw new Error(`${found.length === 0 ? 'no' : 'more than one'} field ${label}; the form has: ${known}`);
}

function defaultOf(field: Field): string | readonly string[] | boolean | undefined {
  const { node, tag } = field;
  if (tag === 'input') return asText(node.default_value);
  if (tag === 'checker') return node.checked === true;
  if (tag.startsWith('multi_')) {
    const chosen = asList(node.selected_values).map(asText);
    return chosen.length === 0 ? undefined : chosen;
  }
  const byIndex = asList(node.options)[typeof node.initial_index === 'number' ? node.initial_index - 1 : -1];
  const option = asText(node.initial_option) || asText(asNode(byIndex).value);
  if (option !== '') return option;
  const moment = asText(node.initial_date) || asText(node.initial_time) || asText(node.initial_datetime);
  return moment === '' ? undefined : `${moment} ${ZONE}`;
}

function sentValue(
  field: Field,
  given: { value: string | boolean | readonly string[]; people: People },
): string | readonly string[] | boolean | undefined {
  const { value, people } = given;
  const label = field.labels[0] ?? field.name;
  if (field.tag === 'checker') {
    if (typeof value !== 'boolean') throw new Error(`field ${label} is a tick box: true or false`);
    return value;
  }
  if (typeof value === 'boolean') throw new Error(`field ${label} is no tick box`);
  if (field.tag.startsWith('multi_')) {
    return (typeof value === 'string' ? [value] : value).map((item) => optionOf(field, { item, people }));
  }
  if (typeof value !== 'string') throw new Error(`field ${label} takes one value`);
  if (field.tag === 'input') return checkedText(field, value);
  if (value === '') return undefined;
  return field.tag.includes('select') ? optionOf(field, { item: value, people }) : momentOf(field, value);
}

function checkedText(field: Field, value: string): string {
  const most = typeof field.node.max_length === 'number' ? field.node.max_length : 1000;
  if ([...value].length > most) throw new Error(`field ${field.labels[0]} takes at most ${most} characters`);
  if (field.node.input_type !== 'multiline_text' && value.includes('\n')) {
    throw new Error(`field ${field.labels[0]} takes one line`);
  }
  return value;
}

function optionOf(field: Field, given: { item: string; people: People }): string {
  const listed = asList(field.node.options).map(asNode);
  const named = given.people.map((person) => ({ value: person.openId, shown: person.name }));
  const options = field.tag.endsWith('person')
    ? named.filter(({ value }) => listed.length === 0 || listed.some((option) => option.value === value))
    : listed.map((option) => ({ value: asText(option.value), shown: textOf(option.text) }));
  const found = options.find(({ value, shown }) => shown === given.item || value === given.item);
  if (found !== undefined) return found.value;
  const offered = options.map(({ shown }) => shown).join('、');
  throw new Error(`no option ${given.item} in ${field.labels[0]}; offered: ${offered}`);
}

const MOMENTS: Readonly<Record<string, RegExp>> = {
  date_picker: /^\d{4}-\d{2}-\d{2}$/,
  picker_time: /^\d{2}:\d{2}$/,
  picker_datetime: /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/,
};

function momentOf(field: Field, value: string): string {
  if (MOMENTS[field.tag]?.test(value) !== true) throw new Error(`${value} does not fit ${field.labels[0]}`);
  return `${value} ${ZONE}`;
}
