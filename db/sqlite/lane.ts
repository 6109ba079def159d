/**
 * One connection, one transaction at a time, in the order of arrival. Work that is waiting when a transaction begins is
 * done in the same one, so that a burst pays for one disk flush (group commit); a savepoint around each keeps one's failure from
 * the others.
 */
import { setTimeout as pause, setImmediate } from 'node:timers/promises';
import type Sqlite from 'better-sqlite3';
import type { WriteOptions } from '../database.ts';
import { isBusy, TransactionBusy, TransactionLost } from '../errors.ts';

/**
 * Turns of the event loop before a transaction begins. The first reads all sockets that are ready; those who were answered by the
 * commit before come back in the next ones. When nobody comes they take 40 µs together.
 */
const GATHERING_TURNS = 3;
/** So many units of work share a commit at most: bounds how long the first of them waits for its answer. */
const BATCH_MAX = 64;
/** Between two attempts at a lock that another program holds, during which everything else goes on. */
const ATTEMPT_AGAIN_MS = 50;
/** So long whoever has no hurry waits for it. */
const WAIT_MS = 10_000;

export interface Lane {
  /** Resolves or rejects after the commit (or its failure); with `TransactionBusy` when another program does not let it begin. */
  run<Result>(work: () => Promise<Result>, options?: WriteOptions): Promise<Result>;
  /** Only inside `run`. */
  savepoint<Result>(work: () => Promise<Result>): Promise<Result>;
  idle(): Promise<void>;
}

interface Waiting {
  readonly work: () => Promise<unknown>;
  /** By `performance.now()`. */
  readonly startBy: number;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

export function createLane(connection: Sqlite.Database, begin: 'BEGIN IMMEDIATE' | 'BEGIN'): Lane {
  const execute = createExecute(connection);
  const savepoint = createSavepoint(connection, execute);
  let waiting: Waiting[] = [];
  let draining: Promise<void> | undefined;

  async function drain(): Promise<void> {
    // Not at once, so that what arrives together shares one commit: a microtask would come after the first.
    for (let turn = 0; turn < GATHERING_TURNS; turn++) await setImmediate();
    while (waiting.length > 0) if (await hasBegun()) await runTogether(waiting.splice(0, BATCH_MAX));
    draining = undefined;
  }

  /** Begins a transaction, or tells those who cannot wait any longer, and rests when another program holds the database. */
  async function hasBegun(): Promise<boolean> {
    try {
      execute(begin);
      return true;
    } catch (error) {
      const isLate = ({ startBy }: Waiting) => !isBusy(error) || performance.now() >= startBy;
      const late = waiting.filter(isLate);
      waiting = waiting.filter((one) => !late.includes(one));
      for (const { reject } of late) reject(isBusy(error) ? new TransactionBusy(error) : error);
      if (waiting.length > 0) await pause(ATTEMPT_AGAIN_MS);
      return false;
    }
  }

  /** Answers everybody after the commit, or its failure. */
  async function runTogether(batch: readonly Waiting[]): Promise<void> {
    try {
      const answers: (() => void)[] = [];
      for (const one of batch) answers.push(await runOne(one));
      execute('COMMIT');
      for (const answer of answers) answer();
    } catch (error) {
      if (connection.inTransaction) execute('ROLLBACK');
      for (const { reject } of batch) reject(error);
    }
  }

  /** Tells what to call after the commit. Rejects when the transaction cannot go on. */
  async function runOne({ work, resolve, reject }: Waiting): Promise<() => void> {
    try {
      const value = await savepoint(work);
      return () => resolve(value);
    } catch (error) {
      if (error instanceof TransactionLost) throw error;
      return () => reject(error);
    }
  }

  return {
    run<Result>(work: () => Promise<Result>, { waitMs = WAIT_MS }: WriteOptions = {}): Promise<Result> {
      return new Promise<Result>((resolve, reject) => {
        const startBy = performance.now() + waitMs;
        waiting.push({ work, startBy, resolve: resolve as (value: unknown) => void, reject });
        draining ??= drain();
      });
    },
    savepoint,
    async idle() {
      while (draining) await draining;
    },
  };
}

function createSavepoint(connection: Sqlite.Database, execute: (sql: string) => void): Lane['savepoint'] {
  let depth = 0;
  return async (work) => {
    const name = `s${++depth}`;
    execute(`SAVEPOINT ${name}`);
    try {
      const result = await work();
      // The work may have hidden it; what comes next would be written without a transaction.
      if (!connection.inTransaction) throw new TransactionLost('the transaction was rolled back');
      execute(`RELEASE ${name}`);
      return result;
    } catch (error) {
      // SQLite itself ends the transaction when the disk is full or fails.
      if (!connection.inTransaction) throw new TransactionLost('the transaction was rolled back', { cause: error });
      execute(`ROLLBACK TO ${name}`);
      execute(`RELEASE ${name}`);
      throw error;
    } finally {
      depth--;
    }
  };
}

/** For the handful of texts that frame every piece of work: compiling one costs more than running it. */
function createExecute(connection: Sqlite.Database): (sql: string) => void {
  const statements = new Map<string, Sqlite.Statement>();
  return (sql) => {
    const statement = statements.get(sql) ?? connection.prepare(sql);
    statements.set(sql, statement);
    statement.run();
  };
}
