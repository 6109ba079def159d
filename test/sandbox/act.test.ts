import { expect, test } from 'vitest';
import { act } from '../../sandbox/act.ts';

const people = [{ openId: 'ou_a', name: '阿达' }];
const callback = (value: object) => ({ behaviors: [{ type: 'callback', value }] });
const plain = (content: string) => ({ tag: 'plain_text', content });
const submit = { ...callback({ go: 1 }), name: 'send', form_action_type: 'submit' };
const elements = [
  { tag: 'button', text: plain('打开'), ...callback({ n: 1 }) },
  { tag: 'button', text: plain('打开'), ...callback({ n: 2 }) },
  {
    tag: 'form',
    name: 'form',
    elements: [
      { tag: 'input', name: 'words', required: true },
      { tag: 'button', text: plain('提交'), ...submit },
    ],
  },
  { tag: 'select_static', options: [{ text: plain('甲'), value: 'a' }], ...callback({ s: 1 }) },
  { tag: 'checker', text: plain('好'), ...callback({ c: 1 }) },
  { tag: 'date_picker', ...callback({ d: 1 }) },
  {
    tag: 'overflow',
    options: [
      { text: plain('一'), value: '1' },
      { text: plain('二'), value: '2' },
    ],
  },
  { tag: 'button', text: plain('停用'), disabled: true, ...callback({ n: 3 }) },
  { tag: 'markdown', content: '字' },
];
const card = { schema: '2.0', body: { elements } };

test('two buttons of the same text are told apart by their place', () => {
  expect(act(card, { path: 'body.elements.0', people })).toEqual({ tag: 'button', value: { n: 1 } });
  expect(act(card, { path: 'body.elements.1', people })).toEqual({ tag: 'button', value: { n: 2 } });
});

test('a submit sends its form by component names', () => {
  const path = 'body.elements.2.elements.1';
  const sent = act(card, { path, form: { words: '您好' }, people });
  expect(sent).toEqual({ tag: 'button', name: 'send', value: { go: 1 }, form_value: { words: '您好' } });
  expect(() => act(card, { path, form: {}, people })).toThrow('required field is empty');
});

test('what stands in no form sends what was chosen, each in its own property', () => {
  expect(act(card, { path: 'body.elements.3', choice: 'a', people })).toMatchObject({ option: 'a', value: { s: 1 } });
  expect(act(card, { path: 'body.elements.4', choice: true, people })).toMatchObject({ checked: true });
  expect(act(card, { path: 'body.elements.5', choice: '2026-12-15', people })).toMatchObject({
    option: '2026-12-15 +0800',
  });
  expect(act(card, { path: 'body.elements.6.options.1', people })).toEqual({ tag: 'overflow', option: '2' });
});

test('what a client would not let happen is refused', () => {
  expect(() => act(card, { path: 'body.elements.7', people })).toThrow('disabled');
  expect(() => act(card, { path: 'body.elements.8', people })).toThrow('calls nothing back');
  expect(() => act(card, { path: 'body.elements.70', people })).toThrow('nothing at that place');
});
