/** The numbers of a statistics card as an Excel file. */
import { type FigureName, figureMeanings, figureNames, figureSpecs, figureValue } from '../../cards/figures.ts';
import { groupingWords, type StatsView } from '../../cards/stats.ts';
import { agentReads } from '../../db/repositories/agent.ts';
import type { Figures } from '../domain/figures.ts';
import type { SheetOrderOf } from '../services/message/sheet-order.ts';
import { statsScope } from '../services/stats/scope.ts';
import { viewStats } from '../services/stats/view.ts';
import { fileName } from './file-name.ts';
import { madeBy } from './made-by.ts';
import type { ReadPage, Workbook } from './sheet.ts';
import type { Cell } from './xlsx/cell.ts';
import { onePage, type Sheet } from './xlsx/workbook.ts';

export async function statsWorkbook(read: ReadPage, order: SheetOrderOf<'stats'>): Promise<Workbook> {
  const { view, made } = await read(async (ctx) => {
    const asker = await agentReads.byId(ctx.tx, order.agentId);
    if (!asker) throw new Error(`agent ${order.agentId} asked for figures and does not exist`);
    const scope = await statsScope(ctx, order.unitId);
    const view = await viewStats(ctx, { scope, period: order, by: order.by, asker });
    return { view, made: await madeBy(ctx, order) };
  });
  return { fileName: fileName(`统计_${view.unitName}_${view.periodName}`), sheets: statsSheets(view, made) };
}

/** Headline, groups and trend: everything that the card shows, and the groups it had no room for. */
export function statsSheets(view: StatsView, made: string): Sheet[] {
  const title = `${view.unitName} ${view.periodName} 统计`;
  const note = view.nothing
    ? `${made}；本期暂无办件。`
    : `${made}；怎么算见“说明”。${view.running ? '本期还没过完，上期和去年同期都只算到同一天。' : ''}`;
  const sheet = (of: Pick<Sheet, 'name' | 'columns'> & { rows: Cell[][] }): Sheet => ({
    name: of.name,
    title,
    note,
    columns: of.columns,
    pages: onePage(of.rows),
  });
  return [
    sheet({
      name: '汇总',
      columns: columnsOf(['项目', '本期', '较上期', '较去年同期']),
      rows: view.figures.map((one) => [figureSpecs[one.name].label, one.value, one.versusBefore, one.versusLastYear]),
    }),
    sheet({
      name: `按${groupingWords[view.at.by]}`,
      columns: columnsOf([groupingWords[view.at.by], ...figureNames.map(titleOf), '待接收', '办理中', '待补正']),
      rows: view.groups.map(({ name, figures }) => [
        name,
        ...figureNames.map((figure) => numberOf(figure, figures)),
        figures.waitingOpen,
        figures.acceptedOpen,
        figures.returnedOpen,
      ]),
    }),
    ...(view.trend === null
      ? []
      : [
          sheet({
            name: '走势',
            columns: columnsOf(['从这天起', '登记', '办结']),
            rows: view.trend.points.map(({ start, registered, completed }) => [start, registered, completed]),
          }),
        ]),
    sheet({
      name: '说明',
      columns: [
        { title: '项目', width: 16 },
        { title: '怎么算', width: 90 },
      ],
      rows: figureMeanings().map(({ label, meaning }) => [label, meaning]),
    }),
  ];
}

function columnsOf([first = '', ...others]: readonly string[]): Sheet['columns'] {
  return [{ title: first, width: 30 }, ...others.map((title) => ({ title, width: 16 }))];
}

function titleOf(name: FigureName): string {
  const { kind, label } = figureSpecs[name];
  return { cases: label, times: label, rate: `${label}（%）`, hours: `${label}（小时）` }[kind];
}

/** Empty where there is nothing to divide by; one decimal place, as on the card. */
function numberOf(name: FigureName, figures: Figures): number | null {
  const value = figureValue(name, figures);
  return value === undefined ? null : Math.round(value * 10) / 10;
}
