/** From an order to the file. Reads page by page, each page in a read of its own, so that nobody waits for a large file. */
import type { Card } from '../../cards/card.ts';
import { sheetTooLargeCard } from '../../cards/sheet.ts';
import { splitPeriod } from '../domain/period.ts';
import { type MadeFile, makeFile, UPLOAD_BYTES_MAX } from '../made-file.ts';
import type { SheetName, SheetOrder } from '../services/message/sheet-order.ts';
import { sheets } from './index.ts';
import type { MakeWorkbook, ReadPage } from './sheet.ts';
import { FileTooLarge, writeWorkbook } from './xlsx/workbook.ts';

/** The file of an order, or the card that is sent instead when it would be too large. The caller closes the file. */
export async function makeSheet(
  read: ReadPage,
  { order, zone }: { order: SheetOrder; zone: string },
): Promise<{ readonly file: MadeFile } | { readonly card: Card }> {
  const { fileName, sheets: pages } = await makerOf(order.name)(read, order);
  try {
    const file = await makeFile(fileName, (to) =>
      writeWorkbook({ sheets: pages, zone, to, bytesMax: UPLOAD_BYTES_MAX }),
    );
    return { file };
  } catch (error) {
    if (!(error instanceof FileTooLarge)) throw error;
    const shorter = ('from' in order ? splitPeriod(order) : []).map(({ from, to }) => `${from}..${to}`);
    return { card: sheetTooLargeCard({ fileName, shorter }) };
  }
}

/** The table pairs each name with its order; the compiler cannot follow the pairing across the look-up. */
function makerOf(name: SheetName): (read: ReadPage, order: SheetOrder) => ReturnType<MakeWorkbook<SheetName>> {
  return sheets[name] as (read: ReadPage, order: SheetOrder) => ReturnType<MakeWorkbook<SheetName>>;
}
