/** What an import would do, worked out before anything is done: row by row new, changed, unchanged or wrong. */

/** A row that cannot be taken, and why. */
export interface Fault {
  readonly sheet: string;
  /** As Excel numbers it, from 1. */
  readonly row: number;
  /** The words of the column; '' for the row as a whole. */
  readonly column: string;
  readonly reason: string;
}

/** One object that would be added or changed. */
export interface Change<Values> {
  /** null: it is new. */
  readonly id: number | null;
  /** How people call it. */
  readonly name: string;
  readonly values: Values;
  /** Of what is changed: what was, and what will be. */
  readonly differences: readonly string[];
}

/** Something that is in use and does not stand in the file, not even in a row that cannot be taken. */
export interface Missing {
  readonly id: number;
  readonly name: string;
}

export interface Plan<Values> {
  readonly changes: readonly Change<Values>[];
  readonly unchanged: number;
  readonly faults: readonly Fault[];
  readonly missing: readonly Missing[];
  readonly notes: readonly string[];
}

/** `“乡镇”表第14行“所属苏木乡镇”：…` */
export function faultWords({ sheet, row, column, reason }: Fault): string {
  return `“${sheet}”表第${row}行${column === '' ? '' : `“${column}”`}：${reason}`;
}

/** `名称：甲→乙`, for each that differs. */
export function differencesOf(pairs: readonly (readonly [label: string, was: string, is: string])[]): string[] {
  return pairs
    .filter(([, was, is]) => was !== is)
    .map(([label, was, is]) => `${label}：${was || '（空）'}→${is || '（空）'}`);
}
