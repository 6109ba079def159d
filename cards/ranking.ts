/** Towns or agents by place, one measure at a time; the buttons change what this card shows. */
import {
  type RankedKind,
  type Ranking,
  rankedKinds,
  rankingFor,
  rankingsOf,
  type Score,
} from '../src/domain/ranking.ts';
import { encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { barChart } from './charts.ts';
import { button, card, columns, hr, notation, pageTurns, paragraph } from './kit.ts';
import { rankedWords, rankingWords, scoreWords } from './words.ts';

const ROWS_PER_PAGE = 10;
/** More names than anybody reads on a phone. */
const UNRANKED_MAX = 30;
/** Of the platform. */
const COLUMN_WEIGHT_MAX = 5;

export interface RankingView {
  readonly unitId: number;
  readonly from: string;
  readonly to: string;
  readonly whom: RankedKind;
  readonly by: Ranking;
  /** From 0. */
  readonly page: number;
  /** Area and period in words. */
  readonly title: string;
  readonly ranked: readonly {
    readonly place: number;
    readonly name: string;
    readonly unit: string;
    readonly score: Score;
    readonly returned: number;
    readonly overdue: number;
    readonly overdueDays: number;
  }[];
  /** Those without a case to be measured by. */
  readonly unranked: readonly string[];
}

type Change = Partial<Pick<RankingView, 'whom' | 'by' | 'page'>>;

/** The answer to /排名. A page beyond the last shows the last one. */
export function rankingCard(view: RankingView): Card {
  const pages = Math.max(1, Math.ceil(view.ranked.length / ROWS_PER_PAGE));
  const page = Math.min(view.page, pages - 1);
  const rows = view.ranked.slice(page * ROWS_PER_PAGE, (page + 1) * ROWS_PER_PAGE);
  return card({
    title: `${rankedWords[view.whom]}排名`,
    subtitle: view.title,
    color: 'blue',
    summary: `排名：${view.title}`,
    elements: [
      whomButtons(view),
      byButtons(view),
      ...(rows.length === 0 ? [paragraph(nothingWords(view.by))] : rankedRows(rows, view)),
      ...(rows.length > 1 ? [barChart(rows.map((row) => bar(row, view.by)))] : []),
      ...(page === pages - 1 ? unrankedLines(view) : []),
      ...pageTurns({ page, more: page + 1 < pages, pages }, (to) =>
        encodeAction({ ...valueFor(view, { page: to }), action: 'rank.show' }),
      ),
      notation(noteWords(view)),
      ...(view.ranked.length === 0 ? [] : [exportButton(view)]),
    ],
  });
}

function valueFor(view: RankingView, change: Change = {}) {
  const { unitId, from, to, whom, by, page } = { ...view, ...change };
  return { unitId, from, to, whom, by, page };
}

function whomButtons(view: RankingView): CardElement {
  return choices(
    rankedKinds.map((whom) => ({
      label: rankedWords[whom],
      chosen: view.whom === whom,
      value: valueFor(view, { whom, by: rankingFor(whom, view.by), page: 0 }),
    })),
  );
}

function byButtons(view: RankingView): CardElement {
  return choices(
    rankingsOf[view.whom].map((by) => ({
      label: rankingWords[by],
      chosen: view.by === by,
      value: valueFor(view, { by, page: 0 }),
    })),
  );
}

function choices(
  options: readonly { label: string; chosen: boolean; value: ReturnType<typeof valueFor> }[],
): CardElement {
  return columns(
    options.map(({ label, chosen, value }) => ({
      // As much room as its word needs: 按时办结率 does not fit into a third of a phone.
      weight: Math.min(COLUMN_WEIGHT_MAX, label.length),
      elements: [
        button({
          label,
          value: encodeAction({ ...value, action: 'rank.show' }),
          type: chosen ? 'primary_filled' : 'default',
          size: 'medium',
        }),
      ],
    })),
  );
}

function rankedRows(rows: RankingView['ranked'], view: RankingView): CardElement[] {
  const head = [
    { weight: 1, elements: [notation('名次')] },
    { weight: 4, elements: [notation(view.whom === 'towns' ? '单位' : rankedWords[view.whom])] },
    { weight: 3, elements: [notation(rankingWords[view.by])] },
  ];
  const lines = rows.map((row) =>
    columns([
      { weight: 1, elements: [paragraph(String(row.place))] },
      { weight: 4, elements: [paragraph(row.unit === '' ? row.name : `${row.name}（${row.unit}）`, { max: 30 })] },
      { weight: 3, elements: [paragraph(scoreWords(row.score, view.by), { max: 20 }), ...besidesLines(row, view)] },
    ]),
  );
  return [columns(head), hr(), ...lines];
}

/** How often somebody returned cases is said and gives no place: whoever returned none may have asked for too little. */
function besidesLines(row: RankingView['ranked'][number], { whom }: RankingView): CardElement[] {
  const { returned, overdue, overdueDays } = row;
  const lines = [
    ...(whom === 'handlers' && returned > 0 ? [`退回补正${returned}次`] : []),
    ...(overdue === 0 ? [] : [`超期在办${overdue}件，平均${(overdueDays / overdue).toFixed(1)}个工作日`]),
  ];
  return lines.length === 0 ? [] : [notation(lines.join('；'))];
}

function bar({ name, score }: RankingView['ranked'][number], by: Ranking) {
  const value = by === 'volume' || by === 'handled' ? score.part : Math.round((1000 * score.part) / score.whole) / 10;
  return { name, value };
}

function unrankedLines(view: RankingView): CardElement[] {
  const { unranked } = view;
  if (unranked.length === 0 || view.ranked.length === 0) return [];
  const more = unranked.length > UNRANKED_MAX ? `等${unranked.length}个` : '';
  const names = `${unranked.slice(0, UNRANKED_MAX).join('、')}${more}`;
  return [paragraph(`${nothingWords(view.by)}，不参加排名：${names}`, { color: 'grey', max: 400 })];
}

export function nothingWords(by: Ranking): string {
  return {
    volume: '本期暂无办件',
    handled: '本期暂无办结',
    onTime: '本期暂无办结和超期的件',
    satisfaction: '本期暂无评价',
  }[by];
}

function noteWords({ whom, by }: RankingView): string {
  const measure = {
    volume: '按本期登记的件数',
    handled: '按本期办结的件数，当场办结的也算',
    onTime: '按时办结率＝本期按时办结÷（本期办结＋超期在办），括号里是两项合计',
    satisfaction: '满意率＝非常满意和满意÷本期评价，括号里是评价件数',
  }[by];
  return `${whoseWords[whom]}${measure}。并列的名次相同。`;
}

/** Whose a case is in each ranking. */
const whoseWords: Readonly<Record<RankedKind, string>> = {
  towns: '',
  agents: '代办员算自己登记的件，不管后来谁办理。',
  handlers: '经办人算自己办结的件，超期在办算现在在谁手里。',
};

function exportButton(view: RankingView): CardElement {
  return button({ label: '导出', value: encodeAction({ ...valueFor(view), action: 'rank.export' }) });
}
