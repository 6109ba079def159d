/** A sheet as it was sent: cells of any kind, merged or hidden, and how a text is read from one. */
import { normalised } from '../typed.ts';

export type TableCell = string | number | boolean | { readonly date: string } | null;

/** Rows and columns count from 0, both ends included. */
export interface Merge {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export interface SheetTable {
  readonly name: string;
  /** The whole sheet is hidden. */
  readonly hidden: boolean;
  readonly rows: readonly (readonly TableCell[])[];
  readonly merges: readonly Merge[];
  /** Rows that a filter or somebody has hidden. */
  readonly hiddenRows: readonly number[];
}

/**
 * Why a file is no list. `old`: an .xls. `encrypted`: behind a password. `text`: a list saved as text (CSV). `foreign`: no workbook.
 * `tooLarge`: more than is read, or more than could be read in time. `damaged`: a workbook that cannot be read. `gone`: the platform
 * does not give it out.
 */
export type WorkbookProblem = 'old' | 'encrypted' | 'text' | 'foreign' | 'tooLarge' | 'damaged' | 'gone';

export type ReadResult =
  | { readonly ok: true; readonly sheets: readonly SheetTable[] }
  | { readonly ok: false; readonly problem: WorkbookProblem };

/** What a cell says, or what is wrong with how it is stored. */
export type CellText = { readonly text: string } | { readonly text: ''; readonly problem: string };

export const NUMBER_LOST = '这一格存成了数字，后面的位数已经丢了，请把单元格格式改成“文本”，再重新填写';

/** Excel keeps fifteen digits of a number. */
const DIGITS_KEPT = 15;

/** A cell as text: Excel keeps what looks like a number as one, whatever it means. `mayBeDay`: a day is what belongs there. */
export function readCell(cell: TableCell | undefined, mayBeDay = false): CellText {
  if (cell === null || cell === undefined) return { text: '' };
  if (typeof cell === 'string') return readText(cell);
  if (typeof cell === 'boolean') return { text: cell ? '是' : '否' };
  if (typeof cell === 'object') {
    if (mayBeDay) return { text: cell.date };
    return { text: '', problem: `这一格是日期（${cell.date}），请把单元格格式改成“文本”，再重新填写` };
  }
  if (Number.isInteger(cell) && Math.abs(cell) >= 10 ** DIGITS_KEPT) {
    return { text: '', problem: NUMBER_LOST };
  }
  return { text: String(cell) };
}

function readText(typed: string): CellText {
  const text = normalised(typed, 'NFC')
    // The vowel separator of the Mongolian script is unseen and shapes its letters.
    .replace(/[^\P{C}\s\u180e]/gu, '')
    .trim();
  if (/^#(?:REF|N\/A|VALUE|NAME|DIV\/0|NUM|NULL)[!?]?$/.test(text)) {
    return { text: '', problem: `这一格的公式出错了（${text}），请改成文字` };
  }
  return { text };
}

/** Without blanks and what stands in brackets, half-width: 人员身份（在编、聘用等） is 人员身份. */
export function headerText(cell: TableCell | undefined): string {
  return normalised(readCell(cell).text, 'NFKC')
    .replace(/\s+/gu, '')
    .replace(/\([^()]*\)?/gu, '');
}

/** The table with what a merged cell says in each of the rows that it reaches over. */
export function withMergedRows({ rows, merges }: Pick<SheetTable, 'rows' | 'merges'>): TableCell[][] {
  const filled = rows.map((row) => [...row]);
  for (const { top, left, bottom } of merges) {
    for (let row = top + 1; row <= bottom; row++) {
      const cells = filled[row];
      if (cells) cells[left] = rows[top]?.[left] ?? null;
    }
  }
  return filled;
}
