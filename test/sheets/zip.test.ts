import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, inflateRawSync } from 'node:zlib';
import { expect, it, vi } from 'vitest';
import { type ZipEntry, zipBytes } from '../../src/sheets/xlsx/zip.ts';

async function zipped(entries: ZipEntry[]): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of zipBytes(entries)) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** As a reader finds them: by the directory at the end. Throws when it does not agree with what it points to. */
function unzipped(archive: Buffer): { path: string; text: string }[] {
  const end = archive.length - 22;
  expect(archive.readUInt32LE(end)).toBe(0x06054b50);
  let at = archive.readUInt32LE(end + 16);
  expect(at + archive.readUInt32LE(end + 12)).toBe(end);
  return Array.from({ length: archive.readUInt16LE(end + 10) }, () => {
    expect(archive.readUInt32LE(at)).toBe(0x02014b50);
    const [crc, packedBytes, bytes] = [16, 20, 24].map((offset) => archive.readUInt32LE(at + offset));
    const nameBytes = archive.readUInt16LE(at + 28);
    const path = archive.toString('utf8', at + 46, at + 46 + nameBytes);
    const local = archive.readUInt32LE(at + 42);
    at += 46 + nameBytes;
    expect(archive.readUInt32LE(local)).toBe(0x04034b50);
    expect(archive.toString('utf8', local + 30, local + 30 + nameBytes)).toBe(path);
    const begin = local + 30 + nameBytes;
    const content = inflateRawSync(archive.subarray(begin, begin + (packedBytes ?? 0)));
    expect({ crc: crc32(content), bytes: content.length }).toEqual({ crc, bytes });
    const behind = begin + (packedBytes ?? 0);
    expect([0, 4, 8, 12].map((offset) => archive.readUInt32LE(behind + offset))).toEqual([
      ...[0x08074b50, crc],
      ...[packedBytes, bytes],
    ]);
    return { path, text: content.toString('utf8') };
  });
}

/** Looks like no other, so that a buffer that is filled too early shows. */
const line = (index: number) => `${index} 指纹 ${crc32(String(index)).toString(16).repeat(9)}\n`;

it('holds every text in its order, across many buffers, and more than one file', async () => {
  const pages = Array.from({ length: 80 }, (_, page) =>
    Array.from({ length: 300 }, (_, row) => line(page * 300 + row)),
  );
  async function* slowly() {
    for (const page of pages) {
      await new Promise((resolve) => setImmediate(resolve));
      yield page;
    }
  }
  const archive = await zipped([
    { path: 'xl/a.xml', texts: [['一']] },
    { path: 'xl/b.xml', texts: slowly() },
    { path: 'xl/empty.xml', texts: [] },
  ]);
  expect(unzipped(archive)).toEqual([
    { path: 'xl/a.xml', text: '一' },
    { path: 'xl/b.xml', text: pages.flat().join('') },
    { path: 'xl/empty.xml', text: '' },
  ]);
});

it('takes texts that are longer than its buffers, between ordinary ones', async () => {
  const texts = [line(1), '长'.repeat(300_000), line(2), '更'.repeat(200_000), '长'.repeat(500_000), line(3)];
  const archive = await zipped([{ path: 'a', texts: [texts] }]);
  expect(unzipped(archive)).toEqual([{ path: 'a', text: texts.join('') }]);
});

it('asks for nothing more, and closes what it reads, when the target fails', async () => {
  let [asked, closed] = [0, false];
  async function* endless() {
    try {
      for (;;) yield [line(asked++).repeat(1000)];
    } finally {
      closed = true;
    }
  }
  let room = 3;
  const to = new Writable({
    write: (_chunk, _encoding, done) => done(room-- > 0 ? null : new Error('the disk is full')),
  });
  await expect(pipeline(zipBytes([{ path: 'a', texts: endless() }]), to)).rejects.toThrow('the disk is full');
  await vi.waitFor(() => expect(closed).toBe(true));
  expect(asked).toBeLessThan(1000);
});
