/** One backup from the running database to a proven file: copy, seal, read back, check, and only then give it its name. */
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Tx } from '../../db/database.ts';
import { FileLocked, lockFile } from '../../db/sqlite/lock.ts';
import { openSqlite } from '../../db/sqlite/open.ts';
import { ownAs } from '../../db/sqlite/owner.ts';
import { snapshotSqlite } from '../../db/sqlite/snapshot.ts';
import { createFolderStore, type PaperStore } from '../papers/store.ts';
import { restoredAt } from '../services/backup/restored.ts';
import { createVault } from '../vault.ts';
import { chainEnds, checkCopy, holdsEnds } from './check.ts';
import { removeDatabase } from './files.ts';
import { backupName, backupNames, backupTime, outdatedBackups, outdatedUnproven, unprovenName } from './names.ts';
import { copyPapers, dropErasedPapers, type PapersCopied, papersBeside } from './papers.ts';
import { asBackupProblem, BackupProblem, isUnproven } from './problem.ts';
import { type BackupKeys, readHeader, sealFile, unsealFile } from './sealed-file.ts';

export interface BackupOptions extends BackupKeys {
  readonly databaseFile: string;
  /** Where backups are kept; made when missing. */
  readonly folder: string;
  /** Where the papers of cases lie. */
  readonly papers: PaperStore;
  readonly zone: string;
  readonly clock: { now(): number };
}

export interface BackupMade {
  readonly file: string;
  readonly bytes: number;
  /** Ledger entries read back from it and verified. */
  readonly entries: number;
  readonly papers: PapersCopied;
  /** Names of older backups that were deleted. */
  readonly deleted: readonly string[];
}

/** Copy and proof stand beside each other at the worst, each as big as the database. */
const ROOM_FACTOR = 2;

/**
 * Makes a backup while the database goes on being used, proves it by reading it back, and deletes those no longer needed.
 * Older backups are touched only after success. Rejects with BackupProblem; then nothing of the attempt is left, but for a backup of a
 * database that does not stand, which is kept aside under another name.
 */
export async function makeBackup(options: BackupOptions, signal: AbortSignal): Promise<BackupMade> {
  const made = await mkdir(options.folder, { recursive: true, mode: 0o700 });
  if (made !== undefined) ownAs(options.folder, dirname(options.databaseFile));
  const release = beTheOnlyOne(options);
  try {
    return await makeAlone(options, signal);
  } catch (error) {
    throw asBackupProblem(error, 'failed');
  } finally {
    release();
  }
}

/** Deletes what attempts that were killed have left: copies of the database in clear. One that is under way is left alone. */
export async function clearLeftovers(options: Pick<BackupOptions, 'folder' | 'databaseFile'>): Promise<void> {
  if (!existsSync(options.folder)) return;
  let release: () => void;
  try {
    release = beTheOnlyOne(options);
  } catch (error) {
    if (error instanceof BackupProblem) return;
    throw error;
  }
  try {
    await removeLeftovers(options.folder);
  } finally {
    release();
  }
}

/** Free share of the disk that holds `folder`, 0 to 1. */
export async function freeShare(folder: string): Promise<number> {
  const { bavail, blocks } = await statfs(folder);
  return blocks === 0 ? 1 : bavail / blocks;
}

function beTheOnlyOne({ databaseFile }: Pick<BackupOptions, 'databaseFile'>): () => void {
  try {
    return lockFile(`${databaseFile}.backup`);
  } catch (error) {
    throw error instanceof FileLocked ? new BackupProblem('busy', { cause: error }) : error;
  }
}

async function makeAlone(options: BackupOptions, signal: AbortSignal): Promise<BackupMade> {
  const { folder, clock, zone } = options;
  const now = clock.now();
  const name = backupName({ now, zone });
  const sealed = join(folder, `.${name}.sealed`);
  try {
    await removeLeftovers(folder);
    await requireRoom(options);
    await copyAndSeal(options, { copy: join(folder, `.${name}.copy`), sealed, now, signal });
    const proven = await prove(options, { copy: join(folder, `.${name}.proof`), sealed, signal }).catch(
      async (error: unknown) => {
        const problem = asBackupProblem(error, 'failed');
        if (isUnproven(problem.code)) await keepAside(folder, { name, sealed });
        throw problem;
      },
    );
    signal.throwIfAborted();
    const file = join(folder, name);
    ownAs(sealed, folder);
    await rename(sealed, file);
    const deleted = await removeNamed(folder, outdatedBackups);
    return { ...proven, file, bytes: (await stat(file)).size, deleted };
  } finally {
    await rm(sealed, { force: true });
  }
}

/** Writes `sealed`. The copy in clear is gone when this ends. */
async function copyAndSeal(
  { databaseFile, dataKey }: BackupOptions,
  work: { copy: string; sealed: string; now: number; signal: AbortSignal },
): Promise<void> {
  const { copy, sealed, now, signal } = work;
  try {
    await snapshotSqlite({ file: databaseFile, to: copy, signal });
    await chmod(copy, 0o600);
    const facts = { madeAt: now, chains: await inDatabase(copy, chainEnds) };
    await sealFile({ from: copy, to: sealed, dataKey, facts, signal });
  } finally {
    await removeDatabase(copy);
  }
}

async function keepAside(folder: string, { name, sealed }: { name: string; sealed: string }): Promise<void> {
  await rename(sealed, join(folder, unprovenName(name)));
  await removeNamed(folder, outdatedUnproven);
}

/** Reads the backup back, checks what comes out, and copies the papers that it names. */
async function prove(
  { folder, papers: from, dataKey, formerKey, zone }: BackupOptions,
  work: { copy: string; sealed: string; signal: AbortSignal },
): Promise<Pick<BackupMade, 'entries' | 'papers'>> {
  const { copy, sealed, signal } = work;
  try {
    const header = await unsealFile({ from: sealed, to: copy, dataKey, signal });
    const keys = { dataKey, formerKey };
    const entries = await checkCopy({ ...keys, file: copy, header });
    if (!(await inDatabase(copy, (tx) => followsTheLast(tx, { ...keys, folder })))) {
      throw new BackupProblem('ledger_shorter');
    }
    const to = papersBeside(folder);
    const oldest = await oldestBackup({ ...keys, folder, zone });
    const papers = await inDatabase(copy, async (tx) => {
      if (oldest !== undefined) await dropErasedPapers(tx, { folder: to, before: oldest });
      return copyPapers(tx, { from, to: createFolderStore(to), room: folder, signal });
    });
    return { entries, papers };
  } finally {
    await removeDatabase(copy);
  }
}

/** When the oldest backup was made. Of one that does not open, as those of a former `DATA_KEY`, its name tells: whoever has that key reads it. */
async function oldestBackup({
  folder,
  dataKey,
  formerKey,
  zone,
}: Pick<BackupOptions, 'folder' | 'zone' | keyof BackupKeys>): Promise<number | undefined> {
  const [name] = backupNames(await readdir(folder));
  if (name === undefined) return undefined;
  const header = await readHeader({ from: join(folder, name), dataKey, formerKey }).catch(() => undefined);
  return header?.madeAt ?? backupTime(name, zone);
}

/**
 * Whether the ledger still holds what the newest backup ended with: a tail cut off together with the signed ends, or an older file put in
 * its place, is whole in itself. Backups from before a restore say nothing about what came after it.
 */
async function followsTheLast(
  tx: Tx,
  { folder, dataKey, formerKey }: Pick<BackupOptions, 'folder' | keyof BackupKeys>,
): Promise<boolean> {
  const since = await restoredAt(tx, createVault(dataKey, formerKey));
  for (const name of backupNames(await readdir(folder)).reverse()) {
    let header: Awaited<ReturnType<typeof readHeader>>;
    try {
      header = await readHeader({ from: join(folder, name), dataKey, formerKey });
    } catch {
      // Of another key, or damaged: the one before may tell.
      continue;
    }
    return header.madeAt < since || holdsEnds(tx, header.chains);
  }
  return true;
}

/** A disk that is filled to the brim by a backup would stop the bot itself: better none than that. */
async function requireRoom({ databaseFile, folder }: BackupOptions): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const wal = await stat(`${databaseFile}-wal`).catch(() => ({ size: 0 }));
  const size = (await stat(databaseFile)).size + wal.size;
  if (bavail * bsize < size * ROOM_FACTOR) throw new BackupProblem('disk_full');
}

async function inDatabase<Result>(file: string, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  const db = openSqlite({ file });
  try {
    return await db.read(work);
  } finally {
    await db.close();
  }
}

/** Deletes what `choose` names of the folder's files. */
async function removeNamed(folder: string, choose: (names: readonly string[]) => string[]): Promise<string[]> {
  const chosen = choose(await readdir(folder));
  for (const name of chosen) await rm(join(folder, name));
  return chosen;
}

function removeLeftovers(folder: string): Promise<string[]> {
  return removeNamed(folder, (names) => names.filter((name) => /^\.daiban-.*\.(?:copy|proof|sealed)/.test(name)));
}
