/** The database engine the bot is killed on: everything else in this folder only knows an address and how to open it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openSqlite } from '../../db/client.ts';

export interface FreshDatabase {
  /** For the bot's `DATABASE_URL`. */
  readonly url: string;
  /** A connection of the test's own, beside the bot's. The caller closes it. */
  open(): Promise<Database>;
  /** Removes the database; nobody may have it open. */
  drop(): Promise<void>;
}

/** A database that nobody has used. `folder`: where its file goes, for file systems with peculiarities. */
export async function freshDatabase(folder?: string): Promise<FreshDatabase> {
  const own = folder ?? mkdtempSync(join(tmpdir(), 'daiban-crash-'));
  const file = join(own, 'daiban.db');
  return {
    url: `file:${file}`,
    open: async () => openSqlite({ file }),
    drop: async () => rmSync(folder === undefined ? own : file, { recursive: true, force: true }),
  };
}
