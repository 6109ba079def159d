/**
 * Pieces of work in one SQLite transaction, one after the other. One that fails must leave nothing behind while the others' stays.
 * Savepoints could see to it, but SQLite copies every page that is changed in one, and hardly any work fails after it has written. So
 * all are run without them first; when one turns out to have been needed, all is rolled back and runs again with savepoints.
 */
import type Sqlite from 'better-sqlite3';

/** Thrown when SQLite itself ended the transaction (disk full, I/O error): nothing of the batch is kept. */
export class TransactionLost extends Error {
  override readonly name = 'TransactionLost';
}

/** Work failed after it had written, and nothing marks what to undo. `cause`: what it failed with. */
class SavepointMissed extends TransactionLost {
  /** The work may have failed only because a savepoint within it was missed. */
  readonly within: boolean;

  constructor(of: { cause?: unknown; within: boolean }) {
    super('the work has to be undone', of);
    this.within = of.within;
  }
}

function lostBy(cause: unknown): TransactionLost {
  return new TransactionLost('the transaction was rolled back', { cause });
}

export interface Waiting {
  readonly work: () => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

export interface BatchOptions {
  readonly begin: 'BEGIN IMMEDIATE' | 'BEGIN';
  /** Told when a transaction has begun: others may have written since the last one. */
  readonly onBegun?: () => void;
  /** Told when something was undone, so that what was read before may no longer hold. */
  readonly onUndone?: () => void;
  /** Asked at the beginning of a transaction and of each savepoint for what to call if it is undone. */
  readonly mark?: () => () => void;
  /** Writes what is still to be written. */
  readonly beforeCommit?: () => Promise<void>;
}

export interface Batches {
  /** Answers everybody after the commit, or its failure. Never rejects. */
  run(batch: readonly Waiting[]): Promise<void>;
  /** Only within work that is being run. */
  savepoint<Result>(work: () => Promise<Result>): Promise<Result>;
}

export function createBatches(connection: Sqlite.Database, options: BatchOptions): Batches {
  const {
    begin: beginning,
    onBegun = () => {},
    onUndone = () => {},
    mark = () => () => {},
    beforeCommit = async () => {},
  } = options;
  let depth = 0;
  let withSavepoints = false;
  let savepointMissed = false;
  const rowsChanged = connection.prepare<[], number>('SELECT total_changes()').pluck();
  const execute = createExecute(connection);

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
      onUndone();
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
        const within = savepointMissed;
        savepointMissed = true;
        throw new SavepointMissed({ cause: error, within });
      }
      undone();
      onUndone();
      throw error;
    }
    // The work may have hidden it; what comes next would be written without a transaction.
    if (!connection.inTransaction) throw lostBy(undefined);
    return result;
  }

  async function run(batch: readonly Waiting[]): Promise<void> {
    if (await ranThrough(batch)) return;
    withSavepoints = true;
    await ranThrough(batch);
    withSavepoints = false;
  }

  /** False when nothing was done and nobody told, because savepoints are needed. */
  async function ranThrough(batch: readonly Waiting[]): Promise<boolean> {
    const undone = mark();
    savepointMissed = false;
    try {
      execute(beginning);
      onBegun();
      const answer = await runAll(batch, savepoint);
      // A piece of work may have caught it and gone on.
      if (savepointMissed) throw new SavepointMissed({ within: true });
      await beforeCommit();
      execute('COMMIT');
      answer();
      return true;
    } catch (error) {
      if (connection.inTransaction) execute('ROLLBACK');
      undone();
      onUndone();
      // What is alone in its transaction has been undone with it.
      const alone = batch.length === 1 && error instanceof SavepointMissed && !error.within;
      if (savepointMissed && !alone) return false;
      for (const item of batch) item.reject(alone ? error.cause : error);
      return true;
    }
  }

  return { run, savepoint };
}

/** Tells what to call after the commit, for the answers. Rejects when the transaction cannot go on. */
async function runAll(batch: readonly Waiting[], savepoint: Batches['savepoint']): Promise<() => void> {
  const answers: (() => void)[] = [];
  for (const item of batch) {
    try {
      const value = await savepoint(item.work);
      answers.push(() => item.resolve(value));
    } catch (error) {
      if (error instanceof TransactionLost) throw error;
      answers.push(() => item.reject(error));
    }
  }
  return () => {
    for (const answer of answers) answer();
  };
}

/** For the handful of texts that frame every piece of work. */
function createExecute(connection: Sqlite.Database): (sql: string) => void {
  const statements = new Map<string, Sqlite.Statement>();
  return (sql) => {
    const statement = statements.get(sql) ?? connection.prepare(sql);
    statements.set(sql, statement);
    statement.run();
  };
}
