import { Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { afterEach, expect, it, vi } from 'vitest';
import { zipOf } from '../../src/sheets/xlsx/zip.ts';
import { eventually } from '../support/eventually.ts';

afterEach(() => {
  vi.useRealTimers();
});

it('begins an entry when the one before is written, and is the same for the same texts on any day', async () => {
  const archive = (day: string) => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(day) });
    const begun: string[] = [];
    async function* texts(path: string) {
      begun.push(`${path} begins`);
      for (let page = 0; page < 50; page++) yield `${path} ${page} 指纹\n`.repeat(300);
      begun.push(`${path} ends`);
    }
    const entries = ['xl/a.xml', 'xl/b.xml'].map((path) => ({ path, texts: texts(path) }));
    return { begun, bytes: buffer(zipOf(entries)) };
  };
  const [first, second] = [archive('2026-11-23'), archive('2027-02-01')];
  expect((await first.bytes).equals(await second.bytes)).toBe(true);
  expect(first.begun).toEqual(['xl/a.xml begins', 'xl/a.xml ends', 'xl/b.xml begins', 'xl/b.xml ends']);
});

it('asks for nothing more, and closes what it reads, when the target fails', async () => {
  let [asked, closed] = [0, false];
  async function* endless() {
    try {
      for (;;) yield `${asked++} ${Math.random()}`.repeat(1000);
    } finally {
      closed = true;
    }
  }
  let room = 3;
  const to = new Writable({
    write: (_chunk, _encoding, done) => done(room-- > 0 ? null : new Error('the disk is full')),
  });
  await expect(pipeline(zipOf([{ path: 'a', texts: endless() }]), to)).rejects.toThrow('the disk is full');
  await eventually(() => expect(closed).toBe(true));
  expect(asked).toBeLessThan(1000);
});
