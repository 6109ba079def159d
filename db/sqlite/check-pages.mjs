/**
 * A thread's work: every page, index and reference of a SQLite file. It takes as long as reading all of it does, and SQLite gives nobody
 * else a turn meanwhile. Plain JavaScript, because a thread begins with a file that node can run as it is.
 */
import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';

function holdsTogether() {
  const connection = new Sqlite(workerData, { readonly: true, fileMustExist: true });
  try {
    const pages = connection.pragma('integrity_check(1)', { simple: true });
    return pages === 'ok' && connection.prepare('pragma foreign_key_check').get() === undefined;
  } catch (error) {
    const isDamage = error instanceof Sqlite.SqliteError && /^SQLITE_(?:CORRUPT|NOTADB)/.test(error.code);
    if (isDamage) return false;
    throw error;
  } finally {
    connection.close();
  }
}

parentPort?.postMessage(holdsTogether());
