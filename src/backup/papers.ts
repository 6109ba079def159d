/**
 * The papers beside the backups: sealed and never changed, each is copied once and serves every backup that names it. One of an
 * erased person stays as long as the oldest backup that may name it.
 */
import { createHash } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tx } from '../../db/database.ts';
import { type KeptPaper, paperReads } from '../../db/repositories/paper.ts';
import { unitListReads } from '../../db/repositories/unit-list.ts';
import { createFolderStore, type PaperStore } from '../papers/store.ts';
import { BackupProblem } from './problem.ts';

export interface PapersCopied {
  /** That the database names. */
  readonly papers: number;
  /** Of those: neither where they should lie nor where they are copied to, or not as they were written. */
  readonly missing: number;
}

interface Copying {
  readonly from: PaperStore;
  readonly to: PaperStore;
  /** A folder on the disk that must keep room for the bot. */
  readonly room?: string;
}

type KeptFile = Pick<KeptPaper, 'fileName' | 'bytes' | 'hash'>;

const PAGE = 500;
/** Of the disk's free bytes, what papers may take: the rest is the bot's. */
const ROOM_FACTOR = 2;

/** The folder for papers among backups. */
export function papersBeside(backupsFolder: string): string {
  return join(backupsFolder, 'papers');
}

/**
 * Copies every paper that the database names and `to` lacks. One that cannot be found is counted, and no reason to end.
 * Rejects with BackupProblem `disk_full` before the disk is full.
 */
export async function copyPapers(
  tx: Tx,
  { signal, ...copying }: Copying & { signal?: AbortSignal },
): Promise<PapersCopied> {
  let papers = 0;
  let missing = 0;
  for await (const paper of allKept(tx)) {
    signal?.throwIfAborted();
    papers += 1;
    if (!(await copyPaper(paper, copying))) missing += 1;
  }
  return { papers, missing };
}

/** Deletes what belongs to persons who were erased before the oldest backup was made. */
export async function dropErasedPapers(tx: Tx, { folder, before }: { folder: string; before: number }): Promise<void> {
  const store = createFolderStore(folder);
  for (let afterId = 0; ; ) {
    const page = await paperReads.gonePage(tx, { afterId, before, limit: PAGE });
    for (const { fileName } of page) await store.remove(fileName);
    const last = page.at(-1);
    if (page.length < PAGE || !last) return;
    afterId = last.id;
  }
}

/** The papers of cases, then the files of published lists. */
async function* allKept(tx: Tx): AsyncGenerator<KeptFile> {
  yield* keptPapers(tx);
  for (let afterId = 0; ; ) {
    const page = await unitListReads.keptPage(tx, { afterId, limit: PAGE });
    for (const { fileName, bytes, hash } of page) if (fileName !== null) yield { fileName, bytes, hash };
    const last = page.at(-1);
    if (page.length < PAGE || !last) return;
    afterId = last.id;
  }
}

async function* keptPapers(tx: Tx): AsyncGenerator<KeptFile> {
  for (let afterId = 0; ; ) {
    const page = await paperReads.keptPage(tx, { afterId, limit: PAGE });
    yield* page;
    const last = page.at(-1);
    if (page.length < PAGE || !last) return;
    afterId = last.id;
  }
}

/** False when there is none to copy. What is copied is what was written: its hash says so. */
async function copyPaper({ fileName, bytes, hash }: KeptFile, { from, to, room }: Copying): Promise<boolean> {
  if ((await to.size(fileName)) === bytes) return true;
  const sealed = await from.get(fileName);
  if (!sealed || createHash('sha256').update(sealed).digest('hex') !== hash) return false;
  if (room !== undefined) await requireRoom(room, sealed.length);
  await to.put(fileName, sealed);
  return true;
}

async function requireRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < bytes * ROOM_FACTOR) throw new BackupProblem('disk_full');
}
