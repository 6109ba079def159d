/** How much is taken of one case, how large a picture may be, and how often a file is tried for. */
import { deflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaseRow } from '../../db/repositories/case.ts';
import { fetchAgainAfterMs } from '../../src/domain/paper.ts';
import { LarkError } from '../../src/lark/port.ts';
import { preparePaper } from '../../src/papers/prepare.ts';
import { wordsOf } from '../support/office.ts';
import { ADA, openScene, type Scene, VILLAGE } from '../support/scene.ts';
import { tamper } from '../support/tamper.ts';
import { asksFor, lays, papersOf } from './support.ts';

describe('of one case', () => {
  let scene: Scene;
  let record: CaseRow;
  beforeEach(async () => {
    scene = await openScene();
    record = await scene.register();
    await asksFor(scene, VILLAGE);
  });
  afterEach(() => scene.close());

  const states = async () => (await papersOf(scene, record)).map(({ state, problem }) => problem ?? state);

  it('sixty papers are taken, and the sender is told of those that are not', async () => {
    const files = Array.from({ length: 61 }, () => lays(scene, Buffer.from('%PDF-1.4\n%%EOF'), 'file'));
    await scene.sends(ADA, { files: files.slice(0, 59) });
    await scene.sends(ADA, { files: files.slice(59) });
    await scene.settle();
    const all = await states();
    expect(all.filter((state) => state === 'kept')).toHaveLength(60);
    expect(all.slice(60)).toEqual(['tooMany']);
    expect(wordsOf(scene.last(ADA).card)).toContain('一件最多60份');
  });

  it('a file is tried for a hundred and sixty times, which takes days, and then the sender is told', async () => {
    const file = lays(scene, new LarkError('later', 'no network', {}));
    await scene.sends(ADA, { files: [file] });
    await scene.settle();
    const after = async (attempts: number) => {
      await tamper(scene.db, async ({ q, t }) => q.update(t.papers).set({ attempts, availableAt: scene.clock.now() }));
      await scene.settle();
      return states();
    };
    expect(await after(158)).toEqual(['waiting']);
    expect(await after(159)).toEqual(['notFetched']);
    const hours =
      Array.from({ length: 160 }, (_none, at) => fetchAgainAfterMs(at + 1)).reduce((sum, one) => sum + one) / 3_600_000;
    expect(hours).toBeGreaterThan(70);
  });
});

describe('a picture', () => {
  /** A PNG that says how large it is, and has no more than its first line. */
  function sayingItIs(width: number, height: number): Buffer {
    const head = Buffer.alloc(13);
    head.writeUInt32BE(width, 0);
    head.writeUInt32BE(height, 4);
    head.set([8, 0, 0, 0, 0], 8);
    const chunk = (name: string, data: Buffer) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(data.length);
      const body = Buffer.concat([Buffer.from(name), data]);
      const sum = Buffer.alloc(4);
      sum.writeUInt32BE(crc(body));
      return Buffer.concat([length, body, sum]);
    };
    const signature = Buffer.from('89504e470d0a1a0a', 'hex');
    return Buffer.concat([
      signature,
      chunk('IHDR', head),
      chunk('IDAT', deflateSync(Buffer.alloc(64))),
      chunk('IEND', Buffer.alloc(0)),
    ]);
  }

  it('of more than a hundred million pixels is refused by what it says, before it is drawn', async () => {
    expect(await preparePaper(sayingItIs(10_001, 10_000))).toEqual({ problem: 'tooManyPixels' });
    // Small enough to be drawn, which finds that the rest is missing.
    expect(await preparePaper(sayingItIs(10_000, 10_000))).toEqual({ problem: 'damaged' });
  });
});

function crc(bytes: Buffer): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}
