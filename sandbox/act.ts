/** Pressing a component of a card where it stands, as a page does that has drawn the card itself. */
import { asList, asNode, asText, type CardNode, isNode } from './card-node.ts';
import type { PressedAction } from './envelope.ts';
import { type FormInput, fillForm, type People } from './form-fields.ts';

export interface Act {
  /** The way to the component, e.g. `body.elements.2.columns.0.elements.1`; for a menu's entry it ends in `options.0`. */
  readonly path: string;
  /** What was chosen, ticked or typed in a component that stands in no form. */
  readonly choice?: string | boolean | readonly string[] | undefined;
  readonly form?: FormInput | undefined;
  readonly people: People;
}

const ZONE = '+0800';
const CHOSEN = /^(select_static|select_person|select_img|overflow)$/;
const MOMENT = /^(date_picker|picker_time|picker_datetime)$/;

/**
 * The callback's `action` for a press at a path. Throws for what a client would not allow: nothing there, disabled, nothing
 * that calls back, or a form that is not complete.
 */
export function act(card: unknown, given: Act): PressedAction {
  const { node, form, option } = walk(card, given.path);
  if (node.disabled === true) throw new Error('that component is disabled');
  const callback = asList(node.behaviors)
    .map(asNode)
    .find((behavior) => behavior.type === 'callback');
  const submits = node.form_action_type === 'submit' && form !== undefined;
  if (callback === undefined && !submits && option === undefined) throw new Error('that component calls nothing back');
  return {
    ...(option === undefined ? chosen(node, given.choice) : { option: asText(option.value) }),
    tag: asText(node.tag),
    ...(callback === undefined ? {} : { value: callback.value }),
    ...(typeof node.name === 'string' ? { name: node.name } : {}),
    ...(submits ? { form_value: fillForm(form, { input: given.form ?? {}, people: given.people }) } : {}),
  };
}

interface Found {
  readonly node: CardNode;
  readonly form: CardNode | undefined;
  readonly option: CardNode | undefined;
}

function walk(card: unknown, path: string): Found {
  const found: { at: unknown; node: CardNode; form: CardNode | undefined } = { at: card, node: {}, form: undefined };
  for (const key of path.split('.')) {
    found.at = Array.isArray(found.at) ? found.at[Number(key)] : isNode(found.at) ? property(found.at, key) : undefined;
    if (!isNode(found.at) || found.at.tag === undefined) continue;
    found.node = found.at;
    if (found.at.tag === 'form') found.form = found.at;
  }
  if (!isNode(found.at)) throw new Error('the card has changed: there is nothing at that place any more');
  const isOption = found.node.tag === 'overflow' && found.at !== found.node;
  return { node: found.node, form: found.form, option: isOption ? found.at : undefined };
}

function property(node: CardNode, key: string): unknown {
  return Object.entries(node).find(([name]) => name === key)?.[1];
}

function chosen(node: CardNode, choice: Act['choice']): Partial<PressedAction> {
  const tag = asText(node.tag);
  if (tag === 'checker') return { checked: choice === true };
  if (tag === 'input') return { input_value: asText(choice) };
  if (MOMENT.test(tag)) return { option: `${asText(choice)} ${ZONE}` };
  if (CHOSEN.test(tag)) return { option: asText(choice) };
  return {};
}
