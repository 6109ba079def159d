/** The way back: from a backup file to a database in its place. */
import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import Sqlite from 'better-sqlite3';
import { and, eq, inArray, isNull, ne } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { openSqlite } from '../../db/sqlite/open.ts';
import { forgetAlerts } from '../services/alert/raise.ts';
import { checkChains } from './check.ts';
import { removeDatabase } from './files.ts';
import { backupName } from './names.ts';
import { BackupProblem } from './problem.ts';
import { type BackupHeader, unsealFile } from './sealed-file.ts';

/** Whoever holds the database for so long has it open for good. */
const IN_USE_AFTER_MS = 500;

export interface Restored {
  readonly header: BackupHeader;
  readonly entries: number;
  /** Where the database that stood there before is now. */
  readonly movedTo: string | undefined;
}

/** Thrown while a bot (or anything else) has the database open. */
export class DatabaseInUse extends Error {
  override readonly name = 'DatabaseInUse';
}

/**
 * Decrypts beside the target, checks file and chains, and only then puts it in place; a database that stands there is moved
 * aside, never deleted. Rejects with BackupProblem or DatabaseInUse; the target is then as it was.
 */
export async function restoreBackup(request: {
  backup: string;
  databaseFile: string;
  dataKey: Buffer;
  now: number;
  zone: string;
}): Promise<Restored> {
  const { databaseFile, dataKey, now } = request;
  const fresh = `${databaseFile}.restoring`;
  await removeDatabase(fresh);
  try {
    const header = await unsealFile({ from: request.backup, to: fresh, dataKey });
    checkPages(fresh);
    const entries = await checkChains({ file: fresh, header, dataKey });
    await settleForNow({ file: fresh, now });
    const movedTo = await moveAside(request);
    await rename(fresh, databaseFile);
    return { header, entries, movedTo };
  } finally {
    await removeDatabase(fresh);
  }
}

function checkPages(file: string): void {
  const connection = new Sqlite(file);
  try {
    if (connection.pragma('integrity_check', { simple: true }) !== 'ok') throw new BackupProblem('damaged');
  } finally {
    connection.close();
  }
}

/**
 * What waited to be sent when the backup was made has most likely been sent since, and jobs have run: nothing of it is done
 * a second time. Posts count as possibly sent, which the outbox then decides on; jobs count from now.
 */
async function settleForNow(database: { file: string; now: number }): Promise<void> {
  const db = openSqlite({ file: database.file });
  try {
    await db.write(async (tx: Tx) => {
      const { q, t } = tx;
      const unsent = and(
        inArray(t.outbox.status, ['waiting', 'sending']),
        ne(t.outbox.operation, 'update'),
        isNull(t.outbox.unconfirmedSince),
      );
      const waiting = await q.select({ id: t.outbox.id, createdAt: t.outbox.createdAt }).from(t.outbox).where(unsent);
      for (const { id, createdAt } of waiting) {
        await q.update(t.outbox).set({ unconfirmedSince: createdAt }).where(eq(t.outbox.id, id));
      }
      await q.update(t.cronMarks).set({ checkedUntil: database.now });
      await forgetAlerts(tx, database.now);
    });
  } finally {
    await db.close();
  }
}

async function moveAside(place: { databaseFile: string; now: number; zone: string }): Promise<string | undefined> {
  const { databaseFile } = place;
  if (!existsSync(databaseFile)) return undefined;
  foldWal(databaseFile);
  const movedTo = `${databaseFile}.${backupName(place).replace('daiban-', 'before-restore-').replace('.backup', '')}`;
  for (const suffix of ['-wal', '-shm', '']) {
    if (existsSync(`${databaseFile}${suffix}`)) await rename(`${databaseFile}${suffix}`, `${movedTo}${suffix}`);
  }
  return movedTo;
}

/** Takes the WAL into the file, which only succeeds when nobody else has it open. A file that is no database stays as it is. */
function foldWal(file: string): void {
  const connection = new Sqlite(file, { timeout: IN_USE_AFTER_MS });
  try {
    connection.pragma('locking_mode = EXCLUSIVE');
    connection.exec('BEGIN EXCLUSIVE; COMMIT');
    connection.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError)) throw error;
    if (error.code.startsWith('SQLITE_BUSY')) throw new DatabaseInUse('the database is in use', { cause: error });
    if (error.code !== 'SQLITE_NOTADB' && !error.code.startsWith('SQLITE_CORRUPT')) throw error;
  } finally {
    connection.close();
  }
}
