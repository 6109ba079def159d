import { expect, test } from 'vitest';
import { decodeAction } from '../../cards/action-values.ts';
import type { Card } from '../../cards/card.ts';
import { gallery } from '../../cards/gallery/index.ts';
import { hostile } from '../../cards/gallery/samples.ts';
import { CARD_BYTES_MAX, CARD_ELEMENTS_MAX, cardSize, tagsOf } from '../../cards/kit.ts';
import { checkCard } from '../../sandbox/card-schema.ts';
import { markdowns, nodes, summaryOf, tagged, valueSent, wholeText } from './reading.ts';

test('names are unique', () => {
  expect(new Set(gallery.map((entry) => entry.name)).size).toBe(gallery.length);
});

// Soft expectations: a card with several faults names them all.
const { soft } = expect;

test.each(gallery.map((entry) => [entry.name, entry.card] as const))('%s', (_name, card) => {
  soft(checkCard(card), 'would be taken by the platform').toEqual([]);
  expectLimits(card);
  soft(card.config, 'is shared, and is no plaything to pass on').toMatchObject({
    update_multi: true,
    enable_forward: tagged(card, 'button').length === 0,
  });
  soft(summaryOf(card), 'says in the notification what it is').not.toBe('');
  for (const button of tagged(card, 'button')) {
    soft(decodeAction(valueSent(button)), 'every button sends something this product understands').toBeDefined();
  }
  expectForms(card);
  expectPlainText(card);
});

/** Even as JSON inside the JSON of the request. */
function expectLimits(card: Card): void {
  soft(cardSize(card), 'the size of the card').toBeLessThanOrEqual(CARD_BYTES_MAX);
  const request = JSON.stringify({ receive_id: `oc_${'0'.repeat(32)}`, content: JSON.stringify(card) });
  soft(Buffer.byteLength(request), 'the size of the request').toBeLessThanOrEqual(CARD_BYTES_MAX);
  soft(tagsOf(card).length, 'the number of elements').toBeLessThanOrEqual(CARD_ELEMENTS_MAX);
}

function expectForms(card: Card): void {
  const atRoot = card.body.elements.filter((element) => element.tag === 'form');
  const forms = tagged(card, 'form');
  soft(forms.length, 'forms stand at the root').toBe(atRoot.length);
  for (const form of forms) {
    const submits = nodes(form).filter((node) => node.form_action_type === 'submit');
    soft(submits.length, 'a form has a submit button').toBeGreaterThan(0);
  }
  const names = nodes(card).flatMap((node) => (typeof node.name === 'string' && node.tag ? [node.name] : []));
  const doubled = names.filter((name, index) => names.indexOf(name) !== index);
  soft(doubled, 'every name comes once').toEqual([]);
}

function expectPlainText(card: Card): void {
  for (const content of markdowns(card)) {
    const foreign = content.replace(/<font color='(red|grey)'>|<\/font>|\*\*|\n/g, '').replace(/&(#\d+|sim);/g, '');
    soft(foreign, 'markdown holds only our own tags').not.toMatch(/[<>*_~`[\]()#\\|]/);
  }
  const turning = /[\u200E\u200F\u202A-\u202E\u2066-\u2069]|[^\P{Cc}\n]/u;
  soft(wholeText(card), 'nothing turns the direction round').not.toMatch(turning);
}

test('hostile text can still be read on the card', () => {
  const entry = gallery.find(({ name }) => name === 'case-hostile');
  expect(entry && wholeText(entry.card)).toContain('<at id=all></at>**粗**');
  expect(hostile).toContain('<at id=all></at>');
});
