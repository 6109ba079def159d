import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Database, Tx } from '../../db/client.ts';
import { ledgerReads, ledgerWrites } from '../../db/repositories/ledger.ts';
import { statsReads, statsWrites } from '../../db/repositories/stats.ts';
import type { Counted } from '../../src/domain/counters.ts';
import { emptyDatabase } from '../support/databases.ts';

let db: Database;

beforeEach(() => {
  db = emptyDatabase();
});

afterEach(async () => {
  await db.close();
});

const keys = [1, 2].map((unitId) => ({ unitId, dimension: 'all' as const, key: '' }));
const add = (tx: Tx, counted: Counted) => statsWrites.add(tx, { keys, day: '2026-11-24', add: counted });

async function standing(tx: Tx) {
  const scope = { unitIds: [1], dimension: 'all' as const, span: ['2026-11-24', '2026-11-24'] as const };
  const sums = (await statsReads.sums(tx, scope, 'unitId')).get(1);
  return { registered: sums?.registered ?? 0, completed: sums?.completed ?? 0 };
}

it('writes what steps add together before the commit that they share', async () => {
  await Promise.all([
    db.write((tx) => add(tx, { registered: 1 })),
    db.write((tx) => add(tx, { registered: 1, completed: 2 })),
    db.write((tx) => add(tx, { registered: 1 })),
  ]);
  expect(await db.read(standing)).toEqual({ registered: 3, completed: 2 });
  expect(await db.read((tx) => statsReads.ofUnit(tx, 2))).toMatchObject([
    { period: '2026-11-24', registered: 3, completed: 2 },
    { period: 'm2026-11', registered: 3, completed: 2 },
  ]);
});

it('writes it earlier for whoever reads in the same transaction, and only once', async () => {
  await db.write(async (tx) => {
    await add(tx, { registered: 1 });
    expect(await standing(tx)).toEqual({ registered: 1, completed: 0 });
    await add(tx, { registered: 1 });
    expect(await standing(tx)).toEqual({ registered: 2, completed: 0 });
  });
  expect(await db.read(standing)).toEqual({ registered: 2, completed: 0 });
});

it('forgets what a step added that is undone, and keeps what was there before it', async () => {
  await db.write(async (tx) => {
    await add(tx, { registered: 1 });
    const undone = tx.savepoint(async () => {
      await add(tx, { completed: 1 });
      throw new Error('refused');
    });
    await expect(undone).rejects.toThrow('refused');
  });
  expect(await db.read(standing)).toEqual({ registered: 1, completed: 0 });
});

it('writes again what was written within a step that is undone', async () => {
  await db.write(async (tx) => {
    await add(tx, { registered: 1 });
    const undone = tx.savepoint(async () => {
      await add(tx, { completed: 1 });
      expect(await standing(tx)).toEqual({ registered: 1, completed: 1 });
      throw new Error('refused');
    });
    await expect(undone).rejects.toThrow('refused');
    await add(tx, { registered: 1 });
  });
  expect(await db.read(standing)).toEqual({ registered: 2, completed: 0 });
});

it('forgets what a failing write added, and not what shares its commit', async () => {
  const failing = db.write(async (tx) => {
    await add(tx, { registered: 5 });
    throw new Error('lost');
  });
  const going = db.write((tx) => add(tx, { registered: 1 }));
  await expect(failing).rejects.toThrow('lost');
  await going;
  expect(await db.read(standing)).toEqual({ registered: 1, completed: 0 });
});

it('adds up more rows than one statement takes', async () => {
  const many = Array.from({ length: 50 }, (_, index) => ({ unitId: index + 1, dimension: 'all' as const, key: '' }));
  const steps = many.map((key) =>
    db.write((tx) => statsWrites.add(tx, { keys: [key], day: '2026-11-24', add: { registered: key.unitId } })),
  );
  await Promise.all(steps);
  const scope = {
    unitIds: many.map((key) => key.unitId),
    dimension: 'all' as const,
    span: ['2026-11-24', '2026-11-24'] as const,
  };
  const sums = await db.read((tx) => statsReads.sums(tx, scope, 'unitId'));
  expect([...sums].map(([unitId, { registered }]) => registered - unitId)).toEqual(many.map(() => 0));
});

it('tells the end of a chain as it is, also after a step that moved it was undone', async () => {
  const chain = { townId: 7, genesisHash: 'genesis' };
  const step = (hash: string) => async (tx: Tx) => {
    const { seq } = await ledgerWrites.takeHead(tx, chain);
    await ledgerWrites.moveHead(tx, { townId: 7, seq: seq + 1, hash });
    return seq;
  };
  const failing = async (tx: Tx) => {
    await step('undone')(tx);
    throw new Error('lost');
  };
  const going = [step('first'), failing, step('second'), step('third')].map((work) => db.write<number>(work));
  const results = await Promise.allSettled(going);
  expect(await db.read((tx) => ledgerReads.heads(tx))).toEqual([{ townId: 7, seq: 3, hash: expect.any(String) }]);
  const seen = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  expect(seen.sort()).toEqual([0, 1, 2]);
});
