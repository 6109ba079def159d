/** Brings a PostgreSQL database to this program's schema; refuses one that a newer program has already changed. */
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type pg from 'pg';
import { programFile } from '../../build/program-file.ts';
import { DatabaseUnfit } from '../errors.ts';

const migrationsFolder = programFile('db/migrations/postgres');
/** Any number that no other program on the database uses: only one process at a time migrates, or moves data in. */
export const MIGRATION_LOCK = 4_726_118_203;

/** Which migrations were applied, in drizzle's own table. */
const LOG = 'drizzle.__drizzle_migrations';
const CREATE_LOG = `
  CREATE SCHEMA IF NOT EXISTS drizzle;
  CREATE TABLE IF NOT EXISTS ${LOG} (id serial PRIMARY KEY, hash text NOT NULL, created_at bigint)`;

/** `empty`: nothing of this program is there. */
export type PostgresState = 'empty' | 'older' | 'current' | 'newer';

/**
 * Forward only; several processes may call it at the same time. Running it again changes nothing. Lock and migration are one
 * transaction: behind a pooler that hands out transactions a lock of the session would be left with nobody, and whoever held it while
 * it asks for a second connection would wait for those that wait for the lock.
 */
export async function migratePostgres(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  let done = false;
  try {
    await client.query(`BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    await migrateUnderLock(client);
    await client.query('COMMIT');
    done = true;
  } finally {
    // A connection that is closed gives back its lock and undoes what it began.
    client.release(!done);
  }
}

async function migrateUnderLock(client: pg.ClientBase): Promise<void> {
  const state = await postgresState(client);
  if (state === 'newer') {
    throw new DatabaseUnfit('数据库由更新版本的程序使用过，请升级程序后再启动 (database is newer than this program)');
  }
  if (state === 'current') return;
  await requireUtf8(client);
  await client.query(CREATE_LOG);
  const newestApplied = await newestAppliedMigration(client);
  for (const { folderMillis, hash, sql } of readMigrationFiles({ migrationsFolder })) {
    if (folderMillis <= newestApplied) continue;
    for (const statement of sql) await client.query(statement);
    await client.query(`INSERT INTO ${LOG} (hash, created_at) VALUES ($1, $2)`, [hash, folderMillis]);
  }
}

/** Which version of the program the database belongs to. Changes nothing. */
export async function postgresState(client: Pick<pg.ClientBase, 'query'>): Promise<PostgresState> {
  const newestKnown = Math.max(...readMigrationFiles({ migrationsFolder }).map((migration) => migration.folderMillis));
  const newestApplied = await newestAppliedMigration(client);
  if (newestApplied === 0) return 'empty';
  if (newestApplied === newestKnown) return 'current';
  return newestApplied > newestKnown ? 'newer' : 'older';
}

async function newestAppliedMigration(client: Pick<pg.ClientBase, 'query'>): Promise<number> {
  const found = await client.query(`SELECT to_regclass('${LOG}') IS NOT NULL AS there`);
  if (!(found.rows[0] as { there: boolean }).there) return 0;
  const newest = await client.query(`SELECT max(created_at) AS newest FROM ${LOG}`);
  return Number((newest.rows[0] as { newest: string | null }).newest ?? 0);
}

async function requireUtf8(client: pg.ClientBase): Promise<void> {
  const shown = await client.query('SHOW server_encoding');
  const encoding = (shown.rows[0] as { server_encoding: string }).server_encoding;
  if (encoding !== 'UTF8') throw new DatabaseUnfit(`数据库的编码是 ${encoding}，请另建一个 UTF8 编码的数据库。`);
}
