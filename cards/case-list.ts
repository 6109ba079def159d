/** A short list of cases: 待办, search results, reminders. */
import { encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { type DueFacts, dueWords } from './due.ts';
import { bold, button, card, columns, cut, hr, notation, paragraph } from './kit.ts';
import { caseStateWords } from './words.ts';

const ROWS_MAX = 10;

export interface CaseListRow extends DueFacts {
  readonly id: number;
  readonly caseNumber: string;
  readonly itemName: string;
  /** Masked: 张**. */
  readonly applicant: string;
  readonly holderUnit: string;
  /** The person who asks has it to deal with. */
  readonly mine: boolean;
}

export interface CaseListView {
  readonly title: string;
  /** What to say when there is no row. */
  readonly empty: string;
  /** Cases found, shown or not. */
  readonly total: number;
  readonly rows: readonly CaseListRow[];
  readonly hint: string | null;
  readonly now: number;
  readonly zone: string;
}

/** Up to ten cases, those overdue first, each with a button that opens it. */
export function caseListCard(view: CaseListView): Card {
  const late = view.rows.filter((row) => row.overdue);
  const lateWords = late.length > 0 ? `，${late.length}件已超期` : '';
  const sorted = [...late, ...view.rows.filter((row) => !late.includes(row))].slice(0, ROWS_MAX);
  const rest = view.total > sorted.length ? `，先列出前${sorted.length}件` : '';
  return card({
    title: view.title,
    color: late.length > 0 ? 'red' : 'blue',
    summary: view.rows.length === 0 ? view.title : `${view.title}：共${view.total}件${lateWords}`,
    elements: [
      ...(sorted.length === 0
        ? [paragraph(view.empty)]
        : [paragraph(`共${view.total}件${lateWords}${rest}`), ...sorted.flatMap((row) => [hr(), caseRow(row, view)])]),
      ...(view.hint === null ? [] : [notation(view.hint)]),
    ],
  });
}

/** One case: what it is, how it stands, and the way to it. */
export function caseRow(row: CaseListRow, made: { readonly now: number; readonly zone: string }): CardElement {
  const due = dueWords(row, made);
  const state = caseStateWords[row.state];
  const mine = row.mine ? '　我经办' : '';
  return columns([
    {
      weight: 4,
      elements: [
        bold(row.itemName, 40),
        paragraph(due === undefined ? state : `${state}，${due.text}`, { color: due?.color ?? 'default' }),
        notation(`${row.caseNumber}　${cut(row.applicant, 10)}　${cut(row.holderUnit, 30)}${mine}`),
      ],
    },
    {
      elements: [
        button({
          label: '打开',
          value: encodeAction({ action: 'case.open', caseId: row.id }),
          size: 'small',
          width: 'default',
        }),
      ],
    },
  ]);
}
