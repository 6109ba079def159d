/** The product's own cards, made harmless: whatever is pressed on one of them only tells that the press came. */
import { encodeAction, nameOfAction } from '../../cards/action-values.ts';
import type { Card } from '../../cards/card.ts';
import { gallery } from '../../cards/gallery/index.ts';
import { card, escapeMarkdown, markdown, mention, paragraph } from '../../cards/kit.ts';
import { sentBytes } from '../../cards/size.ts';

export interface LiveTrial {
  /** Of the press that may come back. */
  readonly token: string;
  /** Who looks at it. */
  readonly openId: string;
}

/** What markdown could take for its own. */
const SIGNS = '~*_[]<>&|` # - 1. (a) ![b] $c$ :d: \\e "f" 蒙文 ᠡᠸᠡᠩᠺᠢ';

/** A card of the gallery, with invented data. Throws for a name that it does not have. */
export function galleryCard(name: string, trial: LiveTrial): Card {
  return harmless(found(name), trial);
}

/** The heaviest card there is, as it travels. */
export function heaviestCard(trial: LiveTrial): Card {
  const weights = gallery.map((entry) => ({ ...entry, bytes: sentBytes(entry.card) }));
  const heaviest = weights.reduce((most, one) => (one.bytes > most.bytes ? one : most));
  return harmless(heaviest.card, trial);
}

/** The same signs as plain text and as markdown that was escaped: both must look alike. */
export function signsCard(): Card {
  return card({
    title: '特殊符号',
    color: 'blue',
    summary: '特殊符号',
    elements: [paragraph(SIGNS), markdown(escapeMarkdown(SIGNS))],
  });
}

export function mentionCard(openId: string): Card {
  const elements = [markdown(`${mention(openId)} 请看这张卡片。`)];
  return card({ title: '点名', color: 'orange', summary: '点名', elements });
}

/** Of a card that is edited after it was sent. */
export function editedCard(isEdited: boolean): Card {
  const word = isEdited ? '之后' : '之前';
  const color = isEdited ? 'green' : 'grey';
  return card({
    title: `更新${word}`,
    color,
    mark: word,
    summary: word,
    elements: [paragraph(`这是更新${word}的卡片。`)],
  });
}

function found(name: string): Card {
  const entry = gallery.find((one) => one.name === name);
  if (entry === undefined) throw new Error(`no card ${name} in the gallery`);
  return entry.card;
}

/** Every value that a press would send is replaced, and everybody in it by who looks at it: the platform refuses ids that it does not know. Names of buttons stay different from each other, as the platform wants them. */
function harmless(from: Card, { token, openId }: LiveTrial): Card {
  const value = encodeAction({ action: 'trial.press', token, after: 'stay' });
  let buttons = 0;
  const replace = (node: unknown): unknown => {
    if (typeof node === 'string') return node.replace(/\bou_\w+/g, () => openId);
    if (Array.isArray(node)) return node.map(replace);
    if (typeof node !== 'object' || node === null) return node;
    const entries = Object.entries(node).map(([key, inner]) => [key, replace(inner)] as const);
    const copied: Record<string, unknown> = Object.fromEntries(entries);
    if (copied['type'] === 'callback') copied['value'] = value;
    if (copied['tag'] === 'button' && copied['name'] !== undefined) {
      buttons += 1;
      copied['name'] = `${nameOfAction(value)}_${buttons}`;
    }
    return copied;
  };
  // Guarantee: only values and names inside were replaced by others of their kind.
  return replace(from) as Card;
}
