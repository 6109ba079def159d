/** The fields of a form, as far as sending it needs to know them. */
import { child, children, isRemark, type Node, number, text, texts, words } from './node.ts';

export type FieldValue = string | boolean | readonly string[];

export interface FormField {
  readonly name: string;
  /** What a person would call it. */
  readonly label: string;
  readonly required: boolean;
  readonly initial: FieldValue | undefined;
}

const fieldTags = new Set([
  ...['input', 'checker', 'select_static', 'multi_select_static', 'select_person', 'multi_select_person', 'select_img'],
  ...['date_picker', 'picker_time', 'picker_datetime'],
]);

/** Every field in the form, in reading order; fields without a label of their own are called by the text above them. */
export function fieldsOf(form: Node): readonly FormField[] {
  const fields: FormField[] = [];
  let above = '';
  const visit = (node: Node): void => {
    const tag = text(node, 'tag');
    if (tag === 'div' && !isRemark(node)) above = words(node, 'text');
    if (fieldTags.has(tag)) {
      const label = words(node, 'label') || above || words(node, 'text') || words(node, 'placeholder');
      fields.push({ name: text(node, 'name'), label, required: node['required'] === true, initial: initialOf(node) });
      above = '';
    }
    for (const inner of [...children(node, 'elements'), ...children(node, 'columns')]) visit(inner);
  };
  visit(form);
  return fields;
}

/** What the card itself has filled in. */
export function initialOf(node: Node): FieldValue | undefined {
  const tag = text(node, 'tag');
  if (tag === 'input') return text(node, 'default_value');
  if (tag === 'checker') return node['checked'] === true;
  if (tag.startsWith('multi_')) return texts(node, 'selected_values');
  const index = number(node, 'initial_index');
  const byIndex = index === undefined ? undefined : children(node, 'options')[index - 1];
  const found =
    text(node, 'initial_option') ||
    text(byIndex ?? {}, 'value') ||
    text(node, 'initial_date') ||
    text(node, 'initial_time') ||
    text(node, 'initial_datetime');
  return found === '' ? undefined : found;
}

/** The address a component calls back, or opens. */
export function behaviorsOf(node: Node): { readonly calls: boolean; readonly url: string } {
  const behaviors = children(node, 'behaviors');
  const link = behaviors.find((behavior) => behavior['type'] === 'open_url');
  const legacy = child(child(node, 'action'), 'multi_url');
  const url = text(link ?? {}, 'default_url') || text(legacy, 'url') || text(legacy, 'default_url');
  return { calls: behaviors.some((behavior) => behavior['type'] === 'callback'), url: safeUrl(url) };
}

/** The address when a browser may open it, else nothing. */
function safeUrl(url: string): string {
  return /^https?:\/\//.test(url) ? url : '';
}
