/** Lists as they come out of a file, without one. */

import type { ImportTable } from '../../../src/domain/import/file.ts';
import { type ImportFile, readImportFile } from '../../../src/domain/import/file.ts';
import type { SheetTable, TableCell } from '../../../src/domain/import/table.ts';

export function sheet(name: string, rows: TableCell[][], more: Partial<SheetTable> = {}): SheetTable {
  return { name, rows, hidden: false, merges: [], hiddenRows: [], ...more };
}

/** The list in these sheets; fails when it is none. */
export function listIn(...sheets: SheetTable[]): ImportFile {
  const read = readImportFile(sheets, { rowsMax: 5000 });
  if ('problem' in read) throw new Error(read.problem);
  return read;
}

export function tablesIn(...sheets: SheetTable[]): readonly ImportTable[] {
  return listIn(...sheets).tables;
}
