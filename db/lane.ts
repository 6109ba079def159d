/**
 * One connection, one transaction at a time, in the order of arrival. Work that is waiting when a transaction begins is
 * done in the same one, so that a burst pays for one disk flush (group commit).
 *
 * Work that fails must leave nothing behind while the others' stays. Savepoints could see to it, but SQLite copies every page that
 * is changed in one, and hardly any work fails after it has written. So a batch is run without them first; when one turns out to
 * have been needed, all is rolled back and the batch runs again with savepoints.
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

/** Work failed after it had written, and nothing marks what to undo. */
class SavepointMissed extends TransactionLost {}

function lostBy(cause: unknown): TransactionLost {
  return new TransactionLost('the transaction was rolled back', { cause });
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
  let withSavepoints = false;
  let savepointMissed = false;
  const rowsChanged = connection.prepare<[], number>('SELECT total_changes()').pluck();
  const statements = new Map<string, Sqlite.Statement>();

  /** For the handful of texts that frame every piece of work. */
  function execute(sql: string): void {
    const statement = statements.get(sql) ?? connection.prepare(sql);
    statements.set(sql, statement);
    statement.run();
  }

  function savepoint<Result>(work: () => Promise<Result>): Promise<Result> {
    return withSavepoints ? markedWork(work) : unmarkedWork(work);
  }

  async function markedWork<Result>(work: () => Promise<Result>): Promise<Result> {
    const name = `s${++depth}`;
    execute(`SAVEPOINT ${name}`);
    const undone = mark();
    try {
      const result = await work();
      execute(`RELEASE ${name}`);
      return result;
    } catch (error) {
      if (!connection.inTransaction) throw lostBy(error);
      execute(`ROLLBACK TO ${name}`);
      undone();
      onNewState();
      execute(`RELEASE ${name}`);
      throw error;
    } finally {
      depth--;
    }
  }

  async function unmarkedWork<Result>(work: () => Promise<Result>): Promise<Result> {
    const before = rowsChanged.get();
    const undone = mark();
    let result: Result;
    try {
      result = await work();
    } catch (error) {
      if (!connection.inTransaction) throw lostBy(error);
      if (rowsChanged.get() !== before) {
        savepointMissed = true;
        throw new SavepointMissed('the work has to be undone', { cause: error });
      }
      undone();
      onNewState();
      throw error;
    }
    // The work may have hidden it; what comes next would be written without a transaction.
    if (!connection.inTransaction) throw lostBy(undefined);
    return result;
  }

  async function runBatch(batch: readonly Waiting[]): Promise<void> {
    if (await ranThrough(batch)) return;
    withSavepoints = true;
    await ranThrough(batch);
    withSavepoints = false;
  }

  /** False when nothing was done and nobody told, because savepoints are needed. */
  async function ranThrough(batch: readonly Waiting[]): Promise<boolean> {
    const settle: (() => void)[] = [];
    const undone = mark();
    savepointMissed = false;
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
      // A piece of work may have caught it and gone on.
      if (savepointMissed) throw new SavepointMissed('the work has to be undone');
      await beforeCommit();
      execute('COMMIT');
    } catch (error) {
      if (connection.inTransaction) execute('ROLLBACK');
      undone();
      if (savepointMissed) return false;
      for (const item of batch) item.reject(error);
      return true;
    }
    for (const answer of settle) answer();
    return true;
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
