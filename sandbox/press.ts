/** Pressing a button on a card as a client does: by its visible text, with the form it stands in. */
import { act } from './act.ts';
import { asList, asNode, type CardNode } from './card-node.ts';
import type { PressedAction } from './envelope.ts';
import type { FormInput, People } from './form-fields.ts';
import { textOf } from './text.ts';

/** Something that can be pressed: a button, or an entry of an overflow menu. */
interface Pressable {
  /** As `act` takes it. */
  readonly path: string;
  readonly label: string;
  readonly disabled: boolean;
}

/** Whether the card has a button of that text that can be pressed. */
export function hasButton(card: unknown, label: string): boolean {
  return pressablesOf(card).some((one) => one.label === label && !one.disabled);
}

/**
 * The callback's `action` for pressing the first enabled button (or overflow entry) with that text. Throws when there is none, and for
 * what a client would not allow.
 */
export function press(card: unknown, how: { label: string; form: FormInput; people: People }): PressedAction {
  const { label, form, people } = how;
  const all = pressablesOf(card);
  const named = all.filter((one) => one.label === label);
  const found = named.find(({ disabled }) => !disabled);
  if (found === undefined) {
    const others = all.map((one) => one.label).join('、') || 'none';
    throw new Error(named.length > 0 ? `button ${label} is disabled` : `no button ${label}; the card has: ${others}`);
  }
  const action = act(card, { path: found.path, form, people });
  if (action.form_value === undefined && Object.keys(form).length > 0)
    throw new Error(`button ${label} submits no form`);
  return action;
}

function pressablesOf(card: unknown): Pressable[] {
  const found: Pressable[] = [];
  const add = (named: CardNode, at: { path: string; node: CardNode }) =>
    found.push({ path: at.path, label: textOf(named.text), disabled: at.node.disabled === true });
  const visit = (item: unknown, path: string): void => {
    const node = asNode(item);
    if (node.tag === 'button') add(node, { path, node });
    if (node.tag === 'overflow') {
      for (const [index, option] of asList(node.options).entries()) {
        add(asNode(option), { path: `${path}.options.${index}`, node });
      }
    }
    for (const [index, child] of asList(node.elements).entries()) visit(child, `${path}.elements.${index}`);
    for (const [index, child] of asList(node.columns).entries()) visit(child, `${path}.columns.${index}`);
    const { buttons } = asNode(node.button_area);
    for (const [index, button] of asList(buttons).entries()) visit(button, `${path}.button_area.buttons.${index}`);
  };
  visit(asNode(card).body, 'body');
  return found;
}
