/** The one definition of the tables, on both engines. */
import { readdirSync, readFileSync } from 'node:fs';
import {
  generateDrizzleJson,
  generateMigration,
  generateSQLiteDrizzleJson,
  generateSQLiteMigration,
} from 'drizzle-kit/api';
import { describe, expect, it } from 'vitest';
import { postgresKit } from '../../db/postgres/kit.ts';
import * as postgresTables from '../../db/postgres/tables.ts';
import { sqliteKit } from '../../db/sqlite/kit.ts';
import * as sqliteTables from '../../db/sqlite/tables.ts';
import { tablesOf } from '../../db/tables.ts';

/** What the newest migration leaves behind, as drizzle-kit notes it. */
function newestSnapshot(engine: 'sqlite' | 'postgres'): unknown {
  const folder = new URL(`../../db/migrations/${engine}/meta/`, import.meta.url);
  const newest = readdirSync(folder)
    .filter((name) => name.endsWith('_snapshot.json'))
    .sort()
    .at(-1);
  return JSON.parse(readFileSync(new URL(String(newest), folder), 'utf8'));
}

describe('the tables', () => {
  it('are all exported for drizzle-kit, by each engine', () => {
    expect(Object.keys(sqliteTables).sort()).toEqual(Object.keys(tablesOf(sqliteKit)).sort());
    expect(Object.keys(postgresTables).sort()).toEqual(Object.keys(tablesOf(postgresKit)).sort());
  });

  it('are what the migrations make, on SQLite', async () => {
    const now = await generateSQLiteDrizzleJson(sqliteTables);
    expect(await generateSQLiteMigration(newestSnapshot('sqlite') as typeof now, now)).toEqual([]);
  });

  it('are what the migrations make, on PostgreSQL', async () => {
    const now = generateDrizzleJson(postgresTables);
    expect(await generateMigration(newestSnapshot('postgres') as typeof now, now)).toEqual([]);
  });
});
