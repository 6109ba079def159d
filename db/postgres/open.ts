/** PostgreSQL, or what speaks its protocol: any number of processes on one database, also behind a pooler that hands out transactions. */
import pg from 'pg';
import type { Database, QueryLogger } from '../database.ts';
import { migratePostgres } from './migrate.ts';
import { createTransactions, LOCK_WAIT_MS } from './transaction.ts';
import { createTurns } from './turns.ts';

export interface PostgresSource {
  /** `postgres://…`, as the driver reads it. */
  readonly url: string;
  /** Connections of this process at most, at least 2, half of them for writing; 10 unless given. */
  readonly connectionsMax?: number;
  /**
   * How long a query waits for its answer, in milliseconds; a minute unless given. `Infinity` is for an operator's work that takes as
   * long as it takes: then a transaction may idle, too.
   */
  readonly answerWithinMs?: number;
  /** How long a connection may take to come about, in milliseconds; 2.5 seconds unless given. */
  readonly connectWithinMs?: number;
  readonly logger?: QueryLogger;
}

const CONNECTIONS_MAX = 10;
/** A server that does not answer is told to the caller before the platform gives up waiting for ours (3 seconds). */
const CONNECT_WITHIN_MS = 2_500;
/** Far beyond any query of the bot. A network that swallows packets is given up by TCP itself only after a quarter of an hour. */
const ANSWER_WITHIN_MS = 60_000;
/** For a turn among the writes of this process, however short the wait: under load it comes in a moment. */
const TURN_WAIT_MS = 1_000;
/** A machine that is gone is told from one that still works on the answer: asked after so long, then ten times, a second apart (Node). */
const KEEP_ALIVE_AFTER_MS = 10_000;

/**
 * Opens a PostgreSQL database and migrates it; several processes may do so at the same time.
 * @throws when the server cannot be reached, or the database belongs to a newer version of the program.
 */
export async function openPostgres(source: PostgresSource): Promise<Database> {
  await bringUpToDate(source);
  const pool = createPool(source);
  const transactions = createTransactions({
    pool,
    unhurried: source.answerWithinMs === Number.POSITIVE_INFINITY,
    logger: source.logger,
  });
  const underWay = new Set<Promise<unknown>>();
  function noted<Result>(work: Promise<Result>): Promise<Result> {
    underWay.add(work);
    const forget = () => void underWay.delete(work);
    work.then(forget, forget);
    return work;
  }
  let closing: Promise<void> | undefined;
  async function end(): Promise<void> {
    // The pool forgets who still waits for a connection when it ends.
    while (underWay.size > 0) await Promise.allSettled(underWay);
    await pool.end();
  }
  // The pool gives up on whoever waits for a connection too long; a burst of deliveries waits here instead.
  const most = source.connectionsMax ?? CONNECTIONS_MAX;
  const reads = createTurns(Math.ceil(most / 2));
  const writes = createTurns(Math.max(1, Math.floor(most / 2)));
  return {
    write: (work, { waitMs } = {}) =>
      noted(
        writes.run(
          () => transactions.write(work),
          waitMs === undefined ? {} : { waitMs: Math.max(waitMs - LOCK_WAIT_MS, TURN_WAIT_MS) },
        ),
      ),
    read: (work) => noted(reads.run(() => transactions.read(work))),
    close() {
      closing ??= end();
      return closing;
    },
  };
}

/** A new index on a large table, or another process that is making one, may take many minutes. */
async function bringUpToDate(source: PostgresSource): Promise<void> {
  const pool = createPool({ ...source, connectionsMax: 1, answerWithinMs: Number.POSITIVE_INFINITY });
  try {
    await migratePostgres(pool);
  } finally {
    await pool.end();
  }
}

/** Connections with the limits every process works under. */
export function createPool({
  url,
  connectionsMax,
  answerWithinMs = ANSWER_WITHIN_MS,
  connectWithinMs = CONNECT_WITHIN_MS,
}: PostgresSource): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: connectionsMax ?? CONNECTIONS_MAX,
    connectionTimeoutMillis: connectWithinMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    ...(Number.isFinite(answerWithinMs) ? { query_timeout: answerWithinMs } : {}),
    application_name: 'daiban',
  });
  // A connection that breaks is replaced; whoever was using it gets the error from the query.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
