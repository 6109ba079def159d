import { type RankFigures, type Ranking, rank } from '../domain/ranking.ts';
import type { SheetOrderOf } from '../services/message/sheet-order.ts';
import { type RankRow, rankPlace, rankRows } from '../services/stats/rank.ts';
import { fileName } from './file-name.ts';
import { madeBy } from './made-by.ts';
import type { ReadPage, Workbook } from './sheet.ts';
import type { Cell } from './xlsx/cell.ts';
import { onePage } from './xlsx/workbook.ts';

/** 排名 as an Excel file: the three measures side by side, each with its places and its numbers of cases. */
export async function rankingWorkbook(read: ReadPage, order: SheetOrderOf<'ranking'>): Promise<Workbook> {
  const { whom, unitId, from, to, label } = order;
  const { rows, place, made } = await read(async (ctx) => ({
    rows: await rankRows(ctx, { whom, unitId, period: { from, to } }),
    place: (await rankPlace(ctx, { whom, unitId }))?.name ?? '',
    made: await madeBy(ctx, order),
  }));
  const who = whom === 'towns' ? '苏木乡镇' : '代办员';
  const sheet = {
    name: `${who}排名`,
    title: `${place}${who}排名 ${label}`,
    note: `${made}；${from} 至 ${to}；并列的名次相同；没有件数的不参加排名。`,
    columns: [
      { title: whom === 'towns' ? '单位' : '代办员', width: 20 },
      ...(whom === 'agents' ? [{ title: '所在单位', width: 20 }] : []),
      { title: '登记件数', width: 11 },
      { title: '办件量名次', width: 14 },
      { title: '办结件数', width: 11 },
      { title: '按时办结件数', width: 14 },
      { title: '按时办结率（%）', width: 16 },
      { title: '按时办结率名次', width: 18 },
      { title: '评价件数', width: 11 },
      { title: '满意件数', width: 11 },
      { title: '满意率（%）', width: 13 },
      { title: '满意率名次', width: 14 },
    ],
    pages: onePage(tableOf(rows, whom === 'agents')),
  };
  return { fileName: fileName(`排名_${who}_${place}_${label}`), sheets: [sheet] };
}

/** In the order of the volume; those without a case last. */
function tableOf(rows: readonly RankRow[], withUnit: boolean): Cell[][] {
  const volume = placesBy(rows, 'volume');
  const onTime = placesBy(rows, 'onTime');
  const satisfaction = placesBy(rows, 'satisfaction');
  const { ranked, unranked } = rank(rows, 'volume');
  return [...ranked.map(({ row }) => row), ...unranked].map((row) => {
    const { figures } = row;
    return [
      row.name,
      ...(withUnit ? [row.unit] : []),
      figures.registered,
      volume.get(row) ?? '本期暂无办件',
      figures.completed,
      figures.completedOnTime,
      percent(figures.completedOnTime, figures.completed),
      onTime.get(row) ?? '本期暂无办结的件',
      figures.rated,
      figures.ratedSatisfied,
      percent(figures.ratedSatisfied, figures.rated),
      satisfaction.get(row) ?? '本期暂无评价',
    ];
  });
}

function placesBy<Row extends { readonly figures: RankFigures }>(rows: readonly Row[], by: Ranking): Map<Row, number> {
  return new Map(rank(rows, by).ranked.map(({ row, place }) => [row, place]));
}

/** With one decimal, as on the card; null without a case. */
function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((1000 * part) / whole) / 10;
}
