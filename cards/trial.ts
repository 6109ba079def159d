/** The card by which an administrator finds out that presses arrive, and what it becomes when one did. */
import { encodeAction } from './action-values.ts';
import type { Card } from './card.ts';
import { button, card, paragraph } from './kit.ts';

/** `title`: what is tried. Holds nothing of anybody. */
export function trialCard(view: {
  readonly title: string;
  readonly lines: readonly string[];
  readonly token: string;
}): Card {
  const value = encodeAction({ action: 'trial.press', token: view.token, after: 'change' });
  return card({
    title: view.title,
    color: 'blue',
    summary: view.title,
    elements: [...view.lines.map((line) => paragraph(line)), button({ label: '点我', value, type: 'primary_filled' })],
  });
}

/** What the pressed card shows from then on. */
export function trialArrivedCard(): Card {
  return card({
    title: '收到了',
    color: 'green',
    summary: '收到了',
    elements: [paragraph('机器人收到了这一下，请回到电脑前看结果。')],
  });
}
