/**
 * One connection, one transaction at a time, in the order of arrival. Work that is waiting when a transaction begins is
 * done in the same one, each in its own savepoint, so that a burst pays for one disk flush (group commit).
 */
import { setImmediate } from 'node:timers/promises';
import type Sqlite from 'better-sqlite3';

/** Work that may wait for company does so for this long. */
const COMPANY_MS = 20;
/**
 * Turns of the event loop before a transaction begins. The first reads all sockets that are ready; those who were answered by the
 * commit before come back in the next ones. When nobody comes they take 40 µs together.
 */
const GATHERING_TURNS = 3;
/** So many units of work share a commit at most: bounds how long the first of them waits for its answer. */
const BATCH_MAX = 64;

interface Waiting {
  readonly work: () => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

export interface Lane {
  /** Resolves or rejects after the commit (or its failure). `mayWait`: a little later is soon enough, if that saves a commit. */
  run<Result>(work: () => Promise<Result>, how?: { readonly mayWait?: boolean }): Promise<Result>;
  /** Only inside `run`. */
  savepoint<Result>(work: () => Promise<Result>): Promise<Result>;
  idle(): Promise<void>;
}

/** Thrown when SQLite itself ended the transaction (disk full, I/O error): nothing of the batch is kept. */
export class TransactionLost extends Error {
  override readonly name = 'TransactionLost';
}

export interface LaneOptions {
  readonly begin: 'BEGIN IMMEDIATE' | 'BEGIN';
  /** Told when what was read so far may no longer hold: a transaction begins, or something was undone. */
  readonly onNewState?: () => void;
  /** Asked at the beginning of a transaction and of each savepoint for what to call if it is undone. */
  readonly mark?: () => () => void;
  /** Writes what is still to be written. */
  readonly beforeCommit?: () => Promise<void>;
}

export function createLane(connection: Sqlite.Database, options: LaneOptions): Lane {
  const { begin: beginning, onNewState = () => {}, mark = () => () => {}, beforeCommit = async () => {} } = options;
  const waiting: Waiting[] = [];
  let draining: Promise<void> | undefined;
  let later: NodeJS.Timeout | undefined;
  let depth = 0;
  const statements = new Map<string, Sqlite.Statement>();

  /** For the handful of texts that frame every piece of work. */
  function execute(sql: string): void {
    const statement = statements.get(sql) ?? connection.prepare(sql);
    statements.set(sql, statement);
    statement.run();
  }

  async function savepoint<Result>(work: () => Promise<Result>): Promise<Result> {
    const name = `s${++depth}`;
    execute(`SAVEPOINT ${name}`);
    const undone = mark();
    try {
      const result = await work();
      execute(`RELEASE ${name}`);
      return result;
    } catch (error) {
      if (!connection.inTransaction) throw new TransactionLost('the transaction was rolled back', { cause: error });
      execute(`ROLLBACK TO ${name}`);
      undone();
      onNewState();
      execute(`RELEASE ${name}`);
      throw error;
    } finally {
      depth--;
    }
  }

  async function runBatch(batch: readonly Waiting[]): Promise<void> {
    const settle: (() => void)[] = [];
    const undone = mark();
    try {
      execute(beginning);
      onNewState();
      for (const item of batch) {
        try {
          const value = await savepoint(item.work);
          settle.push(() => item.resolve(value));
        } catch (error) {
          if (error instanceof TransactionLost) throw error;
          settle.push(() => item.reject(error));
        }
      }
      await beforeCommit();
      execute('COMMIT');
    } catch (error) {
      if (connection.inTransaction) execute('ROLLBACK');
      undone();
      for (const item of batch) item.reject(error);
      return;
    }
    for (const answer of settle) answer();
  }

  async function drain(): Promise<void> {
    while (waiting.length > 0) await runBatch(waiting.splice(0, BATCH_MAX));
    draining = undefined;
  }

  /** Not at once, so that what arrives together shares one commit: a microtask would come after the first. */
  function begin(): void {
    clearTimeout(later);
    later = undefined;
    draining ??= gather().then(drain);
  }

  async function gather(): Promise<void> {
    for (let turn = 0; turn < GATHERING_TURNS; turn++) await setImmediate();
  }

  return {
    run<Result>(work: () => Promise<Result>, { mayWait = false } = {}): Promise<Result> {
      return new Promise<Result>((resolve, reject) => {
        waiting.push({ work, resolve: resolve as (value: unknown) => void, reject });
        if (!mayWait) begin();
        else if (!draining) later ??= setTimeout(begin, COMPANY_MS);
      });
    },
    savepoint,
    async idle() {
      if (waiting.length > 0) begin();
      while (draining) await draining;
    },
  };
}
