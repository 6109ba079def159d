/** 值得看看: what stands out in a unit's cases, for its managers alone. It asks, and accuses nobody. */
import {
  AT_ONCE_MS,
  COMPLETED_WITHIN_MS,
  type PatternKind,
  patternKinds,
  type RectificationCount,
} from '../src/domain/patterns.ts';
import { dayPeriod } from '../src/domain/period.ts';
import { encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { bold, button, card, cut, facts, hr, notation, paragraph } from './kit.ts';

export interface PatternLine {
  readonly kind: PatternKind;
  readonly count: number;
  /** Whom to ask; null where it is nobody's in particular. */
  readonly who: string | null;
  /** The first of them. */
  readonly cases: readonly { readonly caseId: number; readonly caseNumber: string }[];
}

export interface PatternsView {
  readonly unitName: string;
  /** YYYY-MM-DD, both included. */
  readonly from: string;
  readonly to: string;
  readonly rectification: RectificationCount;
  readonly patterns: readonly PatternLine[];
  /** How many are not shown. */
  readonly more: number;
}

const LINES_MAX = 12;
const SECONDS = 1000;

const headings: Readonly<Record<PatternKind, string>> = {
  samePhone: '同一个电话，几位申请人',
  ratedAtOnce: `${AT_ONCE_MS / SECONDS}秒内写了几件评价`,
  ownVisits: '回访都由经办人本人做',
  completedAtOnce: `接收后${COMPLETED_WITHIN_MS / SECONDS}秒内办结`,
};

function lineWords({ kind, count, who }: PatternLine): string {
  const name = who === null ? '' : cut(who, 10);
  switch (kind) {
    case 'samePhone':
      return `${count}位申请人留的是同一个电话`;
    case 'ratedAtOnce':
      return `${name}一次写了${count}件评价`;
    case 'ownVisits':
      return `${name}经办的${count}件，回访都是本人做的`;
    case 'completedAtOnce':
      return `${name}有${count}件`;
  }
}

export function patternsCard(view: PatternsView): Card {
  const { unitName, from, to, rectification, patterns, more } = view;
  const shown = patterns.slice(0, LINES_MAX);
  const { bad, rectified, late } = rectification;
  const done = bad === 0 ? '没有' : `${bad}件，已整改${rectified}件${late > 0 ? `，过了期限没整改${late}件` : ''}`;
  return card({
    title: '值得看看',
    subtitle: `${cut(unitName, 30)} ${dayPeriod(from).label}至${dayPeriod(to).label}`,
    color: 'blue',
    summary: '值得看看',
    elements: [
      ...facts([{ label: '不满意件', value: done }]),
      ...(shown.length === 0 ? [paragraph('没有特别的情况。')] : [paragraph('下面的情况可能有正常原因，请了解情况。')]),
      ...patternKinds.flatMap((kind) =>
        section(
          kind,
          shown.filter((line) => line.kind === kind),
        ),
      ),
      ...(more > 0 ? [notation(`还有${more}条没有列出。`)] : []),
      hr(),
      notation('只有管理员看得到。最多看31天；电话只比对，不显示。'),
    ],
  });
}

function section(kind: PatternKind, lines: readonly PatternLine[]): CardElement[] {
  if (lines.length === 0) return [];
  return [
    hr(),
    bold(headings[kind]),
    ...lines.flatMap((line) => [
      paragraph(lineWords(line)),
      ...line.cases.slice(0, 3).map(({ caseId, caseNumber }) =>
        button({
          label: `打开 ${cut(caseNumber, 20)}`,
          value: encodeAction({ action: 'case.open', caseId }),
        }),
      ),
    ]),
  ];
}
