/** Another program holds the write lock of the SQLite file: a shell, a table viewer with an edit that is not saved. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../db/database.ts';
import { TransactionBusy } from '../../db/errors.ts';
import { settingReads, settingWrites } from '../../db/repositories/setting.ts';
import { openSqlite } from '../../db/sqlite/open.ts';

const WAIT_MS = 600;

let folder: string;
let db: Database;
let other: Sqlite.Database;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daiban-busy-'));
  const file = join(folder, 'daiban.db');
  db = openSqlite({ file });
  other = new Sqlite(file);
  other.exec('BEGIN IMMEDIATE');
});

afterEach(async () => {
  other.close();
  await db.close();
  rmSync(folder, { recursive: true, force: true });
});

const write = (value: number) => db.write((tx) => settingWrites.set(tx, { key: 'word', value }), { waitMs: WAIT_MS });
const read = () => db.read((tx) => settingReads.get(tx, 'word'));

describe('while another program holds the write lock', () => {
  it('a write gives up in time, and others go on meanwhile', async () => {
    const given = write(1).then(
      () => 'written',
      (error: unknown) => error,
    );
    let reads = 0;
    let over = false;
    void given.then(() => {
      over = true;
    });
    while (!over) {
      await read();
      reads++;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(await given).toBeInstanceOf(TransactionBusy);
    // Had SQLite itself waited, nobody would have been served until it gave up.
    expect(reads).toBeGreaterThan(5);
  });

  it('a write that waits is done when the lock is free, in the order of arrival', async () => {
    const writes = [write(1), write(2)];
    await read();
    other.exec('ROLLBACK');
    await Promise.all(writes);
    expect(await read()).toBe(2);
  });

  it('nothing of a write that gave up is done later', async () => {
    await expect(write(1)).rejects.toBeInstanceOf(TransactionBusy);
    other.exec('ROLLBACK');
    expect(await read()).toBeUndefined();
    await write(2);
    expect(await read()).toBe(2);
  });
});
