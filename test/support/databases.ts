/** Empty databases for tests, on the engine of the run: `DAIBAN_TEST_ENGINE=postgres`, else SQLite in memory. */
import { getTableName } from 'drizzle-orm';
import pg from 'pg';
import { inject } from 'vitest';
import type { Database } from '../../db/database.ts';
import { openPostgres, type PostgresSource } from '../../db/postgres/open.ts';
import * as postgresTables from '../../db/postgres/tables.ts';
import { TEMPLATE } from './postgres-template.ts';
import { queryLog } from './query-log.ts';

export const engine = process.env['DAIBAN_TEST_ENGINE'] === 'postgres' ? 'postgres' : 'sqlite';

// SQLite's driver is a compiled one, which a run on PostgreSQL need not have.
const sqlite = engine === 'sqlite' ? await import('./sqlite-databases.ts') : undefined;

export function emptyDatabase(): Database {
  return sqlite ? sqlite.emptySqlite() : openedLater(takePostgres());
}

/** A database as `prepare` leaves an empty one. What it does must follow from the name, because it is done once for each name. */
export async function preparedDatabase(name: string, prepare: (db: Database) => Promise<void>): Promise<Database> {
  if (sqlite) return sqlite.preparedSqlite(name, prepare);
  const kept = await takeKept();
  const db = lent(kept);
  await kept.fill(name, () => prepare(db));
  return db;
}

interface Kept {
  readonly db: Database;
  /** Fills it, which is empty, as `prepare` does, who is asked the first time only. */
  fill(name: string, prepare: () => Promise<void>): Promise<void>;
  /** Takes every row out again. */
  empty(): Promise<void>;
}

/**
 * Emptying a database is twenty times faster than making one, and copying rows than having them made, so each worker keeps the
 * databases it has used. They go with the server, at the end of the run.
 */
const free: Kept[] = [];

async function takeKept(): Promise<Kept> {
  return free.pop() ?? createKept();
}

async function takePostgres(): Promise<Database> {
  return lent(await takeKept());
}

/** Of a test, until it closes it. */
function lent(kept: Kept): Database {
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

/** Rows that are taken out leave holes, over which every query reads. */
const FILLED_UP_AFTER = 50;

async function createKept(): Promise<Kept> {
  const { url } = await createPostgresDatabase();
  const db = await openPatiently({ url, connectionsMax: 4, logger: queryLog });
  const cleaner = new pg.Client({ connectionString: url });
  await cleaner.connect();
  // The server is gone before the worker is.
  cleaner.on('error', () => {});
  const content = { tables: Object.values(postgresTables).map(getTableName), sequences: await sequencesOf(cleaner) };
  const refills = new Map<string, string>();
  let emptied = 0;
  return {
    db,
    async fill(name, prepare) {
      const refill = refills.get(name);
      if (refill === undefined) {
        await prepare();
        refills.set(name, await copyAside(cleaner, { ...content, schema: `prepared_${refills.size}` }));
      } else await cleaner.query(unhindered(refill));
    },
    async empty() {
      const deletions = content.tables.map((table) => `DELETE FROM ${table}`);
      const restarts = content.sequences.map((sequence) => `SELECT setval('${sequence}', 1, false)`);
      await cleaner.query(unhindered([...deletions, ...restarts].join(';')));
      emptied += 1;
      if (emptied % FILLED_UP_AFTER === 0) await cleaner.query(`VACUUM ${content.tables.join()}`);
    },
  };
}

/** Neither the ledger's triggers nor foreign keys stand in its way. */
function unhindered(statements: string): string {
  return `BEGIN; SET LOCAL session_replication_role = replica; ${statements}; COMMIT`;
}

async function sequencesOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query("SELECT format('%I.%I', schemaname, sequencename) AS name FROM pg_sequences");
  return rows.map((row) => String(row.name)).filter((name) => name.startsWith('public.'));
}

/** Copies every row into a schema of its own; returns the statements that bring them back into empty tables. */
async function copyAside(
  client: pg.Client,
  { schema, tables, sequences }: { schema: string; tables: readonly string[]; sequences: readonly string[] },
): Promise<string> {
  await client.query(`CREATE SCHEMA ${schema}`);
  const statements: string[] = [];
  for (const table of tables) {
    const { rowCount } = await client.query(`CREATE TABLE ${schema}.${table} AS TABLE ${table}`);
    if (rowCount !== 0) statements.push(`INSERT INTO ${table} SELECT * FROM ${schema}.${table}`);
  }
  for (const sequence of sequences) {
    const [at] = (await client.query(`SELECT last_value, is_called FROM ${sequence}`)).rows;
    statements.push(`SELECT setval('${sequence}', ${at.last_value}, ${at.is_called})`);
  }
  return statements.join(';');
}

/** As the bot opens it, but for its haste to tell the platform's callers that the server is away: a busy machine is slow to connect. */
export function openPatiently(source: PostgresSource): Promise<Database> {
  return openPostgres({ connectWithinMs: 120_000, ...source });
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
