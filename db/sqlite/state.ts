/** What a file holds, found out without changing it, also while a bot has it open. */
import { lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import journal from '../migrations/sqlite/meta/_journal.json' with { type: 'json' };

/**
 * `missing`: no file, or one without a table, as a start leaves it that was ended before it had made any. `foreign`: a file that this
 * program has not made.
 */
export type FileState = 'missing' | 'foreign' | 'older' | 'current' | 'newer';

/** `sand`, as a number. */
const SANDBOX_ID = 0x73_61_6e_64;

/**
 * Where a path leads: what stands beside the database, its log and its lock, stands beside the file itself and not beside a link to it. A
 * link to nothing leads to where the file would be.
 */
export function realFile(path: string): string {
  if (statSync(path, { throwIfNoEntry: false })) return realpathSync(path);
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  return isLink ? resolve(dirname(path), readlinkSync(path)) : path;
}

/** Throws what SQLite throws of a file that cannot be opened or read. */
export function fileState(file: string): FileState {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found && !found.isFile()) return 'foreign';
  return (found?.size ?? 0) === 0 ? 'missing' : look(file, stateOf, 'foreign');
}

/**
 * Marks an empty or new file as the sandbox's, before anything stands in it. The mark is SQLite's `application_id`: no table is needed
 * for it, and it goes wherever the file's content goes.
 */
export function markAsSandbox(file: string): void {
  const connection = new Sqlite(file);
  try {
    connection.pragma(`application_id = ${SANDBOX_ID}`);
  } finally {
    connection.close();
  }
}

/** Whether the sandbox has made this file. */
export function isSandbox(file: string): boolean {
  return look(file, (connection) => connection.pragma('application_id', { simple: true }) === SANDBOX_ID, false);
}

function stateOf(connection: Sqlite.Database): FileState {
  const tables = connection.prepare("select name from sqlite_master where type = 'table'").pluck().all();
  if (tables.every((name) => name === '__drizzle_migrations' || String(name).startsWith('sqlite_'))) return 'missing';
  const newest: unknown = connection.prepare('select max(created_at) from __drizzle_migrations').pluck().get();
  if (typeof newest !== 'number') return 'foreign';
  const known = Math.max(...journal.entries.map((entry) => entry.when));
  if (newest > known) return 'newer';
  return newest < known ? 'older' : 'current';
}

/** `otherwise` for what is no database, or one without our tables; a busy or unreadable file is another matter, and thrown. */
function look<Found>(file: string, find: (connection: Sqlite.Database) => Found, otherwise: Found): Found {
  const connection = new Sqlite(file, { readonly: true, fileMustExist: true });
  try {
    connection.pragma('busy_timeout = 5000');
    return find(connection);
  } catch (error) {
    if (error instanceof Sqlite.SqliteError && ['SQLITE_NOTADB', 'SQLITE_ERROR'].includes(error.code)) return otherwise;
    throw error;
  } finally {
    connection.close();
  }
}
