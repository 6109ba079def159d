/** The way back: from a backup file to a database in its place. */
import { constants, existsSync } from 'node:fs';
import { copyFile, link, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { and, eq, inArray, isNull, ne } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { FileLocked, lockFile } from '../../db/sqlite/lock.ts';
import { openSqlite } from '../../db/sqlite/open.ts';
import { ownAs } from '../../db/sqlite/owner.ts';
import { realFile } from '../../db/sqlite/state.ts';
import { createFolderStore, type PaperStore } from '../papers/store.ts';
import { forgetAlerts } from '../services/alert/raise.ts';
import { noteRestored } from '../services/backup/restored.ts';
import { createVault, type Vault } from '../vault.ts';
import { checkCopy } from './check.ts';
import { removeDatabase } from './files.ts';
import { backupName } from './names.ts';
import { copyPapers, type PapersCopied, papersBeside } from './papers.ts';
import { type BackupHeader, type BackupKeys, unsealFile } from './sealed-file.ts';

/** Whoever holds the database for so long has it open for good. */
const IN_USE_AFTER_MS = 500;

export interface Restored {
  readonly header: BackupHeader;
  readonly entries: number;
  /** `missing`: their files were neither in place nor beside the backup. */
  readonly papers: PapersCopied;
  /** Where the database that stood there before is now. */
  readonly movedTo: string | undefined;
}

/** Thrown while a bot (or anything else) has the database open. */
export class DatabaseInUse extends Error {
  override readonly name = 'DatabaseInUse';
}

/**
 * Decrypts beside the target, checks file and ledger, and only then puts it in place in one step; a database that stands there keeps
 * its content under another name. Whenever this is ended, the old database or the new one stands in the place, whole. Holds the file's
 * lock, so that no bot begins meanwhile.
 * Rejects with BackupProblem or DatabaseInUse; the target is then as it was.
 */
export async function restoreBackup(
  request: {
    backup: string;
    databaseFile: string;
    /** Where the papers of cases are to lie. */
    papers: PaperStore;
    now: number;
    zone: string;
  } & BackupKeys,
): Promise<Restored> {
  const { dataKey, formerKey, now, zone } = request;
  const databaseFile = realFile(request.databaseFile);
  const release = lockOrRefuse(databaseFile);
  const fresh = `${databaseFile}.restoring`;
  try {
    await removeDatabase(fresh);
    const header = await unsealFile({ from: request.backup, to: fresh, dataKey, formerKey });
    const entries = await checkCopy({ file: fresh, header, dataKey, formerKey });
    const papers = await restorePapers({ ...request, database: fresh });
    await settleForNow({ file: fresh, vault: createVault(dataKey, formerKey), now });
    ownAs(fresh, existsSync(databaseFile) ? databaseFile : dirname(databaseFile));
    const movedTo = await keepOld({ databaseFile, now, zone });
    await rename(fresh, databaseFile);
    await flush(dirname(databaseFile));
    return { header, entries, papers, movedTo };
  } finally {
    await removeDatabase(fresh);
    release();
  }
}

/** What is there already stays as it is: a file under a paper's name is that paper, or shows when it is opened. */
async function restorePapers(from: { database: string; backup: string; papers: PaperStore }): Promise<PapersCopied> {
  const db = openSqlite({ file: from.database });
  try {
    return await db.read((tx) =>
      copyPapers(tx, { from: createFolderStore(papersBeside(dirname(from.backup))), to: from.papers }),
    );
  } finally {
    await db.close();
  }
}

function lockOrRefuse(databaseFile: string): () => void {
  try {
    return lockFile(databaseFile);
  } catch (error) {
    throw error instanceof FileLocked ? new DatabaseInUse('the database is in use', { cause: error }) : error;
  }
}

/**
 * What waited to be sent when the backup was made has most likely been sent since, and jobs have run: nothing of it is done
 * a second time. Posts count as possibly sent, which the outbox then decides on; jobs count from now.
 */
async function settleForNow(database: { file: string; vault: Vault; now: number }): Promise<void> {
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
      await noteRestored(tx, database);
    });
  } finally {
    await db.close();
  }
}

/**
 * Gives the content of the old database a second name, and leaves it where it is: the new one takes its place in one step. What still
 * stands in a log that cannot be taken into the file goes with it, because SQLite would play it into whatever file has the name.
 */
async function keepOld(place: { databaseFile: string; now: number; zone: string }): Promise<string | undefined> {
  const { databaseFile } = place;
  if (!existsSync(databaseFile)) return undefined;
  foldWal(databaseFile);
  const movedTo = `${databaseFile}.${backupName(place).replace('daiban-', 'before-restore-').replace('.backup', '')}`;
  await linkOrCopy(databaseFile, movedTo);
  for (const suffix of ['-wal', '-shm', '-journal']) {
    if (existsSync(`${databaseFile}${suffix}`)) await rename(`${databaseFile}${suffix}`, `${movedTo}${suffix}`);
  }
  await flush(dirname(databaseFile));
  return movedTo;
}

/** Some file systems have no second names. Throws when there is such a file. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw error;
    await copyFile(from, to, constants.COPYFILE_EXCL);
    await flush(to);
  }
}

/** A file's content, or a folder's names, are on the disk when this resolves. */
async function flush(path: string): Promise<void> {
  const handle = await open(path);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
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
