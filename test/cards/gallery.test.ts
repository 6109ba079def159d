import { expect, test } from 'vitest';
import { decodeAction } from '../../cards/action-values.ts';
import type { Card } from '../../cards/card.ts';
import { gallery } from '../../cards/gallery/index.ts';
import { hostile } from '../../cards/gallery/samples.ts';
import { checkCard } from '../../sandbox/card-schema.ts';
import { buttonLabels, markdowns, nodes, summaryOf, tagged, tagsOf, textOf, valueSent, wholeText } from './reading.ts';

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
    enable_forward: false,
  });
  soft(summaryOf(card), 'says in the notification what it is').not.toBe('');
  for (const button of tagged(card, 'button')) {
    soft(['large', 'medium'], 'every button is high enough for a thumb').toContain(button.size);
    const sent = decodeAction({ value: valueSent(button) });
    soft(sent, 'every button sends something this product understands').toBeDefined();
    if (button.form_action_type !== 'submit') continue;
    const name = String(button.name);
    soft(decodeAction({ value: undefined, name }), `a form says the same by its name ${name}`).toEqual(sent);
    soft(name, 'a short name without special characters').toMatch(/^[\w.-]{1,90}$/);
  }
  expectForms(card);
  expectQuestions(card);
  expectShown(card);
  expectPlainText(card);
});

/**
 * As JSON inside the JSON of the request. The platform takes 30 KB after writing style tags out and 200 elements, and does not
 * say how it counts; so a sixth of the bytes and a tenth of the elements stay free.
 */
function expectLimits(card: Card): void {
  const request = JSON.stringify({ receive_id: `oc_${'0'.repeat(32)}`, content: JSON.stringify(card) });
  const styles =
    markdowns(card)
      .join('')
      .match(/<(?!br>)[^>]+>/g) ?? [];
  soft(Buffer.byteLength(request) + 64 * styles.length, 'the size of the request').toBeLessThanOrEqual(26_000);
  soft(tagsOf(card).length, 'the number of elements').toBeLessThanOrEqual(180);
}

/** A client asks only before a form is sent. */
function expectQuestions(card: Card): void {
  const asking = nodes(card).filter((node) => node.confirm !== undefined);
  const submits = tagged(card, 'form').flatMap((form) =>
    nodes(form).filter((node) => node.form_action_type === 'submit'),
  );
  for (const node of asking) soft(submits, `${textOf(node, 'text')} asks`).toContain(node);
}

/** What clients leave out without a word, or show without a sign that it can be used. */
function expectShown(card: Card): void {
  soft(JSON.stringify(card), 'no empty list of elements').not.toContain('"elements":[]');
  for (const panel of tagged(card, 'collapsible_panel')) {
    soft(panel.header, 'a panel shows that it opens').toMatchObject({
      icon: { tag: 'standard_icon', token: 'down-small-ccm_outlined' },
      icon_position: 'right',
      icon_expanded_angle: -180,
    });
  }
  for (const checker of tagged(card, 'checker')) {
    soft(Object.keys(checker.value ?? {}), 'a box to tick carries a value').not.toEqual([]);
  }
  for (const content of markdowns(card)) soft(content, 'a line break in markdown is <br>').not.toContain('\n');
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
    const foreign = content
      .replace(/<font color='(red|grey)'>|<\/font>|<at id=ou_\w+><\/at>|\*\*|<br>/g, '')
      .replace(/&#\d+;/g, '');
    soft(foreign, 'markdown holds only our own tags').not.toMatch(/[<>*_~`[\]()#\\|]/);
  }
  const turning = /[\u200E\u200F\u202A-\u202E\u2066-\u2069]|[^\P{Cc}\n]/u;
  soft(wholeText(card), 'nothing turns the direction round').not.toMatch(turning);
}

/** A list that one person has asked for may speak of today; buttons ask for what they say when they are pressed. */
const asked = /^case-list(?!-group)/;

test.each(gallery.filter(({ name }) => !asked.test(name)).map((entry) => [entry.name, entry.card] as const))(
  '%s speaks of no day but by its date',
  (_name, card) => {
    const labels = new Set(buttonLabels(card));
    const words = wholeText(card)
      .split('\n')
      .filter((line) => !labels.has(line));
    expect(words.join('\n')).not.toMatch(/今天|今日|明天|昨天|刚刚|刚才/);
  },
);

test('hostile text can still be read on the card', () => {
  const entry = gallery.find(({ name }) => name === 'case-hostile');
  expect(entry && wholeText(entry.card)).toContain('<at id=all></at>**粗**');
  expect(hostile).toContain('<at id=all></at>');
});
