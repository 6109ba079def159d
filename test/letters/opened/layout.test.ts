/** Word files as an office program lays them out, which the tests of their tags cannot say. */
import { beforeAll, expect, it } from 'vitest';
import { type Block, paragraph } from '../../../src/letters/document.ts';
import { writeLetter } from '../../../src/letters/docx/write.ts';
import { bare, full } from '../support.ts';
import { footOf, type OpenedLetter, openLetters } from './libre-office.ts';

const A4 = [595, 842];
const ROWS = 100;
const TYPED = `${'长'.repeat(50_000)}完`;

let opened: Record<'whole' | 'lines' | 'table' | 'torn', OpenedLetter>;
beforeAll(async () => {
  const tableOf = (rows: string[]): Block => {
    return { kind: 'table', columns: [{ header: '表头', width: 1 }], rows: rows.map((row) => [row]) };
  };
  const rows = Array.from({ length: ROWS }, (_, index) => `第${index + 1}行`);
  opened = await openLetters({
    whole: await writeLetter(full),
    lines: await writeLetter({ ...bare, body: [paragraph('字'.repeat(25 + 27 * 30))] }),
    table: await writeLetter({ ...bare, body: [tableOf(rows)] }),
    torn: await writeLetter({ ...bare, body: [tableOf([TYPED])] }),
  });
});

const withoutBlanks = ({ pages }: OpenedLetter) => pages.map((page) => page.replaceAll(/ /g, ''));

it('a letter opens with its annexes on pages of their own, numbered on the outer side', () => {
  const { pages, sizes } = opened.whole;
  expect(sizes).toEqual([A4, A4, [842, 595], A4]);
  expect(pages.map(footOf)).toEqual([
    ['—1—', 'right'],
    ['—2—', 'left'],
    ['—3—', 'right'],
    ['—4—', 'left'],
  ]);
  const begins = withoutBlanks(opened.whole).map((page) => page.trimStart());
  expect(begins[0]).toContain('各苏木乡镇人民政府，旗直各部门：');
  expect(begins[2]).toMatch(/^附件1\s+得分表/);
  expect(begins[3]).toMatch(/^附件2\s+计分办法/);
});

it('a line has 27 signs, the first 25; a page has 22 lines', () => {
  const pages = opened.lines.pages.map((page) => page.split('\n').filter((line) => line.includes('字')));
  const [first, second] = pages;
  expect(first?.slice(0, 2).map((line) => line.trim().length)).toEqual([25, 27]);
  // The title takes two lines, 36 points and an empty one.
  expect(first).toHaveLength(20);
  expect(second).toHaveLength(31 - 20);
});

it('a table of a hundred rows has its header on each of its pages', () => {
  const pages = withoutBlanks(opened.table).filter((page) => page.includes('第'));
  expect(pages.length).toBeGreaterThan(2);
  expect(pages.every((page) => page.includes('表头'))).toBe(true);
  expect(pages.join('').match(/第\d+行/g)).toHaveLength(ROWS);
});

it('150 kB in one cell go over many pages and lose nothing', () => {
  const text = withoutBlanks(opened.torn).join('');
  expect(text.match(/长/g)).toHaveLength(50_000);
  expect(text).toContain('完');
});
