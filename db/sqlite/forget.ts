import Sqlite from 'better-sqlite3';

/**
 * Takes what stands in the log beside the file into it, and cuts the log: older states of a page are then nowhere any more. May be done
 * while others have the file open; false when one of them was reading just then, or for longer than `waitMs`.
 */
export function cutLog(file: string, { waitMs }: { readonly waitMs: number }): boolean {
  const connection = new Sqlite(file, { fileMustExist: true, timeout: waitMs });
  try {
    return connection.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0;
  } finally {
    connection.close();
  }
}
