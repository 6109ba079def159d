/** Empty databases for tests, on the engine of the run: `DAIBAN_TEST_ENGINE=postgres`, else SQLite in memory. */
import { getTableName } from 'drizzle-orm';
import pg from 'pg';
import { inject } from 'vitest';
import type { Database } from '../../db/database.ts';
import { openPostgres } from '../../db/postgres/open.ts';
import * as postgresTables from '../../db/postgres/tables.ts';
import { atEndOfFile } from './end-of-file.ts';
import { TEMPLATE } from './postgres-template.ts';
import { queryLog } from './query-log.ts';

export const engine = process.env['DAIBAN_TEST_ENGINE'] === 'postgres' ? 'postgres' : 'sqlite';

// SQLite's driver is a compiled one, which a run on PostgreSQL need not have.
const sqlite = engine === 'sqlite' ? await import('./sqlite-databases.ts') : undefined;

export function emptyDatabase(): Database {
  return sqlite ? sqlite.emptySqlite() : openedLater(takePostgres());
}

/** A database as `prepare` leaves an empty one. What it does must follow from the name, because SQLite does it once for each name. */
export async function preparedDatabase(name: string, prepare: (db: Database) => Promise<void>): Promise<Database> {
  if (sqlite) return sqlite.preparedSqlite(name, prepare);
  const db = await takePostgres();
  await prepare(db);
  return db;
}

interface Kept {
  readonly db: Database;
  /** Takes every row out again. */
  empty(): Promise<void>;
  drop(): Promise<void>;
}

/** Emptying a database is twenty times faster than making one, so each test file keeps those it has used. */
const free: Kept[] = [];

async function dropFree(): Promise<void> {
  for (const kept of free.splice(0)) await kept.drop();
}

async function takePostgres(): Promise<Database> {
  const kept = free.pop() ?? (await createKept());
  const underWay = new Set<Promise<unknown>>();
  let closed = false;
  function noted<Result>(begin: () => Promise<Result>): Promise<Result> {
    if (closed) return Promise.reject(new Error('the database is closed'));
    const work = begin();
    underWay.add(work);
    const forget = () => void underWay.delete(work);
    work.then(forget, forget);
    return work;
  }
  return {
    write: (work) => noted(() => kept.db.write(work)),
    read: (work) => noted(() => kept.db.read(work)),
    async close() {
      if (closed) return;
      closed = true;
      await Promise.allSettled(underWay);
      await kept.empty();
      free.push(kept);
    },
  };
}

async function createKept(): Promise<Kept> {
  atEndOfFile(dropFree);
  const created = await createPostgresDatabase();
  const db = await openPostgres({ url: created.url, connectionsMax: 4, logger: queryLog });
  const cleaner = new pg.Client({ connectionString: created.url });
  await cleaner.connect();
  const tables = Object.values(postgresTables).map((table) => getTableName(table));
  const sequences = await cleaner.query("SELECT format('%I.%I', schemaname, sequencename) AS name FROM pg_sequences");
  const restarts = sequences.rows.map((row) => String(row.name)).filter((name) => name.startsWith('public.'));
  return {
    db,
    async empty() {
      await cleaner.query(
        [
          // Neither the ledger's triggers nor foreign keys stand in the way of a test's end.
          'BEGIN; SET LOCAL session_replication_role = replica',
          ...tables.map((table) => `DELETE FROM ${table}`),
          ...restarts.map((sequence) => `SELECT setval('${sequence}', 1, false)`),
          'COMMIT',
        ].join(';'),
      );
    },
    async drop() {
      await db.close();
      await cleaner.end();
      await created.drop();
    },
  };
}

let created = 0;

/** A migrated, empty database of the run's PostgreSQL server, or with `template: false` one without any table. */
export async function createPostgresDatabase(
  options: { template?: boolean } = {},
): Promise<{ url: string; drop(): Promise<void> }> {
  const serverUrl = new URL(inject('postgresUrl'));
  const name = `test_${process.pid}_${++created}`;
  await onServer(serverUrl, `CREATE DATABASE ${name}${options.template === false ? '' : ` TEMPLATE ${TEMPLATE}`}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function onServer(url: URL, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Lets tests open a database without waiting for it; what they ask of it waits. */
function openedLater(opening: Promise<Database>): Database {
  return {
    write: async (work) => (await opening).write(work),
    read: async (work) => (await opening).read(work),
    close: async () => (await opening).close(),
  };
}
