/**
 * What a database is to the rest of the program, and SQLite as one. Everything else sees `Tx`, a drizzle query builder (`q`)
 * with its tables (`t`), and awaits; which engine runs is known here, in `postgres.ts` and in `open.ts` only.
 */
import Sqlite from 'better-sqlite3';
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import { createGathering } from './gathering.ts';
import { createLane, type Lane } from './lane.ts';
import { migrateSqlite } from './migrate.ts';
import { createMemory, type Memory } from './remembered.ts';
import * as schema from './schema/sqlite.ts';
import { queriesOn } from './sqlite-session.ts';
import { keepStatements } from './statements.ts';

export type Tables = typeof schema;
export type Query = BaseSQLiteDatabase<'async', unknown>;

/** One open transaction. Nothing inside one awaits the network: the next writer is waiting. */
export interface Tx {
  readonly q: Query;
  readonly t: Tables;
  /** Runs `work` so that its writes are undone when it throws, while the transaction itself goes on. */
  savepoint<Result>(work: () => Promise<Result>): Promise<Result>;
  /**
   * The select, whose rows nobody else changes until this transaction ends; they are read as they are now, whatever was read
   * before. Rows that another transaction holds are waited for, or with `skip` left out. Where there is one writer at a time
   * (SQLite) it is the plain select.
   */
  forUpdate<Select extends PromiseLike<unknown>>(select: Select, others?: 'wait' | 'skip'): Select;
  /** As `forUpdate`, for rows that are only held: where there is one writer at a time nothing is asked. */
  hold(select: () => PromiseLike<unknown>): Promise<void>;
  /**
   * Something to be written before the commit, together with what else is gathered until then: work that shares a commit writes it
   * once. Undone with the savepoint it was gathered in.
   */
  gather<Event>(kind: Gathered<Event>, event: Event): Promise<void>;
  /** Writes what has been gathered, for whoever is about to read it. */
  writeGathered(): Promise<void>;
  /** Rows that were read in this transaction and hardly ever change, by table: see `db/remembered.ts`. */
  readonly memory: Memory;
}

/** What is gathered is written by this, in the order in which it came. One object for each kind. */
export interface Gathered<Event> {
  write(tx: Tx, events: readonly Event[]): Promise<void>;
}

export interface Database {
  /**
   * Runs `work` in a write transaction; resolves after the commit is durable. It may run more than once before that, each time as if
   * nothing had happened, so what it does besides reading and writing must bear it. `mayWait`: nobody waits for it, so that it may be
   * put off for a moment to share somebody else's commit.
   */
  write<Result>(work: (tx: Tx) => Promise<Result>, how?: { readonly mayWait?: boolean }): Promise<Result>;
  /** Runs `work` on one consistent snapshot. Writing here fails. */
  read<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** Waits for what is under way, then closes. */
  close(): Promise<void>;
}

/** An open SQLite connection, or the bytes of a database (tests clone a migrated one). */
export type SqliteSource = { readonly file: string } | { readonly image: Buffer };

/**
 * Opens (and creates, and migrates) a SQLite database. `synchronous=FULL`: a commit that returned survives a power cut.
 * Throws when the file belongs to a newer version of the program.
 */
export function openSqlite(source: SqliteSource): Database {
  const inMemory = 'image' in source;
  const writer = inMemory ? new Sqlite(source.image) : new Sqlite(source.file);
  // Of a new database only. Half as many pages are read for three thousand namesakes as with the usual 4 KiB, at no cost elsewhere.
  writer.pragma('page_size = 8192');
  writer.pragma('journal_mode = WAL');
  writer.pragma('synchronous = FULL');
  writer.pragma('foreign_keys = ON');
  writer.pragma('busy_timeout = 5000');
  // What savepoints may have to undo outgrows the 64 KiB kept in memory otherwise, and would go through a file.
  writer.pragma('temp_store = MEMORY');
  // A burst of steps changes more pages than the usual 2 MiB hold.
  writer.pragma('cache_size = -16000');
  // Rarer checkpoints: pages that every step changes are carried over once instead of four times. 64 MiB of log at most.
  writer.pragma('wal_autocheckpoint = 8000');
  migrateSqlite(writer);
  const reader = inMemory ? writer : new Sqlite(source.file, { readonly: true });
  for (const connection of new Set([writer, reader])) keepStatements(connection);
  const writing = openLane(writer, 'BEGIN IMMEDIATE');
  // A database in memory has one connection only, so its reads wait in the writers' lane.
  const reading = inMemory ? writing : openLane(reader, 'BEGIN');
  return {
    // In memory a commit costs nothing, so nothing is put off.
    write: (work, how) => writing.lane.run(() => work(writing.tx), inMemory ? {} : how),
    read: (work) => reading.lane.run(() => work(reading.tx)),
    async close() {
      await Promise.all([writing.lane.idle(), reading.lane.idle()]);
      if (reader !== writer) reader.close();
      writer.close();
    },
  };
}

/**
 * A lane with what it hands out, one transaction after the other; built once, because drizzle reads the whole schema each time. Its
 * memory holds from one transaction to the next, unless another connection has written in between.
 */
function openLane(connection: Sqlite.Database, begin: 'BEGIN IMMEDIATE' | 'BEGIN'): { lane: Lane; tx: Tx } {
  const memory = createMemory();
  const gathering = createGathering();
  const othersWrote = createOthersWrote(connection);
  const lane = createLane(connection, {
    begin,
    onBegun: () => {
      if (othersWrote()) memory.forgetAll();
    },
    onUndone: () => memory.forgetAll(),
    mark: gathering.mark,
    beforeCommit: () => gathering.write(tx),
  });
  const tx: Tx = {
    q: queriesOn(connection, memory),
    t: schema,
    savepoint: (work) => lane.savepoint(work),
    forUpdate: (select) => select,
    hold: async () => {},
    gather: async (kind, event) => gathering.add(kind, event),
    writeGathered: () => gathering.write(tx),
    memory,
  };
  return { lane, tx };
}

/**
 * Asked within a transaction: whether another connection, of this process or another one, has committed since the last time.
 * https://www.sqlite.org/pragma.html#pragma_data_version
 */
function createOthersWrote(connection: Sqlite.Database): () => boolean {
  const select = connection.prepare<[], number>('PRAGMA data_version').pluck();
  let known: number | undefined;
  return () => {
    const before = known;
    known = select.get();
    return known !== before;
  };
}
