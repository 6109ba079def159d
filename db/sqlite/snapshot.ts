/** A consistent copy of a database that goes on being written to. The part of a backup that knows the engine. */
import Sqlite from 'better-sqlite3';

/** Copied in one go before others get their turn: 4 MiB at SQLite's page size. */
const PAGES_AT_ONCE = 1024;

/**
 * Copies the SQLite file into the new file `to` with SQLite's online backup. The source is held at one snapshot, so writers
 * neither wait nor make the copy start anew. The copy is a single file (no WAL beside it).
 * Rejects when `signal` fires or the disk is full; `to` may then be there in part.
 */
export async function snapshotSqlite({
  file,
  to,
  signal,
}: {
  file: string;
  to: string;
  signal: AbortSignal;
}): Promise<void> {
  const source = new Sqlite(file, { readonly: true, fileMustExist: true });
  try {
    source.pragma('busy_timeout = 5000');
    source.exec('BEGIN');
    // The snapshot begins with the first read, not with BEGIN.
    source.prepare('select count(*) from sqlite_master').get();
    await source.backup(to, {
      progress: () => {
        signal.throwIfAborted();
        return PAGES_AT_ONCE;
      },
    });
  } finally {
    source.close();
  }
  const copy = new Sqlite(to);
  try {
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
}
