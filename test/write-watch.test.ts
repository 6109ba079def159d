import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Database } from '../db/database.ts';
import { TransactionBusy } from '../db/errors.ts';
import { settingReads, settingWrites } from '../db/repositories/setting.ts';
import { type WriteWatch, watchWrites } from '../src/write-watch.ts';
import { emptyDatabase } from './support/databases.ts';

let db: Database;
let full: boolean;
let held: boolean;
let watch: WriteWatch;

beforeEach(() => {
  db = emptyDatabase();
  full = false;
  held = false;
  watch = watchWrites({
    ...db,
    async write(work) {
      if (full) throw new Error('database or disk is full');
      if (held) throw new TransactionBusy();
      return db.write(work);
    },
  });
});
afterEach(() => db.close());

const write = () => watch.db.write((tx) => settingWrites.set(tx, { key: 'a', value: 1 }));
const probe = () => watch.db.read((tx) => settingReads.get(tx, 'health.written'));

it('writes nothing of its own while all is well', async () => {
  await write();
  expect(await watch.writeProblem()).toBeUndefined();
  expect(await probe()).toBeUndefined();
});

it('tells of a disk that takes nothing, until it does again', async () => {
  full = true;
  await expect(write()).rejects.toThrow('full');
  expect(await watch.writeProblem()).toBe('database cannot be written');
  full = false;
  expect(await watch.writeProblem()).toBeUndefined();
  expect(await probe()).toBeDefined();
});

it('takes a fault in the work itself for what it is', async () => {
  await expect(watch.db.write(() => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug');
  expect(await watch.writeProblem()).toBeUndefined();
});

it('names a program that holds the database, before anybody else has been kept waiting', async () => {
  held = true;
  expect(await watch.writeProblem()).toBe('database is held by another program');
  held = false;
  expect(await watch.writeProblem()).toBeUndefined();
});
