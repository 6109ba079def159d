import { AlignmentType, Paragraph, Table, TableCell, TableLayoutType, TableRow, VerticalAlign, WidthType } from 'docx';
import type { Form, Table as TableBlock } from '../document.ts';
import { fonts, type Measures } from './measures.ts';
import { run } from './paragraphs.ts';
import { linesOf } from './text.ts';

/** A row with a longer text may be torn between two pages: one that is taller than a page would lose its end. */
const KEPT_TOGETHER_MAX = 300;

interface Cell {
  readonly text: string;
  readonly align: 'left' | 'centre';
  readonly font: string;
  /** How many columns it takes; one unless said otherwise. */
  readonly span?: number;
}

interface Grid {
  /** Twips. */
  readonly width: number;
  /** Relative to each other. */
  readonly widths: readonly number[];
  readonly header: readonly Cell[] | null;
  readonly rows: readonly (readonly Cell[])[];
}

/** @param width of the text on the page, twips */
export function tableOf(block: TableBlock, { width, measures }: { width: number; measures: Measures }): Table {
  const { columns } = block;
  const cellAt = (row: readonly string[], index: number): Cell => {
    const align = columns[index]?.align ?? 'centre';
    return { text: row[index] ?? '', align, font: fonts.text };
  };
  return gridOf(
    {
      width,
      widths: columns.map((column) => column.width),
      header: columns.map(({ header }) => ({ text: header, align: 'centre', font: fonts.heading })),
      rows: block.rows.map((row) => columns.map((_, index) => cellAt(row, index))),
    },
    measures,
  );
}

export function formOf(block: Form, { width, measures }: { width: number; measures: Measures }): Table {
  const rows = block.pairs.map(({ label, value }): Cell[] => [
    { text: label, align: 'centre', font: fonts.heading },
    { text: value, align: 'left', font: fonts.text },
  ]);
  return gridOf({ width, widths: [1, 3], header: null, rows }, measures);
}

export function gridOf({ width, widths, header, rows }: Grid, measures: Measures): Table {
  const sum = widths.reduce((total, one) => total + one, 0);
  const columnWidths = widths.map((one) => Math.floor((width * one) / sum));
  const rowOf = (cells: readonly Cell[], tableHeader: boolean) =>
    new TableRow({
      ...(tableHeader ? { tableHeader } : {}),
      ...(cells.every(({ text }) => text.length <= KEPT_TOGETHER_MAX) ? { cantSplit: true } : {}),
      children: cells.map((cell, index) => {
        const first = cells.slice(0, index).reduce((count, { span = 1 }) => count + span, 0);
        const spanned = columnWidths.slice(first, first + (cell.span ?? 1));
        return cellOf(cell, { width: spanned.reduce((total, one) => total + one, 0), measures });
      }),
    });
  return new Table({
    width: { size: columnWidths.reduce((total, one) => total + one, 0), type: WidthType.DXA },
    columnWidths,
    layout: TableLayoutType.FIXED,
    alignment: AlignmentType.CENTER,
    rows: [...(header ? [rowOf(header, true)] : []), ...rows.map((row) => rowOf(row, false))],
  });
}

function cellOf(cell: Cell, { width, measures }: { width: number; measures: Measures }): TableCell {
  const alignment = cell.align === 'left' ? AlignmentType.LEFT : AlignmentType.CENTER;
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    ...(cell.span === undefined || cell.span === 1 ? {} : { columnSpan: cell.span }),
    verticalAlign: VerticalAlign.CENTER,
    margins: { top: 40, bottom: 40, left: 80, right: 80 },
    children: linesOf(cell.text).map(
      (line) => new Paragraph({ alignment, children: [run(line, { font: cell.font, size: measures.table })] }),
    ),
  });
}
