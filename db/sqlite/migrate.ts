/** Brings a database to this program's schema; refuses one that a newer program has already changed. */
import type Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { programFile } from '../../build/program-file.ts';
import { DatabaseUnfit } from '../errors.ts';

const migrationsFolder = programFile('db/migrations/sqlite');

/** Forward only. Running it again changes nothing. */
export function migrateSqlite(connection: Sqlite.Database): void {
  const newestKnown = Math.max(...readMigrationFiles({ migrationsFolder }).map((migration) => migration.folderMillis));
  const newestApplied = newestAppliedMigration(connection);
  if (newestApplied > newestKnown) {
    throw new DatabaseUnfit('数据库由更新版本的程序使用过，请升级程序后再启动 (database is newer than this program)');
  }
  migrate(drizzle(connection), { migrationsFolder });
}

function newestAppliedMigration(connection: Sqlite.Database): number {
  const exists = connection.prepare("select 1 from sqlite_master where name = '__drizzle_migrations'").get();
  if (!exists) return 0;
  const row = connection.prepare('select max(created_at) as newest from __drizzle_migrations').get();
  return Number((row as { newest: number | null }).newest ?? 0);
}
