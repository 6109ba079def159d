/** The database engine the bot is killed on: everything else in this folder only knows an address and how to open it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../../db/database.ts';
import { openPostgres } from '../../db/postgres/open.ts';
import { openSqlite } from '../../db/sqlite/open.ts';
import { createPostgresDatabase, engine } from '../support/databases.ts';

export { engine };

export interface CrashDatabase {
  /** For the bot's `DATABASE_URL`. */
  readonly url: string;
  /** A connection of the test's own, beside the bot's. The caller closes it. */
  open(): Promise<Database>;
  /** Removes the database; nobody may have it open. */
  drop(): Promise<void>;
}

const CONNECTIONS_MAX = 4;

/** A database that nobody has used, of the engine of the run. */
export async function freshDatabase(): Promise<CrashDatabase> {
  if (engine === 'postgres') {
    const { url, drop } = await createPostgresDatabase();
    return { ...serverDatabase(url), drop };
  }
  const folder = mkdtempSync(join(tmpdir(), 'daiban-crash-'));
  return { ...fileDatabase(folder), drop: async () => rmSync(folder, { recursive: true, force: true }) };
}

/** A database in a file of this folder, which may be of a file system with peculiarities. */
export function fileDatabase(folder: string): CrashDatabase {
  const file = join(folder, 'daiban.db');
  return {
    url: `file:${file}`,
    open: async () => openSqlite({ file }),
    drop: async () => rmSync(file, { force: true }),
  };
}

/** An empty database of a server that goes away as a whole at the end. */
export function serverDatabase(url: string): CrashDatabase {
  return { url, open: () => openPostgres({ url, connectionsMax: CONNECTIONS_MAX }), drop: async () => {} };
}
