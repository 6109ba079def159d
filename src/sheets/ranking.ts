/** 排名 as an Excel file: the three measures side by side, each with its places and its numbers of cases. */
import { nothingWords } from '../../cards/ranking.ts';
import { rankedWords } from '../../cards/words.ts';
import { type RankedKind, type Ranking, rank, rankingsOf } from '../domain/ranking.ts';
import type { SheetOrderOf } from '../services/message/sheet-order.ts';
import { type RankRow, rankPlace, rankRows } from '../services/stats/rank.ts';
import { type Column, tableOf } from './columns.ts';
import { fileName } from './file-name.ts';
import { madeBy } from './made-by.ts';
import type { ReadPage, Workbook } from './sheet.ts';
import type { FormattedNumber } from './xlsx/cell.ts';

export async function rankingWorkbook(read: ReadPage, order: SheetOrderOf<'ranking'>): Promise<Workbook> {
  const { whom, unitId, from, to, label } = order;
  const { rows, place, made } = await read(async (ctx) => ({
    rows: await rankRows(ctx, { whom, unitId, period: { from, to } }),
    place: (await rankPlace(ctx, { whom, unitId }))?.name ?? '',
    made: await madeBy(ctx, order),
  }));
  const who = rankedWords[whom];
  const { ranked, unranked } = rank(rows, rankingsOf[whom][0]);
  const sheet = {
    ...tableOf(columnsOf(rows, whom), [...ranked.map(({ row }) => row), ...unranked]),
    name: `${who}排名`,
    title: `${place}${who}排名 ${label}`,
    note: `${made}；${from} 至 ${to}；并列的名次相同；没有件数的不参加排名。`,
  };
  return { fileName: fileName(`排名_${who}_${place}_${label}`), sheets: [sheet] };
}

/** @param rows all that are compared */
function columnsOf(rows: readonly RankRow[], whom: RankedKind): Column<RankRow>[] {
  return [
    { header: whom === 'towns' ? '单位' : rankedWords[whom], width: 20, value: ({ name }) => name },
    ...(whom === 'towns' ? [] : [{ header: '所在单位', width: 20, value: ({ unit }: RankRow) => unit }]),
    ...(whom === 'handlers' ? handledColumns(rows) : registeredColumns(rows)),
    { header: '按时办结件数', width: 14, value: ({ figures }) => figures.completedOnTime },
    { header: '超期在办件数', width: 14, value: ({ figures }) => figures.overdue },
    {
      header: '平均超期（工作日）',
      width: 20,
      value: ({ figures: { overdue, overdueDays } }) =>
        overdue === 0 ? null : { number: overdueDays / overdue, format: 'hours' },
    },
    {
      header: '按时办结率',
      width: 16,
      value: ({ figures }) => percent(figures.completedOnTime, figures.completed + figures.overdue),
    },
    placeColumn(rows, { header: '按时办结率名次', width: 18, by: 'onTime' }),
    { header: '评价件数', width: 11, value: ({ figures }) => figures.rated },
    { header: '满意件数', width: 11, value: ({ figures }) => figures.ratedSatisfied },
    { header: '满意率', width: 13, value: ({ figures }) => percent(figures.ratedSatisfied, figures.rated) },
    placeColumn(rows, { header: '满意率名次', width: 14, by: 'satisfaction' }),
  ];
}

const completedColumn: Column<RankRow> = { header: '办结件数', width: 11, value: ({ figures }) => figures.completed };

function registeredColumns(rows: readonly RankRow[]): Column<RankRow>[] {
  return [
    { header: '登记件数', width: 11, value: ({ figures }) => figures.registered },
    placeColumn(rows, { header: '办件量名次', width: 14, by: 'volume' }),
    completedColumn,
  ];
}

function handledColumns(rows: readonly RankRow[]): Column<RankRow>[] {
  return [
    completedColumn,
    placeColumn(rows, { header: '办结件数名次', width: 14, by: 'handled' }),
    { header: '退回补正次数', width: 14, value: ({ figures }) => figures.returned },
  ];
}

/** Words instead of a place for those without a case to be measured by. */
function placeColumn(
  rows: readonly RankRow[],
  { by, ...column }: { header: string; width: number; by: Ranking },
): Column<RankRow> {
  const places = new Map(rank(rows, by).ranked.map(({ row, place }) => [row, place]));
  return { ...column, value: (row) => places.get(row) ?? nothingWords(by) };
}

/** null without a case. */
function percent(part: number, whole: number): FormattedNumber | null {
  return whole === 0 ? null : { number: part / whole, format: 'percent' };
}
