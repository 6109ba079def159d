/** What somebody may send as an Excel file. */
import { crc32, deflateRawSync } from 'node:zlib';
import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { inspectArchive } from '../../src/sheets/reading/archive.mjs';
import { readWorkbook } from '../../src/sheets/reading/read-workbook.ts';
import { sheetOf, workbookOf } from '../support/workbooks.ts';

const MEGABYTE = 1024 * 1024;

interface Entry {
  readonly name: string;
  readonly content: Buffer;
  /** What the archive says of its length. */
  readonly says?: number;
}

/** An archive that says of its entries what it is told to. */
function archiveOf(entries: readonly Entry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content, says = content.length } of entries) {
    const packed = deflateRawSync(content);
    const sizes = Buffer.alloc(12);
    sizes.writeUInt32LE(crc32 ? crc32(content) : 0, 0);
    sizes.writeUInt32LE(packed.length, 4);
    sizes.writeUInt32LE(says, 8);
    const local = Buffer.concat([hex('504b03041400000008000000'), hex('0000'), sizes, short(name.length), short(0)]);
    const offset = Buffer.alloc(4);
    offset.writeUInt32LE(at);
    const head = [
      hex('504b01021400140000000800'),
      hex('00000000'),
      sizes,
      short(name.length),
      Buffer.alloc(12),
      offset,
    ];
    directory.push(...head, Buffer.from(name));
    parts.push(local, Buffer.from(name), packed);
    at += local.length + name.length + packed.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, listing, end]);
}

function hex(text: string): Buffer {
  return Buffer.from(text, 'hex');
}

function short(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

const workbookPart = { name: 'xl/workbook.xml', content: Buffer.from('<workbook/>') };
const bomb = Buffer.alloc(100 * MEGABYTE);
const ordinary = () =>
  workbookOf(
    sheetOf('单位', [
      ['级别', '单位名称'],
      ['嘎查社区', '甲'],
    ]),
  );

const files: Readonly<Record<string, () => Promise<Buffer> | Buffer>> = {
  old: () => Buffer.concat([hex('d0cf11e0a1b11ae1'), Buffer.alloc(2048)]),
  encrypted: async () => {
    const sheets = [sheetOf('单位', [['级别']])];
    return Buffer.from(await writeXlsx({ sheets, encryption: { password: '123456', spinCount: 100 } }));
  },
  text: () => Buffer.from('级别,单位名称\n嘎查社区,甲\n'),
  foreign: () => archiveOf([{ name: 'word/document.xml', content: Buffer.from('<document/>') }]),
  damaged: async () => (await ordinary()).subarray(0, 900),
};

describe('what is no list', () => {
  it.each(Object.keys(files))('%s is told apart', async (problem) => {
    const content = await files[problem]?.();
    expect(await readWorkbook(content ?? Buffer.alloc(0))).toEqual({ ok: false, problem });
  });

  it('a PDF is no text, and nothing is nothing', async () => {
    expect(await readWorkbook(Buffer.from('%PDF-1.4\n'))).toEqual({ ok: false, problem: 'foreign' });
    expect(await readWorkbook(Buffer.alloc(0))).toEqual({ ok: false, problem: 'foreign' });
  });
});

describe('an archive that unpacks to more than it weighs', () => {
  it('is refused by what it says', async () => {
    const content = archiveOf([workbookPart, { name: 'xl/worksheets/sheet1.xml', content: bomb }]);
    expect(content.length).toBeLessThan(MEGABYTE);
    expect(await readWorkbook(content)).toEqual({ ok: false, problem: 'tooLarge' });
  });

  it('is refused by what it does, whatever it says', () => {
    const content = archiveOf([workbookPart, { name: 'xl/worksheets/sheet1.xml', content: bomb, says: 100 }]);
    const before = process.memoryUsage().arrayBuffers;
    expect(inspectArchive(content, { entriesMax: 10, bytesMax: MEGABYTE })).toEqual({ problem: 'tooLarge' });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20 * MEGABYTE);
  });

  it('is refused by the number of its files, and by two of one name', () => {
    const many = Array.from({ length: 11 }, (_, index) => ({ name: `xl/${index}`, content: Buffer.from('x') }));
    expect(inspectArchive(archiveOf(many), { entriesMax: 10, bytesMax: MEGABYTE })).toEqual({ problem: 'tooLarge' });
    const twice = archiveOf([workbookPart, workbookPart]);
    expect(inspectArchive(twice, { entriesMax: 10, bytesMax: MEGABYTE })).toEqual({ problem: 'damaged' });
  });
});

it('cells come as what they are, with what is merged and what is hidden', async () => {
  const content = await workbookOf(
    sheetOf(
      '单位',
      [
        ['级别', '编号'],
        ['嘎查社区', 13800000001],
        [null, new Date(Date.UTC(2026, 2, 1))],
        [true, '0471'],
      ],
      { merges: [{ startRow: 1, startCol: 0, endRow: 2, endCol: 0 }], rowDefs: new Map([[3, { hidden: true }]]) },
    ),
    sheetOf('旧表', [['级别']], { hidden: true }),
  );
  const read = await readWorkbook(content);
  expect(read.ok && read.sheets[0]).toMatchObject({
    name: '单位',
    hidden: false,
    merges: [{ top: 1, left: 0, bottom: 2, right: 0 }],
    hiddenRows: [3],
  });
  expect(read.ok && read.sheets[0]?.rows.slice(1).map((row) => row[1])).toEqual([
    13800000001,
    { date: '2026-03-01' },
    '0471',
  ]);
  expect(read.ok && read.sheets[1]?.hidden).toBe(true);
});

it('a sheet of far too many rows is read no further than is needed', async () => {
  const rows = Array.from({ length: 8_000 }, (_, index) => [`第${index}行`]);
  const read = await readWorkbook(await workbookOf(sheetOf('单位', rows)));
  expect(read.ok && read.sheets[0]?.rows.length).toBe(5001);
});
