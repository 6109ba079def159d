/**
 * One connection, one transaction at a time, in the order of arrival. Work that is waiting when a transaction begins is
 * done in the same one, so that a burst pays for one disk flush (group commit).
 */
import { setImmediate } from 'node:timers/promises';
import type Sqlite from 'better-sqlite3';
import { type BatchOptions, createBatches, type Waiting } from './batch.ts';

/** Work that may wait for company does so for this long. */
const COMPANY_MS = 20;
/**
 * Turns of the event loop before a transaction begins. The first reads all sockets that are ready; those who were answered by the
 * commit before come back in the next ones. When nobody comes they take 40 µs together.
 */
const GATHERING_TURNS = 3;
/** So many units of work share a commit at most: bounds how long the first of them waits for its answer. */
const BATCH_MAX = 64;

export interface Lane {
  /** Resolves or rejects after the commit (or its failure). `mayWait`: a little later is soon enough, if that saves a commit. */
  run<Result>(work: () => Promise<Result>, how?: { readonly mayWait?: boolean }): Promise<Result>;
  /** Only inside `run`. */
  savepoint<Result>(work: () => Promise<Result>): Promise<Result>;
  idle(): Promise<void>;
}

export function createLane(connection: Sqlite.Database, options: BatchOptions): Lane {
  const batches = createBatches(connection, options);
  const waiting: Waiting[] = [];
  let draining: Promise<void> | undefined;
  let later: NodeJS.Timeout | undefined;

  async function drain(): Promise<void> {
    while (waiting.length > 0) await batches.run(waiting.splice(0, BATCH_MAX));
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
    savepoint: batches.savepoint,
    async idle() {
      if (waiting.length > 0) begin();
      while (draining) await draining;
    },
  };
}
