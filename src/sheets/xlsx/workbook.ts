/**
 * Writes .xlsx files row by row: pages of rows in, a file out, never more than one page and the compressor's window in memory.
 * Why no library does it: `docs/decisions/009-own-excel-library-zip.md`.
 */
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Cell, cellXml, columnName, dayNumbers, textCell } from './cell.ts';
import {
  fixedParts,
  HEADER_ROW,
  lastHeaderRow,
  printOf,
  type SheetFrame,
  sheetBeginning,
  sheetEnd,
  widthOf,
} from './parts.ts';
import { type ZipEntry, zipOf } from './zip.ts';

export interface SheetColumn {
  readonly header: string;
  /** In characters of the default font; a Chinese character takes two. */
  readonly width: number;
  /** Longer texts go on in further lines, and make their row higher. */
  readonly wraps?: true;
}

export interface Sheet extends SheetFrame {
  readonly columns: readonly SheetColumn[];
  /** Pages of rows, each row as long as `columns`. A page is turned into XML without a pause, so keep it to a few hundred rows. */
  readonly pages: AsyncIterable<readonly (readonly Cell[])[]>;
}

/** The file would be larger than allowed; writing stopped there. */
export class FileTooLarge extends Error {
  override readonly name = 'FileTooLarge';
}

/** Excel's limit, title and header included. */
const ROWS_MAX = 1_048_576;

/**
 * Writes a workbook to `to` and ends it. Returns the size in bytes. Rejects with `FileTooLarge` past `bytesMax` or Excel's rows, and with
 * whatever the pages or the target fail with.
 */
export async function writeWorkbook(workbook: {
  readonly sheets: readonly Sheet[];
  /** IANA zone in which moments are shown. */
  readonly zone: string;
  readonly to: Writable;
  readonly bytesMax?: number;
}): Promise<number> {
  const { sheets, zone, to, bytesMax = Number.POSITIVE_INFINITY } = workbook;
  const entries: ZipEntry[] = [
    ...fixedParts(sheets).map(([path, xml]) => ({ path, texts: [xml] })),
    ...sheets.map((sheet, index) => ({
      path: `xl/worksheets/sheet${index + 1}.xml`,
      texts: sheetTexts(sheet, zone),
    })),
  ];
  let bytes = 0;
  async function* counted(archive: AsyncIterable<Buffer>) {
    for await (const chunk of archive) {
      bytes += chunk.length;
      if (bytes > bytesMax) throw new FileTooLarge(`more than ${bytesMax} bytes`);
      yield chunk;
    }
  }
  await pipeline(zipOf(entries), counted, to);
  return bytes;
}

async function* sheetTexts(sheet: Sheet, zone: string): AsyncGenerator<string> {
  const { columns, title, note } = sheet;
  const names = columns.map((_, index) => columnName(index));
  const dayOf = dayNumbers(zone);
  const plain = { dayOf, wraps: false };
  const looks = columns.map(({ wraps = false }) => ({ dayOf, wraps }));
  const rowXml = (values: readonly Cell[], number: number) => {
    const cells = names.map((name, index) => cellXml(`${name}${number}`, values[index] ?? null, looks[index] ?? plain));
    const height = wrappedHeight(columns, values);
    return height > ROW_HEIGHT ? row(number, cells, height) : `<row r="${number}">${cells.join('')}</row>`;
  };
  const above = [
    row(1, [textCell('A1', title, 'title')], 28),
    row(
      2,
      [textCell('A2', note, 'note')],
      heightOf(note, { width: widthOf(columns.slice(0, printOf(sheet).first)), least: NOTE_HEIGHT }),
    ),
    ...headerRows(sheet, names),
  ];
  yield sheetBeginning(sheet, { header: above.join('') });
  let number = lastHeaderRow(sheet);
  for await (const page of sheet.pages) {
    const before = number;
    number += page.length;
    if (number > ROWS_MAX) throw new FileTooLarge(`more than ${ROWS_MAX} rows`);
    yield page.map((values, index) => rowXml(values, before + index + 1)).join('');
  }
  yield sheetEnd(sheet, number);
}

/** Where there are groups, a header that belongs to none stands in the upper row, as merged cells keep it. */
function headerRows({ columns, groups }: Sheet, names: readonly string[]): string[] {
  const headers = columns.map(({ header }) => header);
  const inRow = (number: number, words: readonly string[]) =>
    row(
      number,
      words.map((word, index) => textCell(`${names[index]}${number}`, word, 'header')),
      Math.max(
        ...words.map((word, index) => heightOf(word, { width: columns[index]?.width ?? 0, least: HEADER_HEIGHT })),
      ),
    );
  if (groups === undefined) return [inRow(HEADER_ROW, headers)];
  const groupOf = (index: number) => groups.find(({ from, to }) => index >= from && index <= to);
  const upper = headers.map((header, index) => {
    const group = groupOf(index);
    return group === undefined ? header : group.from === index ? group.header : '';
  });
  const lower = headers.map((header, index) => (groupOf(index) === undefined ? '' : header));
  return [inRow(HEADER_ROW, upper), inRow(HEADER_ROW + 1, lower)];
}

/** In points. */
const NOTE_HEIGHT = 18;
const HEADER_HEIGHT = 24;
/** As `sheetBeginning` says. */
const ROW_HEIGHT = 16;
const LINE_HEIGHT = 13;
/** Excel takes no more. */
const HEIGHT_MAX = 400;

/** Of a row of data: not every program makes a row as high as its longest cell. */
function wrappedHeight(columns: readonly SheetColumn[], values: readonly Cell[]): number {
  const heights = columns.map(({ wraps, width }, index) => {
    const value = values[index];
    return wraps && typeof value === 'string' ? heightOf(value, { width, least: ROW_HEIGHT }) : ROW_HEIGHT;
  });
  return Math.max(ROW_HEIGHT, ...heights);
}

/** Of a row whose text wraps within so many characters: merged and fixed rows do not grow by themselves. */
function heightOf(text: string, { width, least }: { width: number; least: number }): number {
  const unitsOf = (line: string) =>
    [...line].reduce((sum, sign) => sum + (sign > '\u2E7F' || '“”‘’…—'.includes(sign) ? 2 : 1), 0);
  const lines = text
    .split('\n')
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(unitsOf(line) / Math.max(1, width - 1))), 0);
  return Math.min(HEIGHT_MAX, least + Math.max(0, lines - 1) * LINE_HEIGHT);
}

function row(number: number, cells: readonly string[], height: number): string {
  return `<row r="${number}" ht="${height}" customHeight="1">${cells.join('')}</row>`;
}
