/** What a typed line left open, on the registration card: said in words, and answered by a button. */
import { encodeAction } from './action-values.ts';
import type { CardElement } from './card.ts';
import { type Choice, submit } from './form.ts';
import { columns, cut, notation, paragraph } from './kit.ts';

export interface LineView {
  /** What was not understood. */
  readonly notes: readonly string[];
  /** Why no word is the name. */
  readonly nameless: 'signs' | 'long' | undefined;
  /** The items that may be meant. No buttons where there are too many: then they are the first of the list. */
  readonly items:
    | { readonly words: readonly string[]; readonly total: number; readonly buttons: readonly Choice[] }
    | undefined;
  /** Somebody else was on the line, whose form has not been opened. */
  readonly hasNext: boolean;
}

/** Of a card that no line was typed for. */
export const nothingLeft: LineView = { notes: [], nameless: undefined, items: undefined, hasNext: false };

const namelessWords = {
  signs: '名字里有符号或表情，没当作姓名，请在上面填写',
  long: '名字超过20个字，没当作姓名，请在上面填写',
} as const;

/** The buttons send the form, so that what has been typed into it is kept. */
export function itemChoice({ items }: LineView, draftId: number): CardElement[] {
  if (items === undefined) return [];
  const { words, total, buttons } = items;
  const named = words.map((word) => `“${cut(word, 12)}”`).join('');
  const question = words.length > 1 ? `${named}是两件事，先登记一件` : `${named || '写的事项'}有${total}项`;
  if (buttons.length === 0) return [paragraph(`${question}，在上面选，对得上的排在前面`, { color: 'orange' })];
  return [
    paragraph(`${question}：`, { color: 'orange', max: 60 }),
    ...buttons.map(({ value, text }) =>
      submit({
        label: text,
        value: encodeAction({ action: 'draft.item', draftId, itemId: Number(value) }),
        size: 'medium',
      }),
    ),
  ];
}

/** Does a button of the line send the form before it is complete? */
export function sendsUnfinished({ items, hasNext }: LineView): boolean {
  return hasNext || (items !== undefined && items.buttons.length > 0);
}

export function namelessNote({ nameless }: LineView): CardElement[] {
  return nameless === undefined ? [] : [notation(namelessWords[nameless])];
}

/** What else the line said, above the form's button. */
export function lineNotes({ notes, hasNext }: LineView, draftId: number): CardElement[] {
  return [
    ...notes.map((note) => paragraph(note, { color: 'orange', size: 'notation', max: 60 })),
    ...(hasNext ? [nextPerson(draftId)] : []),
  ];
}

function nextPerson(draftId: number): CardElement {
  const label = '再登记第二位';
  return columns([
    { weight: 3, elements: [paragraph('一次登记一位。这句话里还有一位：', { color: 'orange' })] },
    {
      weight: 2,
      elements: [submit({ label, value: encodeAction({ action: 'draft.next', draftId }), size: 'medium' })],
    },
  ]);
}
