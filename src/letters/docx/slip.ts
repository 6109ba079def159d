/** From what a printed paper of a case says to the bytes of a .docx file: one page of A4 in standard type. */
import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeightRule,
  LeaderType,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  type TextDirection,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
import type { Field, SlipBlock, SlipSheet } from '../slip-sheet.ts';
import { codeRun } from './code.ts';
import { fontTable } from './font-table.ts';
import { fonts, type Measures, slipMeasures, slipPage, twipsOf } from './measures.ts';
import { bodyText, headingText, run, signatureText, titleText } from './paragraphs.ts';
import { gridOf, tableOf } from './tables.ts';
import { linesOf, oneLine } from './text.ts';

type Content = Paragraph | Table;

const TEXT_WIDTH = twipsOf(slipPage.width - slipPage.left - slipPage.right);
/** Of the code, and of the column on the other side, so that the title stands in the middle. */
const SIDE_MM = 30;
const CODE_MM = 26;
/** 五号 less a little: the number stays in one line below the code. */
const CODE_TEXT = 20;

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
  const { body, seal, signers } = sheet;
  return [
    await headOf(sheet, measures),
    gap(),
    ...body.flatMap((block, index) => blockContent(block, { measures, last: index === body.length - 1 })),
    gap(),
    ...signers.flatMap((signer) => [...signerLine(signer, { type: sheet.type, measures }), gap()]),
    ...(seal ? signatureText(seal, measures) : []),
  ];
}

/** The name in the traditional script, office and title, and the code, side by side. */
async function headOf(sheet: SlipSheet, measures: Measures): Promise<Table> {
  const { code, officeMongolian } = sheet;
  const vertical = officeMongolian?.vertical ? oneLine(officeMongolian.text) : null;
  const side = twipsOf(SIDE_MM);
  const widths = [side, TEXT_WIDTH - 2 * side, side] as const;
  const left = new TableCell({
    ...cellLook(widths[0]),
    ...(vertical === null ? {} : { textDirection: topToBottom() }),
    children: [new Paragraph({ children: vertical === null ? [] : [mongolianRun(vertical, measures.table)] })],
  });
  const middle = new TableCell({ ...cellLook(widths[1]), children: titleLines(sheet, measures) });
  const right = new TableCell({
    ...cellLook(widths[2]),
    children: [
      centred([await codeRun(code, Math.round((CODE_MM / 25.4) * 96))]),
      centred([run(oneLine(code), { font: fonts.number, size: CODE_TEXT })]),
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

function titleLines({ office, officeMongolian, title }: SlipSheet, measures: Measures): Paragraph[] {
  const beneath = officeMongolian && !officeMongolian.vertical ? oneLine(officeMongolian.text) : null;
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

function blockContent(block: SlipBlock, { measures, last }: { measures: Measures; last: boolean }): Content[] {
  const on = { width: TEXT_WIDTH, measures };
  switch (block.kind) {
    case 'paragraph':
      return bodyText(block.text, measures, last ? { keepNext: true, keepLines: true } : {});
    case 'lead':
      return [headingText({ level: 1, text: block.text }, measures)];
    case 'table':
      return [tableOf(block, on), gap()];
    case 'fields':
      return [fieldTable(block.pairs, measures), gap()];
  }
}

/** Pairs beside each other where there is room. */
function fieldTable(pairs: readonly Field[], measures: Measures): Table {
  const rows: Field[][] = [];
  for (const pair of pairs) {
    const last = rows.at(-1);
    const joins = last?.length === 1 && !pair.wide && last.every(({ wide }) => !wide);
    if (joins) last.push(pair);
    else rows.push([pair]);
  }
  return gridOf({ width: TEXT_WIDTH, widths: [1.1, 2, 1.1, 2], header: null, rows: rows.map(fieldCells) }, measures);
}

/** The last value takes what is left of the row. */
function fieldCells(row: readonly Field[]) {
  return row.flatMap(({ label, value }) => [
    { text: label, align: 'centre' as const, font: fonts.heading },
    {
      text: value,
      align: 'left' as const,
      font: fonts.text,
      span: row.length === 1 ? 3 : 1,
    },
  ]);
}

/**
 * A line to sign on, and room for the day; in large type below what it is for. Kept with what follows: a page of signatures alone could belong
 * to any paper. Drawn by tabs, not in a table: LibreOffice keeps no table with what follows it.
 */
function signerLine(signer: string, { type, measures }: { type: SlipSheet['type']; measures: Measures }): Paragraph[] {
  const label = `${oneLine(signer)}：`;
  const day = '　　　年　　月　　日';
  const dayBegins = Math.floor(TEXT_WIDTH - measures.table * 10 * day.length);
  const line = { type: TabStopType.LEFT, position: dayBegins, leader: LeaderType.UNDERSCORE };
  const text = (words: string) => run(words, { size: measures.table });
  const tab = () => new TextRun({ text: '\t', size: measures.table });
  const look = { keepNext: true, spacing: { before: Math.round(measures.line * 0.6) } };
  if (type === 'large') {
    return [
      new Paragraph({ keepNext: true, children: [text(label)] }),
      new Paragraph({ ...look, tabStops: [line], children: [tab(), text(day)] }),
    ];
  }
  const lineBegins = { type: TabStopType.LEFT, position: Math.floor(dayBegins * 0.6) };
  return [new Paragraph({ ...look, tabStops: [lineBegins, line], children: [text(label), tab(), tab(), text(day)] })];
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
  return new Paragraph({
    keepNext: true,
    spacing: { before: 0, after: 0, line: 120, lineRule: 'exact' },
    children: [],
  });
}

/** What made the file, and whose page it is, where one of two gets lost. */
function footer({ title, code, note }: SlipSheet, { note: size }: Measures): Footer {
  const name = `${linesOf(title).join('')} ${oneLine(code)}　第`;
  return new Footer({
    children: [
      centred([run(oneLine(note), { font: fonts.number, size, color: '595959' })]),
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [
          new TextRun({
            font: fonts.number,
            size,
            children: [name, PageNumber.CURRENT, '页，共', PageNumber.TOTAL_PAGES, '页'],
          }),
        ],
      }),
    ],
  });
}
