/** What the maker of an Excel file is given, and what it gives. */
import type { Reading } from '../ctx.ts';
import type { SheetName, SheetOrderOf } from '../services/message/sheet-order.ts';
import type { Sheet } from './xlsx/workbook.ts';

/** Runs `work` on one snapshot; several reads see several moments. */
export type ReadPage = <Result>(work: (ctx: Reading) => Promise<Result>) => Promise<Result>;

export interface Workbook {
  /** With its ending. */
  readonly fileName: string;
  readonly sheets: readonly Sheet[];
}

/** Reads what an order asks for. Rows of a large sheet are read when they are written, page by page. */
export type MakeWorkbook<Name extends SheetName> = (read: ReadPage, order: SheetOrderOf<Name>) => Promise<Workbook>;
