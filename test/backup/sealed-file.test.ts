import { randomBytes } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sealFile, unsealFile } from '../../src/backup/sealed-file.ts';

const KEY = Buffer.alloc(32, 7);
const facts = { madeAt: 1_764_000_000_000, chains: [{ townId: 5, seq: 12, hash: 'a'.repeat(64) }] };
const { signal } = new AbortController();

let folder: string;
const path = (name: string) => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daiban-sealed-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function sealSome(content: Buffer = Buffer.from('张三丰 13812341234 '.repeat(5000))): Promise<Buffer> {
  writeFileSync(path('plain'), content);
  await sealFile({ from: path('plain'), to: path('sealed'), dataKey: KEY, facts, signal });
  return content;
}

const unseal = (dataKey = KEY) => unsealFile({ from: path('sealed'), to: path('out'), dataKey });

describe('a sealed file', () => {
  it('gives back the very bytes and the facts, and shows nothing of the content', async () => {
    const content = await sealSome();
    const sealed = readFileSync(path('sealed'));
    expect(sealed.includes(Buffer.from('张三丰'))).toBe(false);
    expect(statSync(path('sealed')).mode & 0o077).toBe(0);
    expect(await unseal()).toMatchObject(facts);
    expect(readFileSync(path('out')).equals(content)).toBe(true);
  });

  it('can be empty, and never has the same bytes twice', async () => {
    await sealSome(Buffer.alloc(0));
    await unseal();
    expect(statSync(path('out')).size).toBe(0);
    const first = readFileSync(path('sealed'));
    rmSync(path('sealed'));
    await sealSome(Buffer.alloc(0));
    expect(readFileSync(path('sealed')).equals(first)).toBe(false);
  });

  it('says that the key is wrong, not that the file is damaged', async () => {
    await sealSome();
    await expect(unseal(Buffer.alloc(32, 8))).rejects.toMatchObject({ code: 'wrong_key' });
  });

  it('refuses every changed byte: header, body, tag', async () => {
    await sealSome(Buffer.from('short'));
    const whole = readFileSync(path('sealed'));
    for (let at = 0; at < whole.length; at++) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 1;
      writeFileSync(path('sealed'), changed);
      rmSync(path('out'), { force: true });
      await expect(unseal(), `byte ${at}`).rejects.toMatchObject({
        code: expect.stringMatching(/^(?:damaged|wrong_key|not_a_backup|newer_version)$/),
      });
    }
  });

  it('refuses a file cut off anywhere, and one with something behind it', async () => {
    await sealSome();
    const whole = readFileSync(path('sealed'));
    for (const length of [0, 7, 11, 12, 100, whole.length - 17, whole.length - 1]) {
      writeFileSync(path('sealed'), whole.subarray(0, length));
      rmSync(path('out'), { force: true });
      await expect(unseal(), `${length} bytes`).rejects.toMatchObject({
        code: expect.stringMatching(/^(?:damaged|not_a_backup)$/),
      });
    }
    writeFileSync(path('sealed'), Buffer.concat([whole, Buffer.alloc(16)]));
    rmSync(path('out'), { force: true });
    await expect(unseal()).rejects.toMatchObject({ code: 'damaged' });
  });

  it('knows a file of another kind, and one of a later version', async () => {
    writeFileSync(path('sealed'), 'SQLite format 3');
    await expect(unseal()).rejects.toMatchObject({ code: 'not_a_backup' });
    const header = Buffer.from('{"version":2}');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(header.length);
    writeFileSync(path('sealed'), Buffer.concat([Buffer.from('DAIBANBK'), length, header, Buffer.alloc(99)]));
    await expect(unseal()).rejects.toMatchObject({ code: 'newer_version' });
  });

  it('stops when told to', async () => {
    writeFileSync(path('plain'), randomBytes(1_000_000));
    const stop = AbortSignal.abort();
    const made = sealFile({ from: path('plain'), to: path('sealed'), dataKey: KEY, facts, signal: stop });
    await expect(made).rejects.toMatchObject({ code: 'stopped' });
  });

  it('does not hold a big file in memory', async () => {
    const chunk = randomBytes(1024 * 1024);
    const file = openSync(path('plain'), 'w');
    for (let written = 0; written < 96; written++) writeSync(file, chunk);
    closeSync(file);
    let peak = 0;
    const before = process.memoryUsage().rss;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss - before);
    }, 5);
    await sealFile({ from: path('plain'), to: path('sealed'), dataKey: KEY, facts, signal });
    await unseal();
    clearInterval(watch);
    expect(statSync(path('out')).size).toBe(96 * chunk.length);
    expect(peak).toBeGreaterThan(0);
    expect(peak / 1024 / 1024).toBeLessThan(90);
  });
});
