/** The numbers of a statistics card as an Excel file. */
import {
  type FigureName,
  figureBase,
  figureDifference,
  figureMeanings,
  figureNames,
  figureSpecs,
  figureValue,
  NO_CASES,
} from '../../cards/figures.ts';
import { groupingWords, type StatsView } from '../../cards/stats.ts';
import { personOf } from '../ctx.ts';
import { type FigureGroup, type Figures, isNothing } from '../domain/figures.ts';
import type { Trend } from '../domain/grouping.ts';
import type { SheetOrderOf } from '../services/message/sheet-order.ts';
import { staffByIds } from '../services/stand-in/running.ts';
import { statsScope } from '../services/stats/scope.ts';
import { viewStats } from '../services/stats/view.ts';
import { type Column, tableOf } from './columns.ts';
import { fileName } from './file-name.ts';
import { madeBy } from './made-by.ts';
import type { ReadPage, Workbook } from './sheet.ts';
import type { Cell, FormattedNumber } from './xlsx/cell.ts';
import type { Sheet } from './xlsx/workbook.ts';

export async function statsWorkbook(read: ReadPage, order: SheetOrderOf<'stats'>): Promise<Workbook> {
  const { view, made } = await read(async (ctx) => {
    const [asker] = await staffByIds(ctx, [order.agentId]);
    if (!asker) throw new Error(`agent ${order.agentId} asked for figures and does not exist`);
    const scope = await statsScope(ctx, order.unitId);
    const view = await viewStats(ctx, { scope, period: order, by: order.by, asker: personOf(asker) });
    return { view, made: await madeBy(ctx, order) };
  });
  return { fileName: fileName(`统计_${view.unitName}_${view.periodName}`), sheets: statsSheets(view, made) };
}

/** Headline, groups and trend: everything that the card shows, and the groups it had no room for. */
function statsSheets(view: StatsView, made: string): Sheet[] {
  const title = `${view.unitName} ${view.periodName} 统计`;
  const note = isNothing(view.figures)
    ? `${made}；本期暂无办件。`
    : `${made}；怎么算见“说明”。${view.running ? '本期还没过完，上期和去年同期都只算到同一天。' : ''}`;
  const sheet = <Row>(name: string, columns: readonly Column<Row>[], rows: readonly Row[]): Sheet => ({
    ...{ name, title, note },
    ...tableOf(columns, rows),
  });
  return [
    sheet('汇总', headlineColumns(view), figureNames),
    sheet(`按${groupingWords[view.at.by]}`, groupColumns(groupingWords[view.at.by]), view.groups),
    ...(view.trend === null ? [] : [sheet('走势', trendColumns, view.trend.points)]),
    sheet('说明', meaningColumns, figureMeanings()),
  ];
}

/** One figure a row. */
function headlineColumns({ figures, before, lastYear }: StatsView): Column<FigureName>[] {
  return [
    { header: '项目', width: 30, value: labelOf },
    { header: '本期', width: 16, value: (name) => figureCell(name, figures) ?? NO_CASES },
    { header: '按几件算', width: 12, value: (name) => figureBase(name, figures) ?? null },
    { header: '较上期', width: 18, value: (name) => changeCell(name, figures, before) },
    { header: '较去年同期', width: 18, value: (name) => changeCell(name, figures, lastYear) },
  ];
}

function groupColumns(grouping: string): Column<FigureGroup>[] {
  return [
    { header: grouping, width: 30, value: ({ name }) => name },
    ...figureNames.map((figure) => ({
      header: labelOf(figure),
      width: Math.max(10, 2 * labelOf(figure).length + 4),
      value: ({ figures }: FigureGroup) => figureCell(figure, figures),
    })),
    { header: '待接收', width: 10, value: ({ figures }) => figures.waitingOpen },
    { header: '办理中', width: 10, value: ({ figures }) => figures.acceptedOpen },
    { header: '待补正', width: 10, value: ({ figures }) => figures.returnedOpen },
    { header: '已中止', width: 10, value: ({ figures }) => figures.suspendedOpen },
  ];
}

const trendColumns: readonly Column<Trend['points'][number]>[] = [
  { header: '从这天起', width: 30, value: ({ start }) => start },
  { header: '登记', width: 16, value: ({ registered }) => registered },
  { header: '办结', width: 16, value: ({ completed }) => completed },
];

const meaningColumns: readonly Column<{ readonly label: string; readonly meaning: string }>[] = [
  { header: '项目', width: 16, value: ({ label }) => label },
  { header: '怎么算', width: 90, value: ({ meaning }) => meaning },
];

/** A percentage says itself what it is; hours do not. */
function labelOf(name: FigureName): string {
  const { kind, label } = figureSpecs[name];
  if (kind === 'days') return `${label}（工作日）`;
  return kind === 'hours' ? `${label}（小时）` : label;
}

const valueFormats = { cases: 'general', times: 'general', rate: 'percent', hours: 'hours', days: 'hours' } as const;
const changeFormats = {
  cases: 'countChange',
  times: 'countChange',
  rate: 'pointsChange',
  hours: 'hoursChange',
  days: 'hoursChange',
} as const;

/** null where there is nothing to divide by. */
function figureCell(name: FigureName, figures: Figures): FormattedNumber | null {
  const number = figureValue(name, figures);
  return number === undefined ? null : { number, format: valueFormats[figureSpecs[name].kind] };
}

/** To one decimal, so that what would be shown as no change is none. */
function changeCell(name: FigureName, now: Figures, before: Figures | null): Cell {
  const difference = before === null ? undefined : figureDifference(name, { now, before });
  if (difference === undefined) return NO_CASES;
  return { number: Math.round(10 * difference) / 10, format: changeFormats[figureSpecs[name].kind] };
}
