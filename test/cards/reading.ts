/** Reading cards in tests: what stands on them and what can be pressed or filled in. */
import type { Card } from '../../cards/card.ts';

type Node = Readonly<
  Partial<
    Record<
      | 'behaviors'
      | 'checked'
      | 'config'
      | 'confirm'
      | 'content'
      | 'default_value'
      | 'elements'
      | 'form_action_type'
      | 'header'
      | 'initial_option'
      | 'label'
      | 'max_length'
      | 'name'
      | 'options'
      | 'placeholder'
      | 'required'
      | 'size'
      | 'subtitle'
      | 'summary'
      | 'tag'
      | 'template'
      | 'text'
      | 'text_tag_list'
      | 'title'
      | 'type'
      | 'value',
      unknown
    >
  >
>;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** All objects of a card, outermost first. */
export function nodes(card: unknown): Node[] {
  if (Array.isArray(card)) return card.flatMap(nodes);
  if (!isNode(card)) return [];
  return [card, ...Object.values(card).flatMap(nodes)];
}

/** The content of a text property such as `text` or `label`; empty when there is none. */
export function textOf(node: Node, key: 'label' | 'placeholder' | 'subtitle' | 'summary' | 'text' | 'title'): string {
  const child = node[key];
  return isNode(child) && typeof child.content === 'string' ? child.content : '';
}

/** What the notification shows. */
export function summaryOf(card: Card): string {
  return textOf(isNode(card.config) ? card.config : {}, 'summary');
}

/** Colour of the header, and the word beside the title. */
export function headerOf(card: Card): { color: unknown; mark: string; title: string } {
  const header: Node = card.header ?? {};
  const [mark] = Array.isArray(header.text_tag_list) ? header.text_tag_list : [];
  return { color: header.template, mark: isNode(mark) ? textOf(mark, 'text') : '', title: textOf(header, 'title') };
}

/** The tags of all tagged objects below a node: what the platform counts towards its 200. */
export function tagsOf(node: unknown): string[] {
  return nodes(node).flatMap(({ tag }) => (typeof tag === 'string' ? [tag] : []));
}

/** All components of a tag. */
export function tagged(card: Card, tag: string): Node[] {
  return nodes(card).filter((node) => node.tag === tag);
}

/** Contents of everything that is shown as it stands. */
function plainTexts(card: Card): string[] {
  return tagged(card, 'plain_text').map((node) => String(node.content));
}

/** Contents of everything that is read as markdown. */
export function markdowns(card: Card): string[] {
  return nodes(card)
    .filter((node) => node.tag === 'markdown' || node.tag === 'lark_md')
    .map((node) => String(node.content));
}

/** Labels of the buttons in the order of the card. */
export function buttonLabels(card: Card): string[] {
  return tagged(card, 'button').map((node) => textOf(node, 'text'));
}

/** The button with this label; fails the test when there is not exactly one. */
export function buttonCalled(card: Card, label: string): Node {
  const found = tagged(card, 'button').filter((node) => textOf(node, 'text') === label);
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`${found.length} buttons called ${label}`);
  return only;
}

/** The value a button sends. */
export function valueSent(button: Node): unknown {
  const behaviors = button.behaviors;
  return Array.isArray(behaviors) && isNode(behaviors[0]) ? behaviors[0].value : undefined;
}

/** The component that fills this form field; fails the test when there is none. */
export function field(card: Card, name: string): Node {
  const found = nodes(card).find((node) => node.name === name && node.tag !== 'form');
  if (found === undefined) throw new Error(`no field ${name}`);
  return found;
}

/** Names of all fields below the forms, without the buttons. */
export function fieldNames(card: Card): string[] {
  return nodes(card)
    .filter((node) => typeof node.name === 'string' && node.tag !== 'form' && node.tag !== 'button')
    .map((node) => String(node.name));
}

/** Everything on the card as one text. */
export function wholeText(card: Card): string {
  return [...plainTexts(card), ...markdowns(card)].join('\n');
}
