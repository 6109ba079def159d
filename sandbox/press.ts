/** Pressing a button on a card as a client does: by its visible text, with the form it stands in. */
import { asList, asNode, asText, type CardNode } from './card-node.ts';
import type { PressedAction } from './envelope.ts';
import { type FormInput, fillForm, type People } from './form-fields.ts';
import { textOf } from './text.ts';

interface Found {
  readonly node: CardNode;
  readonly form: CardNode | undefined;
  /** The chosen option of an overflow menu. */
  readonly option?: CardNode;
}

/** Whether the card has a button of that text that can be pressed. */
export function hasButton(card: unknown, label: string): boolean {
  return findAll(card, label).some((found) => found.node.disabled !== true);
}

/**
 * The callback's `action` for pressing the first enabled button (or overflow entry) with that text.
 * Throws when there is none, it is disabled, only opens a link, or the form does not allow it.
 */
export function press(card: unknown, how: { label: string; form: FormInput; people: People }): PressedAction {
  const all = findAll(card, how.label);
  const found = all.find((candidate) => candidate.node.disabled !== true);
  if (found === undefined)
    throw new Error(all.length > 0 ? `button ${how.label} is disabled` : missing(card, how.label));
  const { node, form, option } = found;
  const callback = asList(node.behaviors)
    .map(asNode)
    .find((behavior) => behavior.type === 'callback');
  const submits = node.form_action_type === 'submit' && form !== undefined;
  if (callback === undefined && !submits && option === undefined) {
    throw new Error(`button ${how.label} calls nothing back: it opens a link or resets the form`);
  }
  if (!submits && Object.keys(how.form).length > 0) throw new Error(`button ${how.label} submits no form`);
  return {
    tag: asText(node.tag),
    ...(callback === undefined ? {} : { value: callback.value }),
    ...(typeof node.name === 'string' ? { name: node.name } : {}),
    ...(option === undefined ? {} : { option: asText(option.value) }),
    ...(submits ? { form_value: fillForm(form, { input: how.form, people: how.people }) } : {}),
  };
}

/** The texts of everything on the card that can be pressed. */
function buttonsOf(card: unknown): string[] {
  return allOf(card).map((found) => labelOf(found));
}

function missing(card: unknown, label: string): string {
  return `no button ${label}; the card has: ${buttonsOf(card).join('、') || 'none'}`;
}

function labelOf(found: Found): string {
  return textOf((found.option ?? found.node).text);
}

function findAll(card: unknown, label: string): Found[] {
  return allOf(card).filter((found) => labelOf(found) === label);
}

function allOf(card: unknown): Found[] {
  const found: Found[] = [];
  const visit = (item: unknown, form: CardNode | undefined): void => {
    const node = asNode(item);
    if (node.tag === 'button') found.push({ node, form });
    if (node.tag === 'overflow') {
      for (const option of asList(node.options)) found.push({ node, form, option: asNode(option) });
    }
    const inside = node.tag === 'form' ? node : form;
    for (const child of [...asList(node.elements), ...asList(node.columns)]) visit(child, inside);
    for (const button of asList(asNode(node.button_area).buttons)) visit(button, inside);
  };
  visit(asNode(card).body, undefined);
  return found;
}
