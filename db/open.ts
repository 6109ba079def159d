/** From the address in `DATABASE_URL` to an open database of either engine. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database } from './database.ts';
import { DatabaseUnreachable, isUnreachable } from './errors.ts';

export type DatabaseAddress =
  | { readonly engine: 'sqlite'; readonly file: string }
  /** `url` holds a password: it is shown to nobody, see `describeDatabase`. */
  | { readonly engine: 'postgres'; readonly url: string };

/** Reads `file:<path>` or `postgres://…` (also `postgresql://…`); undefined for anything else. */
export function parseDatabaseUrl(text: string): DatabaseAddress | undefined {
  if (/^file:.+/.test(text)) return { engine: 'sqlite', file: text.slice('file:'.length) };
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text)) return undefined;
  return new URL(text).pathname.length > 1 ? { engine: 'postgres', url: text } : undefined;
}

/** Where the database is, without user and password. */
export function describeDatabase(address: DatabaseAddress): string {
  if (address.engine === 'sqlite') return address.file;
  const { host, pathname } = new URL(address.url);
  return `postgres://${host}${pathname}`;
}

/**
 * Opens the database, creates the file's folder, and brings the schema up to date. Throws as the engines' own functions do, and
 * `DatabaseUnreachable` for a server that does not let us in. `answerWithinMs`: see `PostgresSource`.
 */
export async function openDatabase(
  address: DatabaseAddress,
  limits: { readonly answerWithinMs?: number } = {},
): Promise<Database> {
  // Only one engine's driver is loaded: the other takes time and memory, and may not even be installed.
  if (address.engine === 'postgres') {
    const { openPostgres } = await import('./postgres/open.ts');
    return openPostgres({ ...limits, url: address.url }).catch((error: unknown) => {
      throw isUnreachable(error) ? new DatabaseUnreachable(describeDatabase(address), error) : error;
    });
  }
  const { openSqlite } = await import('./sqlite/open.ts');
  mkdirSync(dirname(address.file), { recursive: true });
  return openSqlite({ file: address.file });
}
