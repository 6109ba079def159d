/** docs/RULES.md read as data: one row of a table for each rule. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './imports.ts';

/** A name in a file of ours, and what it is said to be worth. */
export interface CitedName {
  /** `stepRules.accept` */
  readonly name: string;
  /** `10分钟` of `` `UNDO_MS`＝10分钟 ``; undefined where nothing is said. */
  readonly value: string | undefined;
}

export interface CitedCode {
  readonly path: string;
  readonly names: readonly CitedName[];
}

export interface CitedTest {
  readonly path: string;
  readonly titles: readonly string[];
}

export interface Rule {
  readonly number: number;
  readonly rule: string;
  readonly source: string;
  readonly code: readonly CitedCode[];
  readonly tests: readonly CitedTest[];
}

export const rulesPage = readFileSync(join(root, 'docs/RULES.md'), 'utf8');

/** The cells of a row of a table, without the bars around them. */
export function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

/** Each path with the names that follow it. */
function codeIn(cell: string): CitedCode[] {
  const found: { path: string; names: CitedName[] }[] = [];
  for (const [, quoted = '', value] of cell.matchAll(/`([^`]+)`(?:＝([^\s、；]+))?/g)) {
    if (quoted.includes('/')) found.push({ path: quoted, names: [] });
    else found.at(-1)?.names.push({ name: quoted, value });
  }
  return found;
}

/** Each path with the titles that follow it: `path` “title”“another”. */
export function testsIn(cell: string): CitedTest[] {
  const found: { path: string; titles: string[] }[] = [];
  for (const [, path, title] of cell.matchAll(/`([^`]+)`|“([^”]+)”/g)) {
    if (path !== undefined) found.push({ path, titles: [] });
    else if (title !== undefined) found.at(-1)?.titles.push(title);
  }
  return found;
}

export const rules: readonly Rule[] = rulesPage
  .split('\n')
  .filter((line) => /^\| \d+ \|/.test(line))
  .map((line) => {
    const [number = '', rule = '', source = '', code = '', tests = ''] = cellsOf(line);
    return { number: Number(number), rule, source, code: codeIn(code), tests: testsIn(tests) };
  });

/** The rows of the tables in a page's section of that heading, cell by cell, without their heads. */
export function tableUnder(heading: string, page = rulesPage): string[][] {
  const [, section = ''] = page.split(`\n## ${heading}\n`);
  const lines = (section.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| '));
  return lines.slice(2).map(cellsOf);
}

/** Does the file call a test, or a group of them, so? */
export function isTitleIn(source: string, title: string): boolean {
  return ["'", '"', '`'].some((quote) => {
    const at = source.indexOf(`${quote}${title}${quote},`);
    return at !== -1 && /\(\s*$/.test(source.slice(0, at));
  });
}
