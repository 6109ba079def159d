/** Brings a PostgreSQL database to this program's schema; refuses one that a newer program has already changed. */
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import type pg from 'pg';
import { programFile } from '../../build/program-file.ts';
import { DatabaseUnfit } from '../errors.ts';

const migrationsFolder = programFile('db/migrations/postgres');
/** Any number that no other program on the database uses: only one process at a time migrates, or moves data in. */
export const MIGRATION_LOCK = 4_726_118_203;

/** `empty`: nothing of this program is there. */
export type PostgresState = 'empty' | 'older' | 'current' | 'newer';

/**
 * Forward only; several processes may call it at the same time. Running it again changes nothing. The lock belongs to a transaction
 * on a second connection: behind a pooler that hands out transactions, one of a session would be left with nobody.
 */
export async function migratePostgres(pool: pg.Pool): Promise<void> {
  const holder = await pool.connect();
  let done = false;
  try {
    await holder.query(`BEGIN; SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    await migrateUnderLock(pool, await postgresState(holder));
    await holder.query('COMMIT');
    done = true;
  } finally {
    // Closing a connection gives back its lock.
    holder.release(!done);
  }
}

async function migrateUnderLock(pool: pg.Pool, state: PostgresState): Promise<void> {
  if (state === 'newer') {
    throw new DatabaseUnfit('数据库由更新版本的程序使用过，请升级程序后再启动 (database is newer than this program)');
  }
  if (state === 'current') return;
  await requireUtf8(pool);
  await migrate(drizzle(pool), { migrationsFolder });
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
  const found = await client.query("SELECT to_regclass('drizzle.__drizzle_migrations') IS NOT NULL AS there");
  if (!(found.rows[0] as { there: boolean }).there) return 0;
  const newest = await client.query('SELECT max(created_at) AS newest FROM drizzle.__drizzle_migrations');
  return Number((newest.rows[0] as { newest: string | null }).newest ?? 0);
}

async function requireUtf8(client: Pick<pg.Pool, 'query'>): Promise<void> {
  const shown = await client.query('SHOW server_encoding');
  const encoding = (shown.rows[0] as { server_encoding: string }).server_encoding;
  if (encoding !== 'UTF8') throw new DatabaseUnfit(`数据库的编码是 ${encoding}，请另建一个 UTF8 编码的数据库。`);
}
