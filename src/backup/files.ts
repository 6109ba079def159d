import { rm } from 'node:fs/promises';

/** Deletes a SQLite file with what may stand beside it. */
export async function removeDatabase(file: string): Promise<void> {
  for (const suffix of ['', '-wal', '-shm', '-journal']) await rm(`${file}${suffix}`, { force: true });
}
