/** From an order to the file. Reads page by page, each page in a read of its own, so that nobody waits for a large file. */
import type { Card } from '../../../cards/card.ts';
import { sheetTooLargeCard } from '../../../cards/sheet.ts';
import type { Reading } from '../../ctx.ts';
import { splitPeriod } from '../../domain/period.ts';
import { ledgerWorkbook } from '../ledger/workbook.ts';
import { rankingWorkbook } from '../stats/ranking-workbook.ts';
import { statsWorkbook } from '../stats/workbook.ts';
import { type MadeFile, makeWorkbookFile } from './file.ts';
import type { SheetOrder, SheetOrderOf } from './order.ts';
import { FileTooLarge, type Sheet } from './workbook.ts';

/** Runs `work` on one snapshot; several reads see several moments. */
export type ReadPage = <Result>(work: (ctx: Reading) => Promise<Result>) => Promise<Result>;

export interface Workbook {
  /** With its ending. */
  readonly fileName: string;
  readonly sheets: readonly Sheet[];
}

const workbooks: {
  readonly [Name in SheetOrder['name']]: (read: ReadPage, order: SheetOrderOf<Name>) => Promise<Workbook>;
} = {
  ledger: ledgerWorkbook,
  stats: statsWorkbook,
  ranking: rankingWorkbook,
};

/** The file of an order, or the card that is sent instead when it would be too large. The caller closes the file. */
export async function makeSheet(
  read: ReadPage,
  of: { order: SheetOrder; zone: string },
): Promise<{ readonly file: MadeFile } | { readonly card: Card }> {
  const { order, zone } = of;
  const { fileName, sheets } = await workbookOf(read, order);
  try {
    return { file: await makeWorkbookFile({ name: fileName, sheets, zone }) };
  } catch (error) {
    if (!(error instanceof FileTooLarge)) throw error;
    return {
      card: sheetTooLargeCard({ fileName, shorter: splitPeriod(order).map(({ from, to }) => `${from}..${to}`) }),
    };
  }
}

function workbookOf(read: ReadPage, order: SheetOrder): Promise<Workbook> {
  // The table pairs each name with its order; the compiler cannot follow the pairing across the look-up.
  const make = workbooks[order.name] as (read: ReadPage, order: SheetOrder) => Promise<Workbook>;
  return make(read, order);
}
