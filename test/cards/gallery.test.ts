import { describe, expect, test } from 'vitest';
import { decodeAction } from '../../cards/action-values.ts';
import { gallery } from '../../cards/gallery.ts';
import { hostile } from '../../cards/gallery-samples.ts';
import { CARD_BYTES_MAX, CARD_ELEMENTS_MAX, cardSize, tagsOf } from '../../cards/kit.ts';
import { checkCard } from '../../sandbox/card-schema.ts';
import { markdowns, nodes, summaryOf, tagged, valueSent, wholeText } from './reading.ts';

test('names are unique', () => {
  expect(new Set(gallery.map((entry) => entry.name)).size).toBe(gallery.length);
});

describe.each(gallery.map((entry) => [entry.name, entry.card] as const))('%s', (_name, card) => {
  test('would be taken by the platform', () => {
    expect(checkCard(card)).toEqual([]);
  });

  test('fits the limits, even as JSON inside the JSON of the request', () => {
    expect(cardSize(card)).toBeLessThanOrEqual(CARD_BYTES_MAX);
    const request = JSON.stringify({ receive_id: `oc_${'0'.repeat(32)}`, content: JSON.stringify(card) });
    expect(Buffer.byteLength(request)).toBeLessThanOrEqual(CARD_BYTES_MAX);
    expect(tagsOf(card).length).toBeLessThanOrEqual(CARD_ELEMENTS_MAX);
  });

  test('is shared, is no plaything to pass on, and says in the notification what it is', () => {
    expect(card.config).toMatchObject({ update_multi: true, enable_forward: tagged(card, 'button').length === 0 });
    expect(summaryOf(card)).not.toBe('');
  });

  test('every button sends something this product understands', () => {
    for (const button of tagged(card, 'button')) expect(decodeAction(valueSent(button))).toBeDefined();
  });

  test('forms stand at the root, each with a submit button, and every name comes once', () => {
    const atRoot = card.body.elements.filter((element) => element.tag === 'form');
    const forms = tagged(card, 'form');
    expect(forms.length).toBe(atRoot.length);
    for (const form of forms) {
      expect(nodes(form).filter((node) => node.form_action_type === 'submit').length).toBeGreaterThan(0);
    }
    const names = nodes(card).flatMap((node) => (typeof node.name === 'string' && node.tag ? [node.name] : []));
    expect(new Set(names).size).toBe(names.length);
  });

  test('markdown holds only our own tags, and plain text nothing that turns the direction round', () => {
    for (const content of markdowns(card)) {
      const foreign = content.replace(/<font color='(red|grey)'>|<\/font>|\*\*|\n/g, '').replace(/&(#\d+|sim);/g, '');
      expect(foreign).not.toMatch(/[<>*_~`[\]()#\\|]/);
    }
    expect(wholeText(card)).not.toMatch(/[\u200E\u200F\u202A-\u202E\u2066-\u2069]|[^\P{Cc}\n]/u);
  });
});

test('hostile text can still be read on the card', () => {
  const entry = gallery.find(({ name }) => name === 'case-hostile');
  expect(entry && wholeText(entry.card)).toContain('<at id=all></at>**粗**');
  expect(hostile).toContain('<at id=all></at>');
});
