import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { type Cell, looksLikeFormula } from '../../src/sheets/xlsx/cell.ts';
import { FileTooLarge, type Sheet, writeWorkbook } from '../../src/sheets/xlsx/workbook.ts';
import { partsOf } from '../support/letters.ts';
import { at, ZONE } from '../support/office.ts';
import { readSheets } from '../support/sheets.ts';

const columns = [
  { header: '编号', width: 12 },
  { header: '时间', width: 17 },
  { header: '数', width: 8 },
  { header: '单位', width: 12 },
];

/** What Excel shows of a date. */
function wall(value: unknown): string {
  return value instanceof Date ? value.toISOString().slice(0, 19) : String(value);
}

async function* pagesOf(...pages: Cell[][][]) {
  for (const page of pages) yield page;
}

function sheetOf(pages: Sheet['pages'], name = '台账'): Sheet {
  return { name, title: '标题', note: '说明', columns, pages };
}

async function written(sheets: Sheet[], bytesMax?: number): Promise<Buffer> {
  const to = new PassThrough();
  const whole = buffer(to);
  // A file that is given up ends in an error on both sides; the writer's is the one to look at.
  whole.catch(() => undefined);
  const bytes = await writeWorkbook({ sheets, zone: ZONE, to, ...(bytesMax === undefined ? {} : { bytesMax }) });
  const content = await whole;
  expect(content.length).toBe(bytes);
  return content;
}

describe('a workbook', () => {
  it('holds texts, numbers, moments of the zone and empty cells, page after page', async () => {
    const moment = { at: at('2026-11-23T23:59:30') };
    const content = await written([
      sheetOf(pagesOf([['26-01-00001', moment, 3, '安达社区']], [['26-01-00002', null, 0.5, '安达社区']])),
      sheetOf(pagesOf(), '空'),
    ]);
    const [first, second] = await readSheets(content);
    expect(first).toMatchObject({ name: '台账', title: '标题', note: '说明', header: ['编号', '时间', '数', '单位'] });
    expect(first?.rows).toEqual([
      ['26-01-00001', expect.any(Date), 3, '安达社区'],
      ['26-01-00002', null, 0.5, '安达社区'],
    ]);
    expect(wall(first?.rows[0]?.[1])).toBe('2026-11-23T23:59:30');
    expect(second?.rows).toEqual([]);
  });

  it('keeps its header in sight, has its widths, and a type for each cell, with no formula anywhere', async () => {
    const rows: Cell[][] = [
      ['26-01-00001', { at: at('2026-11-23T12:00') }, 3, '=HYPERLINK("http://a")'],
      ['007', null, { number: 0.5, format: 'percent' }, '@SUM(A1:A9)'],
    ];
    const grouped = { ...sheetOf(pagesOf(rows)), groups: [{ header: '第一组', from: 0, to: 1 }] };
    const parts = partsOf(await written([sheetOf(pagesOf(rows)), grouped]));
    const xml = parts.get('xl/worksheets/sheet1.xml') ?? '';
    // Title, note and header are three rows; with groups the header has two.
    expect(xml).toContain('<pane ySplit="3" topLeftCell="A4" activePane="bottomLeft" state="frozen"/>');
    expect(parts.get('xl/worksheets/sheet2.xml')).toContain('<pane ySplit="4" topLeftCell="A5"');
    const widths = [...xml.matchAll(/<col min="(\d+)" max="\1" width="(\d+)" customWidth="1"\/>/g)];
    expect(widths.map(([, place, width]) => [Number(place), Number(width)])).toEqual(
      columns.map(({ width }, index) => [index + 1, width]),
    );
    const types = [...xml.matchAll(/<c r="([A-D][45])"(?: s="\d+")?(?: t="(\w+)")?(?:\/>|>(.*?)<\/c>)/g)];
    expect(
      types.map(([, place, type = 'number', inside = '']) => `${place} ${inside === '' ? 'empty' : type}`),
    ).toEqual([
      ...['A4 inlineStr', 'B4 number', 'C4 number', 'D4 inlineStr'],
      ...['A5 inlineStr', 'B5 empty', 'C5 number', 'D5 inlineStr'],
    ]);
    // A formula would stand in <f>; what looks like one is marked as quoted, and leads to no other file or program.
    for (const [path, part] of parts)
      expect([path, /<f[ >]|<hyperlink|externalLink|ddeLink/.exec(part)]).toEqual([path, null]);
    const styleOf = (place: string) => Number(new RegExp(`<c r="${place}" s="(\\d+)"`).exec(xml)?.[1]);
    const formats = /<cellXfs.*?<\/cellXfs>/s.exec(parts.get('xl/styles.xml') ?? '')?.[0].match(/<xf [^>]*>/g) ?? [];
    expect(['D4', 'D5', 'A5'].map((place) => formats[styleOf(place)]?.includes('quotePrefix="1"'))).toEqual([
      ...[true, true, false],
    ]);
  });

  it('is printed on A4 across; what would be too small to read on A3, on several pages that begin with the first column', async () => {
    const sheet = { ...sheetOf(pagesOf()), columns: Array.from({ length: 25 }, () => ({ header: '列', width: 20 })) };
    const parts = partsOf(await written([sheetOf(pagesOf(), '窄'), { ...sheet, name: '宽' }]));
    const [narrow = '', wide = ''] = [1, 2].map((n) => parts.get(`xl/worksheets/sheet${n}.xml`));
    expect(narrow).toContain('<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>');
    expect(wide).toContain('<pageSetup paperSize="8" orientation="landscape" fitToWidth="2" fitToHeight="0"/>');
    // Twelve columns stand on the first page, and with them title and note.
    expect(wide).toContain('<mergeCell ref="A1:L1"/><mergeCell ref="A2:L2"/>');
    const repeated = [...(parts.get('xl/workbook.xml') ?? '').matchAll(/<definedName [^>]*>([^<]*)</g)];
    expect(repeated.map(([, what]) => what)).toEqual(["'窄'!$3:$3", "'宽'!$A:$A,'宽'!$3:$3"]);
  });

  it('makes a row as high as its longest cell that wraps, and the others as they are', async () => {
    const wrapping = [columns[0], { header: '说明', width: 11, wraps: true as const }].flatMap((one) => one ?? []);
    const rows = [
      ['1', '短'],
      ['2', '一二三四五六七八九十一二三四五'],
    ];
    const content = await written([{ ...sheetOf(pagesOf(rows)), columns: wrapping }]);
    const xml = partsOf(content).get('xl/worksheets/sheet1.xml') ?? '';
    expect(xml).toContain('<row r="4"><c');
    // Five characters a line: three lines of 13 points each, the first in the row's own 16.
    expect(xml).toContain('<row r="5" ht="42" customHeight="1">');
  });

  it('shows every minute as that minute', async () => {
    const minutes = Array.from({ length: 1440 }, (_, minute) => at('2026-11-23T00:00') + minute * 60_000);
    const content = await written([sheetOf(pagesOf(minutes.map((minute) => [null, { at: minute }, null, null])))]);
    const [sheet] = await readSheets(content);
    const shown = sheet?.rows.map((row) => wall(row[1]));
    expect(shown).toEqual(minutes.map((minute) => new Date(minute + 8 * 3_600_000).toISOString().slice(0, 19)));
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1+1', ' =HYPERLINK("http://a")', '\u200B=1'])(
    'keeps %j a text and marks it as quoted',
    async (typed) => {
      const content = await written([sheetOf(pagesOf([[typed, null, null, typed]]))]);
      const [sheet] = await readSheets(content);
      for (const place of ['A4', 'D4']) {
        const cell = sheet?.cell(place);
        expect(cell?.formula).toBeUndefined();
        expect(cell?.type).toBe('string');
        expect(String(cell?.value)).toContain(
          typed
            .trim()
            .replace(/^\u200B/, '')
            .replace('\r', ''),
        );
      }
      expect(looksLikeFormula(typed)).toBe(true);
    },
  );

  it('leaves ordinary texts unmarked', () => {
    expect(['26-01-00001', '张**', '138****1234', '1-2', ''].filter(looksLikeFormula)).toEqual([]);
  });

  it('escapes what XML and Excel would read as something else, and drops what cannot stand in a file', async () => {
    const typed = 'a<b>&"\'c\u0007\uD800_x0041_\uFFFF 👨‍👩‍👧 ᠡᠸᠡᠩᠺᠢ\n 二行 ';
    const content = await written([sheetOf(pagesOf([[typed, null, null, typed]]))]);
    const [sheet] = await readSheets(content);
    const expected = 'a<b>&"\'c_x0041_ 👨‍👩‍👧 ᠡᠸᠡᠩᠺᠢ\n 二行 ';
    expect(sheet?.rows).toEqual([[expected, null, null, expected]]);
  });

  it('cuts a text that Excel would refuse the file for', async () => {
    const content = await written([sheetOf(pagesOf([['长'.repeat(40_000), null, null, null]]))]);
    const [sheet] = await readSheets(content);
    expect(String(sheet?.rows[0]?.[0])).toHaveLength(32_767);
  });

  it('stops when it grows too large', async () => {
    let asked = 0;
    async function* endless() {
      for (;;) {
        asked++;
        yield Array.from({ length: 100 }, () => [Math.random().toString(36).repeat(3), null, Math.random(), null]);
      }
    }
    await expect(written([sheetOf(endless())], 100_000)).rejects.toBeInstanceOf(FileTooLarge);
    expect(asked).toBeLessThan(1000);
  });

  it('fails with what its rows fail with', async () => {
    async function* failing(): AsyncGenerator<Cell[][]> {
      yield [['a', null, 1, null]];
      throw new Error('the database is gone');
    }
    await expect(written([sheetOf(failing())])).rejects.toThrow('the database is gone');
  });
});
