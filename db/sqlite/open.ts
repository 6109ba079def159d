/** SQLite: one file (or memory), one writer at a time, and readers on a connection of their own. */
import Sqlite from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import type { Database, Query, QueryLogger, Tx } from '../database.ts';
import { createLane } from './lane.ts';
import { migrateSqlite } from './migrate.ts';
import * as tables from './tables.ts';

/** Nobody else is served while SQLite itself waits for a lock: at the start that is no matter, later the lane does the waiting. */
const OPENING_WAIT_MS = 5_000;
const LOCK_WAIT_MS = 50;

/** A file, or the bytes of a database (tests clone a migrated one). */
export type SqliteSource = { readonly file: string } | { readonly image: Buffer };

/**
 * Opens (and creates, and migrates) a SQLite database. `synchronous=FULL`: a commit that returned survives a power cut.
 * Throws when the file belongs to a newer version of the program.
 */
export function openSqlite(source: SqliteSource, options: { readonly logger?: QueryLogger } = {}): Database {
  const inMemory = 'image' in source;
  const writer = inMemory ? new Sqlite(source.image) : new Sqlite(source.file, { timeout: OPENING_WAIT_MS });
  // Of a new database only. Half as many pages are read for three thousand namesakes as with the usual 4 KiB, at no cost elsewhere.
  writer.pragma('page_size = 8192');
  writer.pragma('journal_mode = WAL');
  writer.pragma('synchronous = FULL');
  writer.pragma('foreign_keys = ON');
  // What is deleted is overwritten, so that a resident who was erased stands in no free page.
  writer.pragma('secure_delete = ON');
  // What savepoints may have to undo outgrows the 64 KiB kept in memory otherwise, and would go through a file.
  writer.pragma('temp_store = MEMORY');
  // A burst of steps changes more pages than the usual 2 MiB hold.
  writer.pragma('cache_size = -16000');
  // Rarer checkpoints: pages that every step changes are carried over once instead of four times. 64 MiB of log at most.
  writer.pragma('wal_autocheckpoint = 8000');
  migrateSqlite(writer);
  writer.pragma(`busy_timeout = ${LOCK_WAIT_MS}`);
  const reader = inMemory ? writer : new Sqlite(source.file, { readonly: true, timeout: LOCK_WAIT_MS });
  const writing = openLane(writer, { ...options, begin: 'BEGIN IMMEDIATE' });
  // A database in memory has one connection only, so its reads wait in the writers' lane.
  const reading = inMemory ? writing : openLane(reader, { ...options, begin: 'BEGIN' });
  return {
    write: (work, options) => writing.lane.run(() => work({ ...writing.tx }), options),
    read: (work) => reading.lane.run(() => work({ ...reading.tx })),
    async close() {
      await Promise.all([writing.lane.idle(), reading.lane.idle()]);
      if (reader !== writer) reader.close();
      writer.close();
    },
  };
}

interface LaneOptions {
  readonly begin: 'BEGIN IMMEDIATE' | 'BEGIN';
  readonly logger?: QueryLogger;
}

/** A lane with the transaction it hands out, one after the other; built once, because drizzle reads the whole schema each time. */
function openLane(connection: Sqlite.Database, { begin, logger }: LaneOptions) {
  const lane = createLane(connection, begin);
  const tx: Tx = {
    q: asQuery(drizzle(connection, logger ? { logger } : {})),
    t: tables,
    savepoint: lane.savepoint,
    forUpdate: (select) => select,
    hold: async () => {},
  };
  return { lane, tx };
}

/**
 * Guarantee: drizzle's builders for this driver can be awaited, and then give what the asynchronous ones give. Its own `transaction`,
 * which refuses promises, is not used: the lane begins and commits.
 */
function asQuery(database: BetterSQLite3Database): Query {
  return database as unknown as Query;
}
