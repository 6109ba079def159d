/** Rows by the million: prepared inserts on the bare connection, indexes afterwards, no journal on
 * the disk. Only for a file nobody else has. */
import Sqlite from 'better-sqlite3';
import { getTableColumns, getTableName } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Tables } from '../../db/database.ts';
import * as schema from '../../db/sqlite/tables.ts';

type TableName = keyof Tables;

export interface Bulk {
  insert<Name extends TableName>(table: Name, row: Tables[Name]['$inferInsert']): void;
  /** Commits, makes the indexes, closes. */
  finish(): void;
}

const tables: Tables = { ...schema };
const ROWS_OF_A_TRANSACTION = 500_000;

export function openBulk(file: string): Bulk {
  const connection = new Sqlite(file);
  connection.pragma('journal_mode = MEMORY');
  connection.pragma('synchronous = OFF');
  connection.pragma('cache_size = -262144');
  const indexes = connection
    .prepare("select name, sql from sqlite_master where type = 'index' and sql is not null")
    .all() as { name: string; sql: string }[];
  for (const { name } of indexes) connection.exec(`DROP INDEX "${name}"`);
  const inserts = new Map<string, (row: object) => void>();
  let rows = 0;
  connection.exec('BEGIN');
  return {
    insert(table, row) {
      const insert = inserts.get(table) ?? prepareInsert(connection, tables[table]);
      inserts.set(table, insert);
      insert(row);
      if (++rows % ROWS_OF_A_TRANSACTION === 0) connection.exec('COMMIT; BEGIN');
    },
    finish() {
      connection.exec('COMMIT');
      for (const { sql } of indexes) connection.exec(sql);
      connection.pragma('journal_mode = WAL');
      connection.close();
    },
  };
}

function prepareInsert(connection: Sqlite.Database, table: SQLiteTable): (row: object) => void {
  const columns = Object.entries(getTableColumns(table));
  const names = columns.map(([, { name }]) => `"${name}"`).join(', ');
  const marks = columns.map(() => '?').join(', ');
  const statement = connection.prepare(`INSERT INTO "${getTableName(table)}" (${names}) VALUES (${marks})`);
  const keys = columns.map(([key, column]) => ({ key, fallback: column.default ?? null }));
  const values = new Array<unknown>(keys.length);
  return (row) => {
    const given = row as Record<string, unknown>;
    let index = 0;
    for (const { key, fallback } of keys) values[index++] = encode(given[key] ?? fallback);
    statement.run(values);
  };
}

/** As drizzle writes a value: booleans as 0 and 1, JSON as text. */
function encode(value: unknown): unknown {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
