/** Excel files as people send them, made by a writer that is not ours. */
import { type CellValue, type WriteSheet, writeXlsx } from 'hucre/xlsx';

/** One sheet, its rows from the first. */
export function sheetOf(name: string, rows: CellValue[][], more: Omit<WriteSheet, 'name' | 'rows'> = {}): WriteSheet {
  return { ...more, name, rows };
}

export async function workbookOf(...sheets: WriteSheet[]): Promise<Buffer> {
  return Buffer.from(await writeXlsx({ sheets }));
}
