/** Which version of the program a database belongs to, found out without changing it. */
import { resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import { startLine } from '../../build/typed-command.ts';
import { DatabaseUnreachable } from '../../db/errors.ts';
import { type DatabaseAddress, describeDatabase } from '../../db/open.ts';
import { type PostgresState, postgresState } from '../../db/postgres/migrate.ts';
import { createPool } from '../../db/postgres/open.ts';
import { type FileState, fileState } from '../../db/sqlite/state.ts';
import { databaseProblem } from '../start-problem.ts';

/** What is the matter and what to do; undefined for a database that is ready. `mayBeEmpty`: a server's database without any data is. */
export async function databaseTrouble(
  address: DatabaseAddress,
  how: { mayBeEmpty?: boolean } = {},
): Promise<string | undefined> {
  const name = address.engine === 'sqlite' ? resolve(address.file) : describeDatabase(address);
  const state = address.engine === 'sqlite' ? stateOfFile(address) : await serverState(address);
  if (typeof state === 'object' && 'words' in state) return state.words;
  switch (state) {
    case 'missing':
      return `找不到数据库 ${name}。请先启动一次机器人（${startLine()}），或检查 DATABASE_URL。`;
    case 'empty':
      if (how.mayBeEmpty) return undefined;
      return `数据库 ${name} 里还没有代办的数据。请先启动一次机器人（${startLine()}），或检查 DATABASE_URL。`;
    case 'foreign':
      return `${name} 不是代办的数据库，请检查 DATABASE_URL。`;
    case 'older':
      return `数据库 ${name} 还是旧版本的，请重启机器人，启动时会自动升级。`;
    case 'newer':
      return `数据库 ${name} 由更新版本的程序使用过，请先升级程序。`;
    case 'current':
      return undefined;
    default:
      return state.message;
  }
}

/** Whether a server's database has tables, though none of this program's. Ask `databaseTrouble` first. */
export async function holdsOtherTables(address: DatabaseAddress): Promise<boolean> {
  if (address.engine !== 'postgres') return false;
  const pool = createPool({ url: address.url, connectionsMax: 1 });
  try {
    if ((await postgresState(pool)) !== 'empty') return false;
    const found = await pool.query("SELECT 1 FROM information_schema.tables WHERE table_schema = 'public' LIMIT 1");
    return found.rows.length > 0;
  } finally {
    await pool.end();
  }
}

/** What SQLite says of the file of a database, in words; undefined for what is no matter of the file. */
export function fileTrouble(error: unknown, address: DatabaseAddress): string | undefined {
  if (address.engine !== 'sqlite') return undefined;
  // A query that failed has SQLite's error as its cause.
  const sqlite = [error, error instanceof Error ? error.cause : undefined].find(
    (one) => one instanceof Sqlite.SqliteError,
  );
  return sqlite && databaseProblem(sqlite, { database: resolve(address.file), again: '试' });
}

function stateOfFile(address: Extract<DatabaseAddress, { engine: 'sqlite' }>): FileState | { readonly words: string } {
  try {
    return fileState(address.file);
  } catch (error) {
    const words = fileTrouble(error, address);
    if (words === undefined) throw error;
    return { words };
  }
}

async function serverState(
  address: Extract<DatabaseAddress, { engine: 'postgres' }>,
): Promise<PostgresState | DatabaseUnreachable> {
  const pool = createPool({ url: address.url, connectionsMax: 1 });
  try {
    return await postgresState(pool);
  } catch (error) {
    return new DatabaseUnreachable(describeDatabase(address), error);
  } finally {
    await pool.end();
  }
}
