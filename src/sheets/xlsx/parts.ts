/** The fixed parts of an .xlsx file (ECMA-376): what belongs together, the styles, and the frame around the rows of a sheet. */
import { columnName, xmlText } from './cell.ts';

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

export interface SheetFrame {
  readonly name: string;
  readonly title: string;
  readonly note: string;
  readonly columns: readonly { readonly width: number }[];
}

/** Title, note and header stand above the rows. */
export const HEADER_ROW = 3;

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
    ['xl/styles.xml', styles()],
  ];
}

/** Everything of a sheet above its first row of data. */
export function sheetBeginning(sheet: SheetFrame, rows: { readonly header: string }): string {
  const columns = sheet.columns
    .map(({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`)
    .join('');
  const pane = `<pane ySplit="${HEADER_ROW}" topLeftCell="A${HEADER_ROW + 1}" activePane="bottomLeft" state="frozen"/>`;
  return (
    `${HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
    `<sheetViews><sheetView workbookViewId="0" showGridLines="1">${pane}</sheetView></sheetViews>` +
    `<sheetFormatPr defaultRowHeight="16"/><cols>${columns}</cols><sheetData>${rows.header}`
  );
}

/** Everything below the last row; `lastRow` counts from 1. */
export function sheetEnd(sheet: SheetFrame, lastRow: number): string {
  const last = columnName(sheet.columns.length - 1);
  return (
    `</sheetData><autoFilter ref="A${HEADER_ROW}:${last}${Math.max(lastRow, HEADER_ROW)}"/>` +
    `<mergeCells count="2"><mergeCell ref="A1:${last}1"/><mergeCell ref="A2:${last}2"/></mergeCells>` +
    '<printOptions gridLines="1"/><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>' +
    '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>'
  );
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
    .map(
      ({ name }, index) =>
        `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">'${attribute(name)}'!$${HEADER_ROW}:$${HEADER_ROW}</definedName>`,
    )
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

/** In the order of `cellStyles`. */
function styles(): string {
  const font = (size: number, extra = '') =>
    `<font>${extra}<sz val="${size}"/><name val="Microsoft YaHei"/><family val="2"/></font>`;
  const line = (side: string) => `<${side} style="thin"><color rgb="FFD0D5DD"/></${side}>`;
  const border = `<border>${['left', 'right', 'top', 'bottom'].map(line).join('')}<diagonal/></border>`;
  const style = (ids: { format?: number; font?: number; fill?: number; border?: number }, rest = '', more = '') =>
    `<xf numFmtId="${ids.format ?? 0}" fontId="${ids.font ?? 0}" fillId="${ids.fill ?? 0}" borderId="${ids.border ?? 0}" xfId="0" ` +
    `applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"${more}>${rest}</xf>`;
  const body = '<alignment vertical="center"/>';
  const centred = '<alignment horizontal="center" vertical="center" wrapText="1"/>';
  const cells = [
    style({}, body),
    style({ font: 1 }, '<alignment horizontal="center" vertical="center"/>'),
    style({ font: 2 }, '<alignment horizontal="left" vertical="center"/>'),
    style({ font: 3, fill: 2, border: 1 }, centred),
    style({ format: 164 }, '<alignment horizontal="left" vertical="center"/>'),
    style({}, body, ' quotePrefix="1"'),
  ];
  const fills = ['<patternFill patternType="none"/>', '<patternFill patternType="gray125"/>'].concat(
    '<patternFill patternType="solid"><fgColor rgb="FFE8F0FE"/><bgColor indexed="64"/></patternFill>',
  );
  const grey = '<color rgb="FF667085"/>';
  return (
    `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>` +
    `<fonts count="4">${font(10)}${font(16, '<b/>')}<font><sz val="9"/>${grey}<name val="Microsoft YaHei"/><family val="2"/></font>${font(10, '<b/>')}</fonts>` +
    `<fills count="${fills.length}">${fills.map((fill) => `<fill>${fill}</fill>`).join('')}</fills>` +
    `<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>${border}</borders>` +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    `<cellXfs count="${cells.length}">${cells.join('')}</cellXfs>` +
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
  );
}
