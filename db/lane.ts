/**
 * One connection, one transaction at a time, in the order of arrival. Work that is waiting when a transaction begins is
 * done in the same one, each in its own savepoint, so that a burst pays for one disk flush (group commit).
 */
import { AsyncResource } from 'node:async_hooks';
import type Sqlite from 'better-sqlite3';

/** So many units of work share a commit at most: bounds how long the first of them waits for its answer. */
const BATCH_MAX = 64;

interface Waiting {
  readonly work: () => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

export interface Lane {
  /** Resolves or rejects after the commit (or its failure). */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Only inside `run`. */
  savepoint<Result>(work: () => Promise<Result>): Promise<Result>;
  idle(): Promise<void>;
}

/** Thrown when SQLite itself ended the transaction (disk full, I/O error): nothing of the batch is kept. */
export class TransactionLost extends Error {
  override readonly name = 'TransactionLost';
}

export function createLane(connection: Sqlite.Database, begin: 'BEGIN IMMEDIATE' | 'BEGIN'): Lane {
  const waiting: Waiting[] = [];
  let draining: Promise<void> | undefined;
  let depth = 0;

  async function savepoint<Result>(work: () => Promise<Result>): Promise<Result> {
    const name = `s${++depth}`;
    connection.exec(`SAVEPOINT ${name}`);
    try {
      const result = await work();
      connection.exec(`RELEASE ${name}`);
      return result;
    } catch (error) {
      if (!connection.inTransaction) throw new TransactionLost('the transaction was rolled back', { cause: error });
      connection.exec(`ROLLBACK TO ${name}`);
      connection.exec(`RELEASE ${name}`);
      throw error;
    } finally {
      depth--;
    }
  }

  async function runBatch(batch: readonly Waiting[]): Promise<void> {
    const settle: (() => void)[] = [];
    try {
      connection.exec(begin);
      for (const item of batch) {
        try {
          const value = await savepoint(item.work);
          settle.push(() => item.resolve(value));
        } catch (error) {
          if (error instanceof TransactionLost) throw error;
          settle.push(() => item.reject(error));
        }
      }
      connection.exec('COMMIT');
    } catch (error) {
      if (connection.inTransaction) connection.exec('ROLLBACK');
      for (const item of batch) item.reject(error);
      return;
    }
    for (const answer of settle) answer();
  }

  async function drain(): Promise<void> {
    while (waiting.length > 0) await runBatch(waiting.splice(0, BATCH_MAX));
    draining = undefined;
  }

  return {
    run<Result>(work: () => Promise<Result>): Promise<Result> {
      return new Promise<Result>((resolve, reject) => {
        // The lane is driven by whoever came first; each work keeps the context (the request's id) it was given in.
        waiting.push({ work: AsyncResource.bind(work), resolve: resolve as (value: unknown) => void, reject });
        // Started in a microtask, so that all deliveries of one turn of the event loop find themselves in one batch.
        draining ??= Promise.resolve().then(drain);
      });
    },
    savepoint,
    async idle() {
      while (draining) await draining;
    },
  };
}
