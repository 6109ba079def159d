/** Which version of the program a database file belongs to, found out without changing it. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import journal from '../../db/migrations/sqlite/meta/_journal.json' with { type: 'json' };

/** `foreign`: a file, but none that the program has made. */
export type DatabaseState = 'missing' | 'foreign' | 'older' | 'current' | 'newer';

/** Opens the file for reading only, also while a bot has it open. */
export function databaseState(file: string): DatabaseState {
  if (!existsSync(file)) return 'missing';
  const applied = newestApplied(file);
  if (applied === undefined) return 'foreign';
  const known = Math.max(...journal.entries.map((entry) => entry.when));
  if (applied > known) return 'newer';
  return applied < known ? 'older' : 'current';
}

/** What is the matter and what to do; undefined for a database that is ready. */
export function databaseTrouble(file: string): string | undefined {
  const path = resolve(file);
  switch (databaseState(file)) {
    case 'missing':
      return `找不到数据库 ${path}。请先启动一次机器人（npm start），或检查 DATABASE_URL。`;
    case 'foreign':
      return `${path} 不是代办的数据库，请检查 DATABASE_URL。`;
    case 'older':
      return `数据库 ${path} 还是旧版本的，请重启机器人，启动时会自动升级。`;
    case 'newer':
      return `数据库 ${path} 由更新版本的程序使用过，请先升级程序。`;
    case 'current':
      return undefined;
  }
}

/** Time stamp of the newest migration; undefined when the file keeps none. */
function newestApplied(file: string): number | undefined {
  let connection: Sqlite.Database | undefined;
  try {
    connection = new Sqlite(file, { readonly: true });
    connection.pragma('busy_timeout = 5000');
    const newest: unknown = connection.prepare('select max(created_at) from __drizzle_migrations').pluck().get();
    return typeof newest === 'number' ? newest : undefined;
  } catch (error) {
    // Not a database, or one without our table of migrations; a busy or unreadable file is another matter.
    if (error instanceof Sqlite.SqliteError && ['SQLITE_NOTADB', 'SQLITE_ERROR'].includes(error.code)) return undefined;
    throw error;
  } finally {
    connection?.close();
  }
}
