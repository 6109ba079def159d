/** The cases behind one figure, page by page. */
import { type ActionValueOf, CASE_PAGES_MAX, encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { type CaseListRow, caseRow } from './case-list.ts';
import { card, cut, hr, notation, pageTurns, paragraph } from './kit.ts';

export interface FigureCasesView {
  readonly label: string;
  readonly unitName: string;
  readonly periodName: string;
  /** What the figure says; null where it does not count cases. */
  readonly total: number | null;
  readonly rows: readonly CaseListRow[];
  /** More follow on the next page. */
  readonly more: boolean;
  readonly note: string | null;
  /** What this page was asked for with. */
  readonly at: ActionValueOf<'stats.cases' | 'report.cases'>;
  readonly now: number;
  readonly zone: string;
}

export function figureCasesCard(view: FigureCasesView): Card {
  const title = `${view.label}：${cut(view.unitName, 16)} ${view.periodName}`;
  const total = view.total === null ? '' : `共${view.total}件，`;
  return card({
    title,
    color: 'blue',
    summary: title,
    elements: [
      ...(view.rows.length === 0
        ? [paragraph('这个数下面没有件。')]
        : [
            paragraph(`${total}${view.at.list === 'overdue' ? '超期最久的' : '新的'}在前，第${view.at.page + 1}页`),
            ...view.rows.flatMap((row) => [hr(), caseRow(row, view)]),
          ]),
      ...turning(view),
      ...(view.note === null ? [] : [notation(view.note)]),
    ],
  });
}

function turning({ at, more }: FigureCasesView): CardElement[] {
  const last = at.page + 1 === CASE_PAGES_MAX;
  const turns = pageTurns({ page: at.page, more: more && !last }, (page) => encodeAction({ ...at, page, turn: true }));
  return [
    ...(turns.length === 0 ? [] : [hr(), ...turns]),
    ...(more && last ? [notation('后面还有，请缩短时间或换下级单位再看。')] : []),
  ];
}
