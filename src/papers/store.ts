/** Where the files of papers lie: a folder beside the database, or a bucket. What lies there is sealed, and no name tells of what. */
import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface PaperStore {
  /** Resolves when the bytes are kept, under their name all at once. One of the same name is replaced. */
  put(name: string, bytes: Uint8Array): Promise<void>;
  /** undefined when there is no such file. */
  get(name: string): Promise<Buffer | undefined>;
  /** Its size; undefined when there is no such file. */
  size(name: string): Promise<number | undefined>;
  /** Nothing happens when it is gone already. */
  remove(name: string): Promise<void>;
}

/** 32 hex digits, drawn by lot: no name of our making leads out of the folder. */
const NAME = /^[0-9a-f]{32}$/;

/** Below the folder, or the address of a bucket, one for each of the 256 beginnings, so that none of them grows long. */
export function paperFile(folder: string, name: string): string {
  if (!NAME.test(name)) throw new Error('not the name of a paper');
  return `${folder}/${name.slice(0, 2)}/${name}`;
}

export function createFolderStore(folder: string): PaperStore {
  return {
    async put(name, bytes) {
      const file = paperFile(folder, name);
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      const unfinished = `${file}.${randomBytes(4).toString('hex')}.part`;
      try {
        await writeWhole(unfinished, bytes);
        await rename(unfinished, file);
      } finally {
        await rm(unfinished, { force: true });
      }
      await flushFolder(dirname(file));
    },
    get: (name) => ifThere(readFile(paperFile(folder, name))),
    size: async (name) => (await ifThere(stat(paperFile(folder, name))))?.size,
    remove: (name) => rm(paperFile(folder, name), { force: true }),
  };
}

/** Nothing of it outlives the program: for a look-alike, for tests. */
export function createMemoryStore(): PaperStore {
  const files = new Map<string, Buffer>();
  return {
    put: async (name, bytes) => void files.set(name, Buffer.from(bytes)),
    get: async (name) => files.get(name),
    size: async (name) => files.get(name)?.length,
    remove: async (name) => void files.delete(name),
  };
}

async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function ifThere<Result>(work: Promise<Result>): Promise<Result | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A file opens under its own name only. */
export function contextOfPaper(name: string): string {
  return `papers:${name}`;
}
