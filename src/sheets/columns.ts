/** The columns of a sheet, each with what it shows: whoever adds one adds it in one place. */
import type { Cell, Moment } from './xlsx/cell.ts';
import type { Sheet, SheetColumn } from './xlsx/workbook.ts';

export interface Column<Row> extends SheetColumn {
  readonly value: (row: Row) => Cell;
}

export function cellsOf<Row>(columns: readonly Column<Row>[], row: Row): Cell[] {
  return columns.map((column) => column.value(row));
}

/** A table that is small and at hand. */
export function tableOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Pick<Sheet, 'columns' | 'pages'> {
  return { columns, pages: onePage(rows.map((row) => cellsOf(columns, row))) };
}

/** @param at milliseconds since the epoch; null is an empty cell. */
export function moment(at: number | null): Moment | null {
  return at === null ? null : { at };
}

async function* onePage(rows: readonly (readonly Cell[])[]): Sheet['pages'] {
  yield rows;
}
