/**
 * What a database is to the rest of the program. Everything sees `Tx`, a drizzle query builder (`q`) with its tables (`t`), and awaits;
 * which engine runs is known in `open.ts`, `sqlite/` and `postgres/` only.
 */
import type { Table } from 'drizzle-orm';
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import type { Tables } from './tables.ts';

export type { Tables } from './tables.ts';

/**
 * Of both engines' builders what repositories may use: select, insert with onConflict and returning, update, delete, and awaiting
 * them.
 */
export type Query = BaseSQLiteDatabase<'async', unknown>;

/** One open transaction. Nothing inside one awaits the network: the next writer is waiting. */
export interface Tx {
  readonly q: Query;
  readonly t: Tables;
  /** Runs `work` so that its writes are undone when it throws, while the transaction itself goes on. */
  savepoint<Result>(work: () => Promise<Result>): Promise<Result>;
  /**
   * The select, whose rows nobody else changes until this transaction ends; of a join with `of` those of one table. Rows that
   * another transaction holds are waited for, or with `skip` left out. Where there is one writer at a time (SQLite) it is the plain
   * select.
   */
  forUpdate<Select extends PromiseLike<unknown>>(
    select: Select,
    how?: { readonly skip?: boolean; readonly of?: Table },
  ): Select;
  /** As `forUpdate`, for rows that are only held: where there is one writer at a time nothing is asked. */
  hold(select: () => PromiseLike<unknown>): Promise<void>;
}

export interface WriteOptions {
  /** Milliseconds that the work may wait for other programs and transactions; unless given as long as the engine waits. */
  readonly waitMs?: number;
}

export interface Database {
  /**
   * Runs `work` in a write transaction; resolves after the commit is durable. On PostgreSQL it may run more than once before that, each
   * time as if nothing had happened, so what it does besides reading and writing must bear it. Rejects with `TransactionBusy`, and
   * nothing done, when another program or transaction holds what it needs.
   */
  write<Result>(work: (tx: Tx) => Promise<Result>, options?: WriteOptions): Promise<Result>;
  /** Runs `work` on one consistent snapshot. Writing here fails. */
  read<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** Waits for what is under way, then closes. */
  close(): Promise<void>;
}

/** Is told of every query before it runs, for tests that count them; drizzle's own interface. */
export type { Logger as QueryLogger } from 'drizzle-orm';
