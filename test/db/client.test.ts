import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../db/database.ts';
import { settingReads, settingWrites } from '../../db/repositories/setting.ts';
import { openSqlite } from '../../db/sqlite/open.ts';
import { emptyDatabase, engine } from '../support/databases.ts';

describe('a database in a file', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'daiban-'));
    file = join(folder, 'test.db');
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is migrated once, and opening it again changes nothing', async () => {
    const first = openSqlite({ file });
    await first.write((tx) => settingWrites.set(tx, { key: 'kept', value: 7 }));
    await first.close();
    const schema = schemaOf(file);
    const second = openSqlite({ file });
    expect(await second.read((tx) => settingReads.get(tx, 'kept'))).toBe(7);
    await second.close();
    expect(schemaOf(file)).toEqual(schema);
  });

  it('is refused when a newer program has used it', async () => {
    await openSqlite({ file }).close();
    const raw = new Sqlite(file);
    raw.exec("insert into __drizzle_migrations (hash, created_at) values ('of tomorrow', 99999999999999)");
    raw.close();
    expect(() => openSqlite({ file })).toThrow('升级程序');
  });

  it('shows readers only what has been committed, and one snapshot throughout', async () => {
    const db = openSqlite({ file });
    let during: unknown = 'not read';
    await db.write(async (tx) => {
      await settingWrites.set(tx, { key: 'word', value: 'new' });
      during = await db.read((reading) => settingReads.get(reading, 'word'));
    });
    expect(during).toBeUndefined();
    await db.read(async (tx) => {
      expect(await settingReads.get(tx, 'word')).toBe('new');
      await db.write((writing) => settingWrites.set(writing, { key: 'word', value: 'newer' }));
      expect(await settingReads.get(tx, 'word')).toBe('new');
    });
    expect(await db.read((tx) => settingReads.get(tx, 'word'))).toBe('newer');
    await db.close();
  });

  it('lets nobody write while reading', async () => {
    const db = openSqlite({ file });
    await expect(db.read((tx) => settingWrites.set(tx, { key: 'word', value: 1 }))).rejects.toThrow();
    await db.close();
  });

  it('waits for what is under way before it closes', async () => {
    const db = openSqlite({ file });
    const written = db.write((tx) => settingWrites.set(tx, { key: 'last', value: true }));
    await db.close();
    await written;
    const again = openSqlite({ file });
    expect(await again.read((tx) => settingReads.get(tx, 'last'))).toBe(true);
    await again.close();
  });
});

describe('the ledger table', () => {
  const actor = { actorKind: 'system' as const, actorId: 'test', unitId: null };
  const rest = { kind: 'test', payload: '{}', prevHash: '0', hash: 'a', signature: '' };
  const entry = { townId: 1, seq: 1, caseId: null, at: 1, ...actor, ...rest };
  const kinds = (db: Database) =>
    db.read(async ({ q, t }) => q.select({ kind: t.ledgerEntries.kind }).from(t.ledgerEntries));

  it('refuses UPDATE and DELETE, whoever asks', async () => {
    const db = emptyDatabase();
    await db.write(async ({ q, t }) => q.insert(t.ledgerEntries).values(entry));
    const update = db.write(async ({ q, t }) =>
      q.update(t.ledgerEntries).set({ kind: 'other' }).where(eq(t.ledgerEntries.seq, 1)),
    );
    await expect(update.catch(told)).resolves.toContain('append-only');
    const remove = db.write(async ({ q, t }) => q.delete(t.ledgerEntries));
    await expect(remove.catch(told)).resolves.toContain('append-only');
    const upsert = db.write(async ({ q, t }) =>
      q
        .insert(t.ledgerEntries)
        .values(entry)
        .onConflictDoUpdate({ target: [t.ledgerEntries.townId, t.ledgerEntries.seq], set: { kind: 'other' } }),
    );
    await expect(upsert.catch(told)).resolves.toContain('append-only');
    expect(await kinds(db)).toEqual([{ kind: 'test' }]);
    await db.close();
  });

  it.runIf(engine === 'sqlite')('refuses to have an entry replaced', async () => {
    const db = emptyDatabase();
    await db.write(async ({ q, t }) => q.insert(t.ledgerEntries).values(entry));
    const replace = db.write(async ({ q }) =>
      q.run(
        sql`insert or replace into ledger_entries (town_id, seq, at, actor_kind, actor_id, kind, payload, prev_hash, hash, signature)
            values (1, 1, 1, 'system', 'test', 'other', '{}', '0', 'a', 'b')`,
      ),
    );
    await expect(replace.catch(told)).resolves.toContain('ledger_entries is append-only');
    expect(await kinds(db)).toEqual([{ kind: 'test' }]);
    await db.close();
  });
});

/** What the engine said, whichever error it stands in. */
function told(error: unknown): string {
  return error instanceof Error ? `${error.message} ${told(error.cause)}` : '';
}

/** Tables, indexes and triggers, with the migrations noted. */
function schemaOf(file: string): unknown[] {
  const raw = new Sqlite(file, { readonly: true });
  const rows = [
    ...raw.prepare('select type, name, sql from sqlite_master order by name').all(),
    ...raw.prepare('select * from __drizzle_migrations').all(),
  ];
  raw.close();
  return rows;
}
