import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { openSqlite } from '../../db/client.ts';
import { ensureCounters } from '../../src/services/stats/rebuild.ts';
import { ZONE } from '../support/office.ts';

const folder = new URL('../../db/migrations/sqlite/', import.meta.url);

/** A file as the program left it before counters were kept by item, way and agent, with a counter in it. */
function oldDatabase(file: string): void {
  const journal = JSON.parse(readFileSync(new URL('meta/_journal.json', folder), 'utf8')) as {
    entries: { idx: number; when: number; tag: string }[];
  };
  const connection = new Sqlite(file);
  connection.exec('create table __drizzle_migrations (id integer primary key, hash text not null, created_at numeric)');
  for (const { tag, when } of journal.entries.filter((entry) => entry.idx < 2)) {
    connection.exec(readFileSync(new URL(`${tag}.sql`, folder), 'utf8'));
    connection.prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)').run(tag, when);
  }
  connection.exec(`insert into units (code, level, name, center) values ('banner', 'banner', '旗', '旗中心')`);
  connection.exec(`insert into stat_counters (unit_id, day, dimension, registered) values (1, '2026-11-23', 'all', 3)`);
  connection.close();
}

it('a file of before the finer counters is brought up to date, and its counters are made from the ledger', async () => {
  const place = mkdtempSync(join(tmpdir(), 'daiban-upgrade-'));
  const file = join(place, 'daiban.db');
  oldDatabase(file);
  const db = openSqlite({ file });
  try {
    await db.write((tx) => ensureCounters({ tx, zone: ZONE }));
    const kept = await db.read(async ({ q, t }) => ({
      units: await q.select().from(t.units),
      counters: await q.select().from(t.statCounters),
      settings: await q.select().from(t.settings),
    }));
    expect(kept).toMatchObject({ units: [{ name: '旗' }], counters: [], settings: [{ key: 'counters', value: 2 }] });
  } finally {
    await db.close();
    rmSync(place, { recursive: true });
  }
});
