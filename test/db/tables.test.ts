/** The one definition of the tables, on both engines. */
import { readdirSync, readFileSync } from 'node:fs';
import {
  generateDrizzleJson,
  generateMigration,
  generateSQLiteDrizzleJson,
  generateSQLiteMigration,
} from 'drizzle-kit/api';
import { getTableConfig } from 'drizzle-orm/sqlite-core';
import { describe, expect, it } from 'vitest';
import { postgresKit } from '../../db/postgres/kit.ts';
import * as postgresTables from '../../db/postgres/tables.ts';
import { sqliteKit } from '../../db/sqlite/kit.ts';
import * as sqliteTables from '../../db/sqlite/tables.ts';
import { tablesOf } from '../../db/tables.ts';
import { tableKeys } from '../../src/cli/move.ts';

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

  it('are moved page by page along the whole of their primary keys', () => {
    const primary = Object.entries(tablesOf(sqliteKit)).map(([name, table]) => {
      const { columns, primaryKeys } = getTableConfig(table);
      const key = primaryKeys[0]?.columns ?? columns.filter((column) => column.primary);
      const nameOf = (column: (typeof key)[number]) => Object.entries(table).find(([, one]) => one === column)?.[0];
      return [name, key.map(nameOf)];
    });
    expect(tableKeys).toEqual(Object.fromEntries(primary));
  });
});
