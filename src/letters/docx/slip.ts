/** From what a printed paper of a case says to the bytes of a .docx file: one page of A4 in standard type. */
import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeightRule,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  type TextDirection,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
import { isVerticalScript } from '../../domain/unit.ts';
import type { Field, SlipBlock, SlipSheet } from '../slip-sheet.ts';
import { codeRun } from './code.ts';
import { fontTable } from './font-table.ts';
import { fonts, type Measures, slipMeasures, slipPage, twipsOf } from './measures.ts';
import { bodyText, headingText, noteText, run, signatureText, titleText } from './paragraphs.ts';
import { gridOf, tableOf } from './tables.ts';
import { linesOf, oneLine } from './text.ts';

type Content = Paragraph | Table;

const TEXT_WIDTH = twipsOf(slipPage.width - slipPage.left - slipPage.right);
/** Of the code, and of the column on the other side, so that the title stands in the middle. */
const SIDE_MM = 30;
const CODE_MM = 26;

const none = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const noBorders = { top: none, bottom: none, left: none, right: none } as const;

export async function writeSlip(sheet: SlipSheet): Promise<Buffer> {
  const measures = slipMeasures[sheet.type];
  const { title, code } = sheet;
  const file = new Document({
    title: `${oneLine(title)} ${oneLine(code)}`,
    creator: '代办',
    lastModifiedBy: '代办',
    styles: {
      default: { document: { run: { font: fonts.text, size: measures.text, language: { eastAsia: 'zh-CN' } } } },
    },
    sections: [
      {
        children: await contentOf(sheet, measures),
        footers: { default: footer(sheet, measures) },
        properties: {
          page: {
            size: { width: twipsOf(slipPage.width), height: twipsOf(slipPage.height) },
            margin: {
              ...{ top: twipsOf(slipPage.top), bottom: twipsOf(slipPage.bottom) },
              ...{ left: twipsOf(slipPage.left), right: twipsOf(slipPage.right) },
              ...{ header: twipsOf(10), footer: twipsOf(10) },
            },
          },
        },
      },
    ],
  });
  return Packer.toBuffer(file, false, [fontTable]);
}

async function contentOf(sheet: SlipSheet, measures: Measures): Promise<Content[]> {
  const { body, seal, signers, note } = sheet;
  return [
    await headOf(sheet, measures),
    gap(),
    ...body.flatMap((block) => blockContent(block, { sheet, measures })),
    ...signers.map((signer) => signerLine(signer, measures)),
    ...(seal ? [gap(), ...signatureText(seal, measures)] : []),
    ...noteText(note, measures),
  ];
}

/** The name in the traditional script, office and title, and the code, side by side. */
async function headOf(sheet: SlipSheet, measures: Measures): Promise<Table> {
  const { code, officeMongolian } = sheet;
  const vertical = officeMongolian !== null && isVerticalScript(officeMongolian) ? oneLine(officeMongolian) : null;
  const side = twipsOf(SIDE_MM);
  const widths = [side, TEXT_WIDTH - 2 * side, side] as const;
  const left = new TableCell({
    ...cellLook(widths[0]),
    ...(vertical === null ? {} : { textDirection: topToBottom() }),
    children: [new Paragraph({ children: vertical === null ? [] : [mongolianRun(vertical, measures.table)] })],
  });
  const middle = new TableCell({ ...cellLook(widths[1]), children: titleLines(sheet, { measures, vertical }) });
  const right = new TableCell({
    ...cellLook(widths[2]),
    children: [
      centred([await codeRun(code, Math.round((CODE_MM / 25.4) * 96))]),
      centred([run(oneLine(code), { font: fonts.number, size: measures.note })]),
    ],
  });
  return new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders: { ...noBorders, insideHorizontal: none, insideVertical: none },
    rows: [
      new TableRow({
        cantSplit: true,
        height: { value: twipsOf(SIDE_MM), rule: HeightRule.ATLEAST },
        children: [left, middle, right],
      }),
    ],
  });
}

/**
 * Lines from top to bottom, the next one to the right of the last: how the traditional Mongolian script runs. The library's list of directions
 * lacks it; the standard (ECMA-376, ST_TextDirection) has it, and the library writes the value as it is given.
 */
function topToBottom(): typeof TextDirection.TOP_TO_BOTTOM_RIGHT_TO_LEFT {
  return 'tbLrV' as string as typeof TextDirection.TOP_TO_BOTTOM_RIGHT_TO_LEFT;
}

function titleLines(
  { office, officeMongolian, title }: SlipSheet,
  { measures, vertical }: { measures: Measures; vertical: string | null },
): Paragraph[] {
  const beneath = officeMongolian !== null && vertical === null ? oneLine(officeMongolian) : null;
  return [
    centred([run(oneLine(office), { font: fonts.heading, size: measures.text })]),
    ...(beneath === null ? [] : [centred([lettersRun(beneath, measures.table)])]),
    ...titleText(title, measures),
  ];
}

/** All fonts are named: which of them counts for this script differs between programs. */
function mongolianRun(text: string, size: number): TextRun {
  const { mongolian } = fonts;
  const font = { ascii: mongolian, hAnsi: mongolian, eastAsia: mongolian, cs: mongolian };
  return new TextRun({ text, font, size, sizeComplexScript: size });
}

/** Cyrillic and Latin letters in their own width. */
function lettersRun(text: string, size: number): TextRun {
  const { letters } = fonts;
  return new TextRun({ text, font: { ascii: letters, hAnsi: letters, cs: letters, eastAsia: fonts.text }, size });
}

function blockContent(block: SlipBlock, { sheet, measures }: { sheet: SlipSheet; measures: Measures }): Content[] {
  const on = { width: TEXT_WIDTH, measures };
  switch (block.kind) {
    case 'paragraph':
      return bodyText(block.text, measures);
    case 'lead':
      return [headingText({ level: 1, text: block.text }, measures)];
    case 'table':
      return [tableOf(block, on), gap()];
    case 'fields':
      return [fieldTable(block.pairs, { perRow: sheet.type === 'large' ? 1 : 2, measures }), gap()];
  }
}

/** Pairs beside each other where there is room. */
function fieldTable(pairs: readonly Field[], on: { perRow: number; measures: Measures }): Table {
  const rows: Field[][] = [];
  for (const pair of pairs) {
    const last = rows.at(-1);
    const joins = last && !pair.wide && last.length < on.perRow && last.every(({ wide }) => !wide);
    if (joins) last.push(pair);
    else rows.push([pair]);
  }
  const label = 1.1;
  const widths = on.perRow === 1 ? [label, 4] : [label, 2, label, 2];
  const cells = rows.map((row) => fieldCells(row, on.perRow));
  return gridOf({ width: TEXT_WIDTH, widths, header: null, rows: cells }, on.measures);
}

/** The last value takes what is left of the row. */
function fieldCells(row: readonly Field[], perRow: number) {
  return row.flatMap(({ label, value }, index) => [
    { text: label, align: 'centre' as const, font: fonts.heading },
    {
      text: value,
      align: 'left' as const,
      font: fonts.text,
      span: index === row.length - 1 ? 1 + 2 * (perRow - row.length) : 1,
    },
  ]);
}

/** A line to sign on, and room for the day. */
function signerLine(signer: string, measures: Measures): Table {
  const day = '　　　年　　月　　日';
  const dayWidth = measures.text * 10 * (day.length + 0.5);
  const widths = [(TEXT_WIDTH - dayWidth) * 0.55, (TEXT_WIDTH - dayWidth) * 0.45, dayWidth].map(Math.floor);
  const line = { style: BorderStyle.SINGLE, size: 4, color: '000000' } as const;
  const texts = [`${oneLine(signer)}：`, '', day];
  return new Table({
    width: { size: widths.reduce((sum, one) => sum + one, 0), type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders: { ...noBorders, insideHorizontal: none, insideVertical: none },
    rows: [
      new TableRow({
        cantSplit: true,
        height: { value: Math.round(measures.line * 1.5), rule: HeightRule.ATLEAST },
        children: texts.map(
          (text, index) =>
            new TableCell({
              ...cellLook(widths[index] ?? 0),
              verticalAlign: VerticalAlign.BOTTOM,
              borders: index === 1 ? { ...noBorders, bottom: line } : noBorders,
              children: [
                new Paragraph({
                  alignment: index === 2 ? AlignmentType.RIGHT : AlignmentType.LEFT,
                  children: [run(text, { size: measures.table })],
                }),
              ],
            }),
        ),
      }),
    ],
  });
}

function cellLook(width: number) {
  return {
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlign.CENTER,
    borders: noBorders,
  } as const;
}

function centred(children: ParagraphChild[]): Paragraph {
  return new Paragraph({ alignment: AlignmentType.CENTER, children });
}

/** Between a table and what follows: two tables in a row would grow into one. */
function gap(): Paragraph {
  return new Paragraph({ spacing: { before: 0, after: 0, line: 120, lineRule: 'exact' }, children: [] });
}

/** Whose page it is, where one of two gets lost. */
function footer({ title, code }: SlipSheet, { note }: Measures): Footer {
  const name = `${linesOf(title).join('')} ${oneLine(code)}　第`;
  return new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [
          new TextRun({
            font: fonts.number,
            size: note,
            children: [name, PageNumber.CURRENT, '页，共', PageNumber.TOTAL_PAGES, '页'],
          }),
        ],
      }),
    ],
  });
}
