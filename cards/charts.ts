/** Builders for charts and tables of numbers, as `kit.ts` for the rest. Every text passes through `cut`; long data is cut to size. */
import type { CardElement } from './card.ts';
import { cut, fit } from './kit.ts';
import { CARD_BYTES_MAX, sentBytes } from './size.ts';

/** So many bars can be told apart on a phone. */
export const BARS_MAX = 10;
/** More bars lie down, and those whose names are together longer than this, each with a gap beside it. */
const UPRIGHT_MAX = 4;
const UPRIGHT_CHARACTERS_MAX = 18;
const NAME_MAX = 12;
const NAME_UNITS_MAX = 14;
const CELL_MAX = 20;
/** Of the card's bytes, for header, configuration and the request around the card. */
const AROUND_BYTES = 1_300;

/** A name as it stands beside a bar; of one made of stacked signs only the beginning. */
function shorten(name: string): string {
  return cut(fit(name, NAME_UNITS_MAX), NAME_MAX);
}

/** As they stand beside bars. Those that look the same are numbered, because a chart would draw them as one. */
function barNames(bars: readonly { readonly name: string }[]): string[] {
  const times = new Map<string, number>();
  return bars.map((bar) => {
    const name = shorten(bar.name);
    const time = (times.get(name) ?? 0) + 1;
    times.set(name, time);
    return time === 1 ? name : `${name} ${time}`;
  });
}

/** Whether upright bars would leave a phone no room for their names: those without room are not written. */
function liesDown(names: readonly string[]): boolean {
  const longest = Math.max(...names.map((name) => name.length));
  return names.length > UPRIGHT_MAX || names.length * (longest + 1) > UPRIGHT_CHARACTERS_MAX;
}

/** Axes that count cases: there are no halves. */
function wholeNumbers(lying: boolean): readonly object[] {
  return [{ orient: lying ? 'bottom' : 'left', tick: { noDecimals: true } }];
}

/** Bars that compare a few numbers. */
export function barChart(bars: readonly { readonly name: string; readonly value: number }[]): CardElement {
  const names = barNames(bars);
  const lying = liesDown(names);
  return chart(lying ? '1:1' : '4:3', {
    type: 'bar',
    data: { values: bars.map(({ value }, index) => ({ name: names[index], value })) },
    ...(lying ? { direction: 'horizontal', xField: 'value', yField: 'name' } : { xField: 'name', yField: 'value' }),
    axes: wholeNumbers(lying),
    label: { visible: true },
  });
}

/** Bars in parts, one colour for each part. */
export function stackedChart(bars: readonly { readonly name: string; readonly parts: readonly Part[] }[]): CardElement {
  const names = barNames(bars);
  const lying = liesDown(names);
  const values = bars.flatMap(({ parts }, index) =>
    parts.map((part) => ({ x: names[index], y: part.value, part: part.name })),
  );
  return chart(lying ? '1:1' : '4:3', {
    type: 'bar',
    data: { values },
    ...(lying ? { direction: 'horizontal', xField: 'y', yField: 'x' } : { xField: 'x', yField: 'y' }),
    seriesField: 'part',
    axes: wholeNumbers(lying),
    stack: true,
    legends: { visible: true, orient: 'bottom' },
  });
}

export interface Part {
  readonly name: string;
  readonly value: number;
}

/** One line for each part along the points. */
export function lineChart(points: readonly { readonly name: string; readonly parts: readonly Part[] }[]): CardElement {
  const values = points.flatMap(({ name, parts }) =>
    parts.map((part) => ({ x: shorten(name), y: part.value, part: part.name })),
  );
  return chart('4:3', {
    type: 'line',
    data: { values },
    xField: 'x',
    yField: 'y',
    seriesField: 'part',
    axes: wholeNumbers(false),
    legends: { visible: true, orient: 'bottom' },
  });
}

function chart(aspectRatio: '1:1' | '4:3', chartSpec: Readonly<Record<string, unknown>>): CardElement {
  return { tag: 'chart', aspect_ratio: aspectRatio, color_theme: 'brand', preview: false, chart_spec: chartSpec };
}

export type Cell = string | number;

interface TableSpec {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** What else stands on the card. */
  readonly beside: readonly CardElement[];
}

/**
 * A table that is turned page by page, and how many rows there was no room for beside the card's other elements. The first
 * column stays in sight.
 */
export function pagedTable(table: TableSpec): { readonly table: CardElement; readonly left: number } {
  const frame = {
    tag: 'table',
    page_size: 10,
    row_height: 'low',
    freeze_first_column: true,
    header_style: { background_style: 'grey', bold: true },
    columns: columnsOf(table),
  };
  const rows: Record<string, Cell>[] = [];
  let room = CARD_BYTES_MAX - AROUND_BYTES - sentBytes([table.beside, frame]);
  for (const cells of table.rows) {
    const row = Object.fromEntries(cells.map((cell, index) => [`c${index}`, cellOf(cell)]));
    room -= sentBytes(row);
    if (room < 0) break;
    rows.push(row);
  }
  return { table: { ...frame, rows }, left: table.rows.length - rows.length };
}

function columnsOf({ columns, rows }: TableSpec) {
  return columns.map((title, index) => ({
    name: `c${index}`,
    display_name: title,
    data_type: typeof rows[0]?.[index] === 'number' ? 'number' : 'text',
    horizontal_align: index === 0 ? 'left' : 'right',
    width: index === 0 ? '120px' : '80px',
  }));
}

function cellOf(cell: Cell): Cell {
  return typeof cell === 'number' ? cell : cut(fit(cell, CELL_MAX * 2), CELL_MAX);
}
