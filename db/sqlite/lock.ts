/** One program at a time on a database file that only one may work on. */
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { ownAs } from './owner.ts';
import { realFile } from './state.ts';

/** Somebody else holds the file's lock. */
export class FileLocked extends Error {
  override readonly name = 'FileLocked';
}

/** Referred to from here, because a connection that is collected as garbage gives its lock back. */
const held = new Set<Sqlite.Database>();

/**
 * Takes the lock of a database file and returns what gives it back. It is a lock of the system on a small file beside it, which ends
 * with the process however that ends: nothing is ever left over. Whoever only looks, or writes a line beside the bot, needs none.
 * @throws FileLocked
 */
export function lockFile(file: string): () => void {
  const path = `${realFile(file)}.lock`;
  const connection = new Sqlite(path, { timeout: 0 });
  ownAs(path, dirname(path));
  try {
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection.close();
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new FileLocked(`${file} is locked`, { cause: error });
    }
    throw error;
  }
  held.add(connection);
  return () => {
    held.delete(connection);
    connection.close();
  };
}
