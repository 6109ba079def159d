/** A received list: its rows as texts under the names of fields, each with the place where it stands in the file. */

import { type FoundLayout, findLayout, type ImportKind, type NearLayout, nearestLayout } from './layout.ts';
import type { Fault } from './plan.ts';
import { headerText, readCell, type SheetTable, type TableCell, withMergedRows } from './table.ts';

/** One row of data. */
export interface ImportRow {
  /** As Excel numbers it, from 1. */
  readonly row: number;
  /** What is filled in, by field. */
  readonly cells: Readonly<Record<string, string>>;
  /** What is wrong with how a cell is stored, by field. */
  readonly problems?: Readonly<Record<string, string>>;
}

export interface ImportTable {
  readonly sheet: string;
  /** What stands above the header. */
  readonly title: string;
  /** The words of the columns that are read, by field. */
  readonly labels: Readonly<Record<string, string>>;
  readonly rows: readonly ImportRow[];
}

export interface ImportFile {
  readonly kind: ImportKind;
  readonly tables: readonly ImportTable[];
  /** What whoever sent it should know besides. */
  readonly notes: readonly string[];
}

/** A row with the table that it stands in. */
export interface PlacedRow {
  readonly table: ImportTable;
  readonly row: ImportRow;
}

export function rowsIn(tables: readonly ImportTable[]): PlacedRow[] {
  return tables.flatMap((table) => table.rows.map((row) => ({ table, row })));
}

/** What is wrong with a row; `field` names the column. */
export function faultAt({ table, row }: PlacedRow, field: string, reason: string): Fault {
  return { sheet: table.sheet, row: row.row, column: table.labels[field] ?? '', reason };
}

/** What is wrong with how its cells are stored. */
export function storedFaults(placed: PlacedRow): Fault[] {
  return Object.entries(placed.row.problems ?? {}).map(([field, reason]) => faultAt(placed, field, reason));
}

/** The rows that something is wrong with: what they name stands in the file, whether it could be taken or not. */
export function faultyRows(tables: readonly ImportTable[], faults: readonly Fault[]): PlacedRow[] {
  const places = new Set(faults.map(({ sheet, row }) => JSON.stringify([sheet, row])));
  return rowsIn(tables).filter(({ table, row }) => places.has(JSON.stringify([table.sheet, row.row])));
}

/** `“乡镇”表第14行` */
export function placeWords({ table, row }: PlacedRow): string {
  return `“${table.sheet}”表第${row.row}行`;
}

/** Several in one cell: 民政、医保 or one below the other. */
export function partsOf(text: string): string[] {
  return text.split(/[、，,;；/\n\r]+/u).flatMap((part) => part.trim() || []);
}

export interface NearSheet extends NearLayout {
  readonly name: string;
}

/** `unknown`: no sheet is a list that is known; `near`: what those of them look like that look like one. `mixed`: sheets of several kinds. `tooLong`, `empty`: of its rows. */
export type FileProblem =
  | { readonly problem: 'unknown'; readonly sheets: readonly string[]; readonly near: readonly NearSheet[] }
  | { readonly problem: 'mixed'; readonly sheets: readonly { name: string; kind: ImportKind }[] }
  | { readonly problem: 'tooLong'; readonly sheet: string }
  | { readonly problem: 'empty'; readonly kind: ImportKind };

/** @param rowsMax rows of a sheet that are read. */
export function readImportFile(
  sheets: readonly SheetTable[],
  { rowsMax }: { rowsMax: number },
): ImportFile | FileProblem {
  const visible = sheets.filter(({ hidden }) => !hidden);
  const found = visible.flatMap((sheet) => {
    const layout = findLayout(sheet.rows);
    return layout ? [{ sheet, layout }] : [];
  });
  const [first] = found;
  if (!first) return { problem: 'unknown', sheets: visible.map(({ name }) => name), near: nearSheets(visible) };
  const { kind } = first.layout;
  if (found.some(({ layout }) => layout.kind !== kind)) {
    return { problem: 'mixed', sheets: found.map(({ sheet, layout }) => ({ name: sheet.name, kind: layout.kind })) };
  }
  const long = found.find(({ sheet }) => sheet.rows.length > rowsMax);
  if (long) return { problem: 'tooLong', sheet: long.sheet.name };
  const tables = found.map(({ sheet, layout }) => ({
    sheet: sheet.name,
    title: layout.title,
    labels: layout.labels,
    rows: rowsOf(sheet, layout),
  }));
  if (tables.every(({ rows }) => rows.length === 0)) return { problem: 'empty', kind };
  return { kind, tables, notes: notesOn(sheets, found) };
}

function nearSheets(sheets: readonly SheetTable[]): NearSheet[] {
  return sheets.flatMap(({ name, rows }) => {
    const near = nearestLayout(rows);
    return near ? [{ ...near, name }] : [];
  });
}

function notesOn(
  sheets: readonly SheetTable[],
  found: readonly { sheet: SheetTable; layout: FoundLayout }[],
): string[] {
  const read = new Set(found.map(({ sheet }) => sheet));
  const unread = sheets.filter((sheet) => !read.has(sheet) && sheet.rows.length > 0);
  return [
    ...found.flatMap(({ sheet, layout }) => {
      const hidden = sheet.hiddenRows.filter((row) => row >= layout.firstRow && row < sheet.rows.length).length;
      return hidden === 0 ? [] : [`“${sheet.name}”表有${hidden}行是隐藏的，也一起读了。`];
    }),
    ...unread.map((sheet) => {
      if (sheet.hidden) return `“${sheet.name}”表是隐藏的，没有读。`;
      const near = nearestLayout(sheet.rows);
      const isSame = near !== undefined && found.some(({ layout }) => layout.kind === near.kind);
      if (isSame) return `“${sheet.name}”表的表头缺${columnWords(near.lacking)}，没有读。`;
      return `“${sheet.name}”表的表头看不出是什么，没有读。`;
    }),
  ];
}

/** `“级别”一列`, `“级别”“单位名称”这2列` */
export function columnWords(words: readonly string[]): string {
  return `${words.map((word) => `“${word}”`).join('')}${words.length === 1 ? '一列' : `这${words.length}列`}`;
}

/** Sums and explanations that stand below a list. */
const notData = /^(?:合计|总计|小计|注|备注|说明|填表说明)(?:[:：]|$)/;

function rowsOf(sheet: SheetTable, layout: FoundLayout): ImportRow[] {
  const filled = withMergedRows(sheet);
  let above: ImportRow['cells'] = {};
  return filled.flatMap((cells, index) => {
    if (index < layout.firstRow || isNoData(sheet.rows[index] ?? [])) return [];
    const read = [...layout.columns].map(
      ([field, column]) => [field, readCell(cells[column], layout.dates.includes(field))] as const,
    );
    const problems = read.flatMap(([field, cell]) => ('problem' in cell ? [[field, cell.problem] as const] : []));
    const texts = read.flatMap(([field, { text }]) => (text === '' ? [] : [[field, text] as const]));
    if (texts.length === 0 && problems.length === 0) return [];
    above = withCarried(Object.fromEntries(texts), { above, carried: layout.carried });
    return [
      {
        row: index + 1,
        cells: above,
        ...(problems.length > 0 ? { problems: Object.fromEntries(problems) } : {}),
      },
    ];
  });
}

/** What is left out is what stands above, up to the outermost that is filled in: a new town does not go on with the village above. */
function withCarried(
  own: ImportRow['cells'],
  { above, carried }: { above: ImportRow['cells']; carried: readonly string[] },
): ImportRow['cells'] {
  const first = carried.findIndex((field) => field in own);
  const outer = first === -1 ? carried : carried.slice(0, first);
  const kept = outer.flatMap((field) => (above[field] === undefined ? [] : [[field, above[field]] as const]));
  return { ...Object.fromEntries(kept), ...own };
}

function isNoData(row: readonly TableCell[]): boolean {
  const words = row.map((cell) => headerText(cell)).filter((text) => text !== '');
  return words.length === 0 || notData.test(words[0] ?? '');
}
