/** Figures of a unit and a period: the headline, charts, a table, and the ways to other figures and to the cases behind them. */
import { type FigureGroup, type Figures, isNothing } from '../src/domain/figures.ts';
import type { Grouping, Trend, TrendStep } from '../src/domain/grouping.ts';
import { local } from '../src/domain/level-names.ts';
import { type ActionValueOf, encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { BARS_MAX, barChart, lineChart, pagedTable, stackedChart } from './charts.ts';
import {
  type FigureName,
  type FigureSpec,
  figureBase,
  figureChange,
  figureNames,
  figureSpecs,
  figureText,
  figureValue,
  NO_CASES,
} from './figures.ts';
import { type Choice, menu } from './form.ts';
import { button, card, columns, cut, hr, notation, paragraph, rowsOf, tappable } from './kit.ts';

const UNITS_MAX = 22;
/** The banner's own units weigh 87 in the mean. */
const UNIT_BYTES_MEAN = 90;
const TABLE_ROWS_MAX = 100;
const PERIODS = ['今天', '本周', '本月', '上月', '本季', '今年'] as const;
const PERIODS_A_ROW = 3;
const FIGURES_A_ROW = 3;

export const groupingWords: Readonly<Record<Grouping, string>> = {
  get town() {
    return local`苏木乡镇`;
  },
  get village() {
    return local`嘎查社区`;
  },
  department: '部门',
  item: '事项',
  assist: '类型',
  way: '办理方式',
  agent: '代办员',
};
const stepWords: Readonly<Record<TrendStep, string>> = { day: '每天', week: '每周', month: '每月' };

/** What the card shows now, as its buttons carry it. */
export type StatsPlace = Pick<ActionValueOf<'stats.show'>, 'unitId' | 'period' | 'by' | 'askerId'>;

export interface StatsView {
  readonly unitName: string;
  readonly periodName: string;
  readonly at: StatsPlace;
  readonly figures: Figures;
  /** Working days by which the longest overdue case is past its promised day; null where none is. */
  readonly longestOverdue: number | null;
  /** Of errands outside of the catalogue (其他事项), which are part of `figures`. */
  readonly others: Figures;
  /** Of the period before, as far as this one has come; null where nothing had been registered by then. */
  readonly before: Figures | null;
  /** Of the same days last year, likewise. */
  readonly lastYear: Figures | null;
  /** The period is not over yet. */
  readonly running: boolean;
  /** Most registrations first. */
  readonly groups: readonly FigureGroup[];
  readonly trend: Trend | null;
  readonly groupings: readonly Grouping[];
  /** The units that can be gone to from here, this one among them. */
  readonly units: readonly Choice[];
}

/** The answer to /统计. Each choice stands right above what it changes: time and unit all of it, the grouping charts and table. */
export function statsCard(view: StatsView): Card {
  const title = `${cut(view.unitName, 20)} ${view.periodName}`;
  const above = [...scopeControls(view), ...headline(view), hr(), groupingMenu(view), ...charts(view)];
  const beneath = [hr(), ...otherControls(view)];
  return card({
    title,
    color: 'blue',
    summary: `统计：${title}`,
    elements: isNothing(view.figures)
      ? [...scopeControls(view), paragraph(emptyWords(view)), ...beneath]
      : [...above, ...groupTable(view, [...above, ...beneath]), ...beneath],
  });
}

function emptyWords(view: StatsView): string {
  return view.figures.total > 0
    ? '本期暂无办件。换个时间或单位看看。'
    : `本期暂无办件。${cut(view.unitName, 20)}还没有登记过代办件。`;
}

/** They stand below others: how long the overdue are late, what of the completed was refused, what ended otherwise than by 撤回. */
const below = ['overdueDays', 'refused', 'terminated'] as const;
type HeadlineName = Exclude<FigureName, (typeof below)[number]>;
const headlineNames = figureNames.filter((name): name is HeadlineName => !below.some((other) => other === name));

function headline(view: StatsView): CardElement[] {
  const nothingBefore = view.before === null && view.lastYear === null;
  const cells = headlineNames.map((name) => [figureCell(name, view)]);
  const running = view.running ? '本期统计到发出这张卡片时，上期和去年同期都只算到同一天。' : '';
  return [
    ...rowsOf(cells, FIGURES_A_ROW),
    ...otherErrands(view),
    notation(`点数字看是哪些件。${nothingBefore ? '以前没有登记过，没有可比的往期。' : running}`),
  ];
}

/** Apart from the catalogue's items, so that nobody takes them for those. */
function otherErrands({ others }: StatsView): CardElement[] {
  if (isNothing(others)) return [];
  const count = (name: FigureName) => figureText(name, others);
  return [
    notation(`其中其他事项（目录外）：登记${count('registered')}，办结${count('completed')}，在办${count('open')}`),
  ];
}

function figureCell(name: HeadlineName, view: StatsView): CardElement {
  const { at, figures } = view;
  const { label, list } = figureSpecs[name];
  const value = encodeAction({ ...at, action: 'stats.cases', list, page: 0 });
  return tappable(value, [
    paragraph(figureText(name, figures, 'number'), { size: 'heading', max: 20, color: 'blue' }),
    paragraph(label, { size: 'notation', max: 20 }),
    ...restsOn(name, figures),
    ...explained(name, view),
  ]);
}

/** Below the rate: beside it there is no room in a third of a phone's width. */
function restsOn(name: FigureName, figures: Figures): CardElement[] {
  const base = figureBase(name, figures);
  return figureSpecs[name].kind === 'rate' && base ? [notation(`共${base}件`)] : [];
}

function explained(name: HeadlineName, view: StatsView): CardElement[] {
  const { before, lastYear, longestOverdue, figures } = view;
  if (name === 'overdue') {
    const average = figureText('overdueDays', figures);
    return longestOverdue === null ? [] : [notation(`平均超期${average}\n最久${longestOverdue}个工作日`)];
  }
  const lines = [
    ...partWords(name, figures),
    ...(before === null && lastYear === null ? [] : [comparedWords(name, view)]),
  ];
  return lines.length === 0 ? [] : [notation(lines.join('\n'))];
}

function partWords(name: HeadlineName, figures: Figures): string[] {
  if (name === 'completed' && figures.refused > 0) return [`其中不予办理${figureText('refused', figures)}`];
  if (name === 'withdrawn' && figures.terminated > 0) return [`另有终止${figureText('terminated', figures)}`];
  return [];
}

function comparedWords(name: FigureName, { figures: now, before, lastYear }: StatsView): string {
  const versusBefore = figureChange(name, { now, before });
  const versusLastYear = figureChange(name, { now, before: lastYear });
  return `较上期 ${versusBefore}\n较去年同期 ${versusLastYear}`;
}

function charts({ groups, trend, at }: StatsView): CardElement[] {
  const word = groupingWords[at.by];
  const some = groups.filter(({ figures }) => figures.registered > 0);
  // Who has nothing is told too, as long as there is room.
  const registered = some.length === 0 ? [] : (groups.length > BARS_MAX ? some : groups).slice(0, BARS_MAX);
  const open = groups.filter((group) => group.figures.open > 0).slice(0, BARS_MAX);
  const bars = registered.map(({ name, figures }) => ({ name, value: figures.registered }));
  const stacks = open.map(({ name, figures }) => ({
    name,
    parts: [
      { name: '待接收', value: figures.waitingOpen },
      { name: '办理中', value: figures.acceptedOpen },
      { name: '暂停计时', value: figures.returnedOpen + figures.suspendedOpen },
    ],
  }));
  return [
    ...(bars.length === 0
      ? [paragraph('本期没有新登记的件。')]
      : [paragraph(`各${word}登记件数`), barChart(bars), ...moreBars(some)]),
    ...(stacks.length === 0
      ? [paragraph('期末没有在办的件。')]
      : [paragraph(`各${word}在办件数`), stackedChart(stacks)]),
    ...trendChart(trend),
  ];
}

function moreBars(all: readonly FigureGroup[]): CardElement[] {
  return all.length > BARS_MAX ? [notation(`共 ${all.length} 项，图里是前 ${BARS_MAX} 项。`)] : [];
}

function trendChart(trend: Trend | null): CardElement[] {
  if (trend === null || trend.points.length < 2) return [];
  const points = trend.points.map(({ start, registered, completed }) => ({
    name: pointName(start, trend.step),
    parts: [
      { name: '登记', value: registered },
      { name: '办结', value: completed },
    ],
  }));
  return [paragraph(`${stepWords[trend.step]}登记和办结`), lineChart(points)];
}

/** `11-23`; a month as `2026-11`. */
function pointName(start: string, step: TrendStep): string {
  return step === 'month' ? start.slice(0, 7) : start.slice(5);
}

/** The figures of a table, with titles that fit a column. */
const tableFigures: readonly (readonly [title: string, name: FigureName])[] = [
  ['登记', 'registered'],
  ['办结', 'completed'],
  ['在办', 'open'],
  ['超期', 'overdue'],
  ['按时率', 'onTime'],
  ['满意率', 'satisfied'],
  ['退回', 'returned'],
  ['接收用时', 'acceptHours'],
  ['办结用时', 'completeHours'],
];

function groupTable(view: StatsView, beside: readonly CardElement[]): CardElement[] {
  // More than these never fit; making their cells would cost more than the rest of the card.
  const rows = view.groups
    .slice(0, TABLE_ROWS_MAX)
    .map(({ name, figures }) => [name, ...tableFigures.map(([, figure]) => cell(figure, figures))]);
  if (rows.length === 0) return [];
  const titles = [groupingWords[view.at.by], ...tableFigures.map(([title]) => title)];
  const { table, left } = pagedTable({ columns: titles, rows, beside });
  const total = view.groups.length;
  const shown = rows.length - left;
  return [
    table,
    ...(shown === total ? [] : [notation(`共 ${total} 项，表里是登记最多的 ${shown} 项，全部的请点导出。`)]),
  ];
}

/** In a column the unit of a count goes without saying. */
function cell(name: FigureName, figures: FigureGroup['figures']): string | number {
  const spec: FigureSpec = figureSpecs[name];
  const value = figureValue(name, figures);
  if (value === undefined) return NO_CASES;
  if (spec.kind === 'rate') return `${(100 * value).toFixed(1)}%`;
  return spec.kind === 'hours' ? figureText(name, figures) : value;
}

function show({ at }: StatsView, over: Partial<Omit<ActionValueOf<'stats.show'>, 'v' | 'action'>>) {
  return encodeAction({ ...at, ...over, action: 'stats.show' });
}

function scopeControls(view: StatsView): CardElement[] {
  const periods = PERIODS.map((period) => ({
    weight: 1,
    elements: [button({ label: period, size: 'medium', value: show(view, { period }) })],
  }));
  return [
    columns(periods.slice(0, PERIODS_A_ROW)),
    columns(periods.slice(PERIODS_A_ROW)),
    menu({
      name: 'statsUnit',
      placeholder: '换单位',
      options: view.units,
      initial: String(view.at.unitId),
      optionsMax: UNITS_MAX,
      optionBytes: UNIT_BYTES_MEAN,
      value: show(view, { pick: 'unit' }),
    }),
    ...(view.units.length > UNITS_MAX ? [notation('还有的单位请打字，如：统计 本月 大雁镇')] : []),
  ];
}

function groupingMenu(view: StatsView): CardElement {
  return menu({
    name: 'statsBy',
    placeholder: '按什么分',
    options: view.groupings.map((by) => ({ value: by, text: `按${groupingWords[by]}分` })),
    initial: view.at.by,
    optionsMax: view.groupings.length,
    value: show(view, { pick: 'by' }),
  });
}

function otherControls({ at }: StatsView): CardElement[] {
  return [
    button({ label: '导出', value: encodeAction({ ...at, action: 'stats.export' }) }),
    button({ label: '值得看看', value: encodeAction({ ...at, action: 'stats.patterns' }) }),
    button({
      label: '数字怎么算',
      type: 'text',
      value: encodeAction({ action: 'command.run', line: '/帮助 统计' }),
    }),
  ];
}
