/** SQLite databases in memory, cloned from images: that is many times faster than making them anew. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Database } from '../../db/database.ts';
import { migrateSqlite } from '../../db/sqlite/migrate.ts';
import { openSqlite } from '../../db/sqlite/open.ts';
import { queryLog } from './query-log.ts';

/** Of a migrated, empty database. */
let migrated: Buffer | undefined;

const prepared = new Map<string, Promise<Buffer>>();

export function emptySqlite(): Database {
  migrated ??= imageOf(':memory:', migrateSqlite);
  return openSqlite({ image: migrated }, { logger: queryLog });
}

/** A database as `prepare` has left the first one of this name. */
export async function preparedSqlite(name: string, prepare: (db: Database) => Promise<void>): Promise<Database> {
  const image = prepared.get(name) ?? prepareImage(prepare);
  prepared.set(name, image);
  return openSqlite({ image: await image }, { logger: queryLog });
}

async function prepareImage(prepare: (db: Database) => Promise<void>): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'daiban-'));
  try {
    const file = join(folder, 'prepared.db');
    const db = openSqlite({ file });
    await prepare(db).finally(() => db.close());
    // A database in memory has no write-ahead log.
    return imageOf(file, (connection) => connection.pragma('journal_mode = DELETE'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function imageOf(file: string, finish: (connection: Sqlite.Database) => void): Buffer {
  const connection = new Sqlite(file);
  try {
    finish(connection);
    return connection.serialize();
  } finally {
    connection.close();
  }
}
