/** A pasted list, one person a line: what is right is registered together, what is not has a form of its own. */
import { encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { drawField } from './field.ts';
import { form, submit } from './form.ts';
import { registrationForm } from './forms.ts';
import { buttonColumn, card, columns, notation, paragraph } from './kit.ts';

export interface ListLine {
  /** Who it is, and what for; in a group masked. */
  readonly shown: string;
  readonly state: 'right' | 'wrong' | 'moved' | 'done';
  /** What is wrong with it, or its case number. */
  readonly words: string;
}

export interface ListView {
  readonly draftId: number;
  readonly shared: boolean;
  readonly lines: readonly ListLine[];
}

export function registrationListCard({ draftId, shared, lines }: ListView): Card {
  const count = (state: ListLine['state']) => lines.filter((line) => line.state === state).length;
  const right = count('right');
  const wrong = count('wrong');
  const done = count('done');
  const moved = count('moved');
  const summary = [
    `共${lines.length}位`,
    ...(done > 0 ? [`已登记${done}位`] : []),
    ...(right > 0 ? [`${right}位可以登记`] : []),
    ...(wrong > 0 ? [`${wrong}位要改`] : []),
    ...(moved > 0 ? [`${moved}位在另一张登记卡上`] : []),
  ].join('，');
  return card({
    title: '帮办代办登记（多位）',
    subtitle: '群众自愿，全程免费',
    color: wrong > 0 ? 'orange' : right > 0 ? 'blue' : 'green',
    summary: `帮办代办登记，${summary}`,
    elements: [
      paragraph(summary),
      ...(shared ? [notation('本群都能看到这张卡片，姓名、电话已隐去一部分')] : []),
      ...lines.map((line, at) => row(line, { draftId, number: at + 1 })),
      ...(right > 0 ? [registerForm({ draftId, right })] : []),
    ],
  });
}

const marks = { right: '✓', wrong: '✗', moved: '…', done: '✓' } as const satisfies Record<ListLine['state'], string>;
const colors = { right: 'default', wrong: 'red', moved: 'grey', done: 'green' } as const;

function row(line: ListLine, { draftId, number }: { draftId: number; number: number }): CardElement {
  const color = colors[line.state];
  const words = [`${number}　${line.shown || '没有姓名电话'} ${marks[line.state]}`, line.words]
    .filter(Boolean)
    .join('\n');
  const text = paragraph(words, { color, max: 110 });
  if (line.state === 'right' || line.state === 'done') return text;
  const open = encodeAction({ action: 'list.open', draftId, line: number });
  return columns([{ weight: 5, elements: [text] }, buttonColumn(line.state === 'wrong' ? '改' : '打开', open)]);
}

function registerForm({ draftId, right }: { draftId: number; right: number }): CardElement {
  return form('registrationListForm', [
    ...drawField(registrationForm, 'consent', { value: false }),
    submit({
      label: `登记这${right}位`,
      value: encodeAction({ action: 'list.register', draftId }),
      type: 'primary_filled',
    }),
  ]);
}
