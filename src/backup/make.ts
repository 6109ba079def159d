/** One backup from the running database to a proven file: copy, seal, read back, check, and only then give it its name. */
import { chmod, mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { ledgerReads } from '../../db/repositories/ledger.ts';
import { openSqlite } from '../../db/sqlite/open.ts';
import { snapshotSqlite } from '../../db/sqlite/snapshot.ts';
import { checkChains } from './check.ts';
import { removeDatabase } from './files.ts';
import { backupName, outdatedBackups } from './names.ts';
import { asBackupProblem, BackupProblem } from './problem.ts';
import { sealFile, unsealFile } from './sealed-file.ts';

export interface BackupOptions {
  readonly databaseFile: string;
  /** Where backups are kept; made when missing. */
  readonly folder: string;
  readonly dataKey: Buffer;
  readonly zone: string;
  readonly clock: { now(): number };
}

export interface BackupMade {
  readonly file: string;
  readonly bytes: number;
  /** Ledger entries read back from it and verified. */
  readonly entries: number;
  /** Names of older backups that were deleted. */
  readonly deleted: readonly string[];
}

/** Copy and proof stand beside each other at the worst, each as big as the database. */
const ROOM_FACTOR = 2;
/** No backup takes that long. */
const LEFTOVER_AFTER_MS = 24 * 3_600_000;

/**
 * Makes a backup while the database goes on being used, proves it by reading it back, and deletes those no longer needed.
 * Older backups are touched only after success. Rejects with BackupProblem; then nothing of the attempt is left.
 */
export async function makeBackup(options: BackupOptions, signal: AbortSignal): Promise<BackupMade> {
  const { folder, databaseFile, dataKey, clock, zone } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const now = clock.now();
  const name = backupName({ now, zone });
  const paths = {
    copy: join(folder, `.${name}.copy`),
    sealed: join(folder, `.${name}.sealed`),
    file: join(folder, name),
  };
  try {
    await clearLeftovers(folder, now);
    await requireRoom(options);
    await snapshotSqlite({ file: databaseFile, to: paths.copy, signal });
    await chmod(paths.copy, 0o600);
    const facts = { madeAt: now, chains: await chainEnds(paths.copy) };
    await sealFile({ from: paths.copy, to: paths.sealed, dataKey, facts, signal });
    await removeDatabase(paths.copy);
    const header = await unsealFile({ from: paths.sealed, to: paths.copy, dataKey, signal });
    const entries = await checkChains({ file: paths.copy, header, dataKey });
    signal.throwIfAborted();
    await rename(paths.sealed, paths.file);
    const deleted = await prune(folder);
    return { file: paths.file, bytes: (await stat(paths.file)).size, entries, deleted };
  } catch (error) {
    throw asBackupProblem(error, 'failed');
  } finally {
    await removeDatabase(paths.copy);
    await rm(paths.sealed, { force: true });
  }
}

/** Free share of the disk that holds `folder`, 0 to 1. */
export async function freeShare(folder: string): Promise<number> {
  const { bavail, blocks } = await statfs(folder);
  return blocks === 0 ? 1 : bavail / blocks;
}

/** A disk that is filled to the brim by a backup would stop the bot itself: better none than that. */
async function requireRoom({ databaseFile, folder }: BackupOptions): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const wal = await stat(`${databaseFile}-wal`).catch(() => ({ size: 0 }));
  const size = (await stat(databaseFile)).size + wal.size;
  if (bavail * bsize < size * ROOM_FACTOR) throw new BackupProblem('disk_full');
}

async function chainEnds(file: string) {
  const db = openSqlite({ file });
  try {
    const heads = await db.read((tx) => ledgerReads.heads(tx));
    return heads.map(({ townId, seq, hash }) => ({ townId, seq, hash }));
  } finally {
    await db.close();
  }
}

/** Deletes what is no longer needed. */
async function prune(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  const outdated = outdatedBackups(names);
  for (const name of outdated) await rm(join(folder, name));
  return outdated;
}

/** What attempts that were killed have left; a younger one may be another process at work. */
async function clearLeftovers(folder: string, now: number): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!/^\.daiban-.*\.(?:copy|sealed)/.test(name)) continue;
    const { mtimeMs } = await stat(join(folder, name));
    if (now - mtimeMs > LEFTOVER_AFTER_MS) await rm(join(folder, name), { force: true });
  }
}
