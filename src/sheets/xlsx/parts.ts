/** The fixed parts of an .xlsx file (ECMA-376): what belongs together, and the frame around the rows of a sheet. */
import { columnName } from './cell.ts';
import { stylesXml } from './styles.ts';
import { HEAD, MAIN, xmlText } from './xml.ts';

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

export interface SheetFrame {
  readonly name: string;
  readonly title: string;
  readonly note: string;
  readonly columns: readonly { readonly width: number }[];
  /** Words above several columns, in a row of their own above the header; from and to count from 0. */
  readonly groups?: readonly HeaderGroup[] | undefined;
}

export interface HeaderGroup {
  readonly header: string;
  readonly from: number;
  readonly to: number;
}

/** Columns that stand on one printed page, in characters of the default font: more on it would be too small to read. */
const A4_WIDTH = 185;
const A3_WIDTH = 260;
/** Excel's numbers of the sizes of paper. */
const [A4, A3] = [9, 8];

interface Print {
  readonly paper: number;
  /** Pages beside each other. */
  readonly across: number;
  /** Columns on the first of them, where title and note stand. */
  readonly first: number;
}

/** On what a sheet is printed, across; the first column is repeated on each page. */
export function printOf({ columns }: Pick<SheetFrame, 'columns'>): Print {
  const whole = widthOf(columns);
  if (whole <= A4_WIDTH) return { paper: A4, across: 1, first: columns.length };
  const across = Math.ceil(whole / A3_WIDTH);
  const first = columns.findIndex((_, index) => widthOf(columns.slice(0, index + 1)) > whole / across);
  return { paper: A3, across, first: across === 1 ? columns.length : Math.max(1, first) };
}

export function widthOf(columns: SheetFrame['columns']): number {
  return columns.reduce((sum, { width }) => sum + width, 0);
}

/** Title and note stand above the header. */
export const HEADER_ROW = 3;

/** The last row of the header, above the rows of data. */
export function lastHeaderRow({ groups }: Pick<SheetFrame, 'groups'>): number {
  return groups === undefined ? HEADER_ROW : HEADER_ROW + 1;
}

/** Paths and contents of everything but the sheets. */
export function fixedParts(sheets: readonly SheetFrame[]): [path: string, xml: string][] {
  const relations = sheets
    .map((_, index) => relation(index + 1, 'worksheet', `worksheets/sheet${index + 1}.xml`))
    .concat(relation(sheets.length + 1, 'styles', 'styles.xml'));
  return [
    ['[Content_Types].xml', contentTypes(sheets.length)],
    ['_rels/.rels', relationships([relation(1, 'officeDocument', 'xl/workbook.xml')])],
    ['xl/workbook.xml', workbook(sheets)],
    ['xl/_rels/workbook.xml.rels', relationships(relations)],
    ['xl/styles.xml', stylesXml()],
  ];
}

/** Everything of a sheet above its first row of data. */
export function sheetBeginning(sheet: SheetFrame, rows: { readonly header: string }): string {
  const columns = sheet.columns
    .map(({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`)
    .join('');
  const last = lastHeaderRow(sheet);
  const pane = `<pane ySplit="${last}" topLeftCell="A${last + 1}" activePane="bottomLeft" state="frozen"/>`;
  return (
    `${HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
    `<sheetViews><sheetView workbookViewId="0" showGridLines="1">${pane}</sheetView></sheetViews>` +
    `<sheetFormatPr defaultRowHeight="16"/><cols>${columns}</cols><sheetData>${rows.header}`
  );
}

/** Everything below the last row; `lastRow` counts from 1. */
export function sheetEnd(sheet: SheetFrame, lastRow: number): string {
  const last = columnName(sheet.columns.length - 1);
  const header = lastHeaderRow(sheet);
  const { paper, across, first } = printOf(sheet);
  const titled = columnName(first - 1);
  const above = titled === 'A' ? [] : [`A1:${titled}1`, `A2:${titled}2`];
  const merged = [...above, ...headerMerges(sheet)];
  return (
    `</sheetData><autoFilter ref="A${header}:${last}${Math.max(lastRow, header)}"/>` +
    (merged.length === 0
      ? ''
      : `<mergeCells count="${merged.length}">${merged.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`) +
    '<printOptions gridLines="1"/><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>' +
    `<pageSetup paperSize="${paper}" orientation="landscape" fitToWidth="${across}" fitToHeight="0"/></worksheet>`
  );
}

/** A group reaches over its columns, every other header over both rows. */
function headerMerges({ columns, groups }: SheetFrame): string[] {
  if (groups === undefined) return [];
  const rows = [HEADER_ROW, HEADER_ROW + 1];
  const single = columns.flatMap((_, index) =>
    groups.some(({ from, to }) => index >= from && index <= to)
      ? []
      : [rows.map((row) => columnName(index) + row).join(':')],
  );
  return [
    ...groups.map(({ from, to }) => `${columnName(from)}${HEADER_ROW}:${columnName(to)}${HEADER_ROW}`),
    ...single,
  ];
}

function contentTypes(sheets: number): string {
  const override = (part: string, type: string) =>
    `<Override PartName="/xl/${part}" ContentType="${TYPE}.${type}+xml"/>`;
  const worksheets = Array.from({ length: sheets }, (_, index) =>
    override(`worksheets/sheet${index + 1}.xml`, 'worksheet'),
  ).join('');
  return (
    `${HEAD}<Types xmlns="${PACKAGE}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    `${override('workbook.xml', 'sheet.main')}${override('styles.xml', 'styles')}` +
    `${worksheets}</Types>`
  );
}

function relation(id: number, type: string, target: string): string {
  return `<Relationship Id="rId${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
}

function relationships(relations: readonly string[]): string {
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${relations.join('')}</Relationships>`;
}

function workbook(sheets: readonly SheetFrame[]): string {
  const list = sheets
    .map(({ name }, index) => `<sheet name="${attribute(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
    .join('');
  const printed = sheets
    .map((sheet, index) => {
      const own = `'${attribute(sheet.name)}'!`;
      const column = printOf(sheet).across > 1 ? `${own}$A:$A,` : '';
      const repeated = `${column}${own}$${HEADER_ROW}:$${lastHeaderRow(sheet)}`;
      return `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${repeated}</definedName>`;
    })
    .join('');
  return (
    `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${list}</sheets>` +
    `<definedNames>${printed}</definedNames></workbook>`
  );
}

/** A sheet's name: Excel allows 31 characters and none of these signs. */
function attribute(name: string): string {
  return xmlText(name.replace(/[\\/?*[\]:'"]/g, ' ').slice(0, 31));
}
