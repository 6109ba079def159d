/** 代班: who stands in for whom, and the form that names a colleague; stands in private chats. */
import { local } from '../src/domain/level-names.ts';
import { STAND_IN_DAYS_MAX } from '../src/domain/stand-in.ts';
import { encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { drawField, type FormValues } from './field.ts';
import { type Choice, form, submit } from './form.ts';
import { standInForm } from './forms.ts';
import { buttonColumn, card, columns, cut, hr, notation, paragraph } from './kit.ts';

const ROWS_MAX = 10;

export interface StandInView {
  /** That go on or are to come and concern whoever reads it, by their first days. */
  readonly rows: readonly StandInLine[];
  /** Whose stand-in the reader may name; of an agent only the own name. */
  readonly absent: readonly Choice[];
  /** Who could stand in. */
  readonly colleagues: readonly Choice[];
  readonly values: Partial<FormValues<typeof standInForm>>;
}

export interface StandInLine {
  readonly standInRow: number;
  readonly absent: string;
  readonly standIn: string;
  /** 2026年12月1日至12月5日 */
  readonly days: string;
  readonly mayEnd: boolean;
}

/** The answer to /代班. */
export function standInCard(view: StandInView): Card {
  const { rows, colleagues } = view;
  const shown = rows.slice(0, ROWS_MAX);
  return card({
    title: '代班',
    color: 'blue',
    summary: '请假时请同事代班',
    elements: [
      ...(rows.length === 0 ? [paragraph('现在没有人代班。')] : []),
      ...shown.map(row),
      ...(rows.length > shown.length ? [notation(`还有${rows.length - shown.length}段，先列出前${ROWS_MAX}段。`)] : []),
      hr(),
      ...(colleagues.length === 0
        ? [paragraph(local`本单位和同一苏木乡镇没有别的在岗同事，定不了代班，请联系上级管理员。`)]
        : [nameForm(view)]),
    ],
  });
}

function row({ standInRow, absent, standIn, days, mayEnd }: StandInLine): CardElement {
  const words = paragraph(`${cut(standIn, 12)}代${cut(absent, 12)}：${days}`, { max: 80 });
  const end = encodeAction({ action: 'standIn.end', standInRow });
  return columns([{ weight: 4, elements: [words] }, ...(mayEnd ? [buttonColumn('提前结束', end)] : [])]);
}

function nameForm({ absent, colleagues, values }: StandInView): CardElement {
  return form('standInForm', [
    ...(absent.length > 1
      ? drawField(standInForm, 'absent', { options: absent, value: values.absent || absent[0]?.value })
      : []),
    ...drawField(standInForm, 'standIn', { options: colleagues, value: values.standIn }),
    ...drawField(standInForm, 'fromDay', { value: values.fromDay }),
    ...drawField(standInForm, 'toDay', { value: values.toDay }),
    submit({ label: '定下来', value: encodeAction({ action: 'standIn.name' }), type: 'primary_filled' }),
    notation(
      `代班的人能看、能办请假同事的件，提醒也发给代班的人；每一步都写明是代谁。到期自己结束，最多${STAND_IN_DAYS_MAX}天。`,
    ),
  ]);
}
