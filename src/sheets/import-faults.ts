/** The rows of a received list that cannot be taken, as they were sent, each with the reason; put right, the file may be sent again. */
import type { ImportRow, ImportTable } from '../domain/import/file.ts';
import type { Fault } from '../domain/import/plan.ts';
import { faultyList } from '../services/import/faults.ts';
import type { SheetOrderOf } from '../services/message/sheet-order.ts';
import { type Column, tableOf } from './columns.ts';
import { fileName } from './file-name.ts';
import { madeBy } from './made-by.ts';
import type { ReadPage, Workbook } from './sheet.ts';
import type { Sheet } from './xlsx/workbook.ts';

interface FaultyRow {
  readonly row: ImportRow;
  readonly reasons: readonly string[];
}

export async function importFaultsWorkbook(read: ReadPage, order: SheetOrderOf<'importFaults'>): Promise<Workbook> {
  const { list, made } = await read(async (ctx) => ({
    list: await faultyList(ctx, order),
    made: await madeBy(ctx, order),
  }));
  const tables = list?.file.tables ?? [];
  const sheets = tables.flatMap((table) => sheetOf(table, { faults: list?.faults ?? [], made }));
  const own = (list?.fileName ?? '').replace(/\.\w+$/, '');
  return { fileName: fileName(`有问题的行_${own}`), sheets: sheets.length > 0 ? sheets : [nothing(made)] };
}

/** The list was cancelled, or all of it has been put right, since the file was asked for. */
function nothing(made: string): Sheet {
  return {
    ...tableOf([{ header: '问题', width: 60, value: () => null }], []),
    name: '没有',
    title: '没有有问题的行',
    note: made,
  };
}

function sheetOf(table: ImportTable, { faults, made }: { faults: readonly Fault[]; made: string }): Sheet[] {
  const own = faults.filter(({ sheet }) => sheet === table.sheet);
  const rows = table.rows.flatMap((row) => {
    const reasons = own.filter((fault) => fault.row === row.row).map(reasonWords);
    return reasons.length === 0 ? [] : [{ row, reasons }];
  });
  if (rows.length === 0) return [];
  const sheet = {
    ...tableOf(columnsOf(table), rows),
    name: table.sheet,
    title: `有问题的行：${table.sheet}`,
    note: `${made}；共${rows.length}行。照“问题”一列改好，把这个文件直接发给我，就能接着导入。`,
  };
  return [sheet];
}

function reasonWords({ column, reason }: Fault): string {
  return column === '' ? reason : `“${column}”：${reason}`;
}

/** Those of the list, so that the file is read as it is; only what is said of each row comes first. */
function columnsOf({ labels }: ImportTable): Column<FaultyRow>[] {
  return [
    { header: '原行号', width: 8, value: ({ row }) => row.row },
    { header: '问题', width: 60, value: ({ reasons }) => reasons.join('；') },
    ...Object.entries(labels).map(([field, header]) => ({
      header,
      width: 20,
      value: ({ row }: FaultyRow) => row.cells[field] ?? null,
    })),
  ];
}
