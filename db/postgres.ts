/**
 * PostgreSQL, for several processes on one database. What SQLite's single writer gives for nothing is asked for here row by row:
 * see `Tx.forUpdate`. A transaction that loses against another one is run again from its beginning.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { PgSelect } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { TransactionLost } from './batch.ts';
import type { Database, Query, Tables, Tx } from './client.ts';
import { migratePostgres } from './migrate-postgres.ts';
import { createMemory, type Memory, tablesWritten } from './remembered.ts';
import * as schema from './schema/postgres.ts';
import { createTurns } from './turns.ts';
import { NO_ANSWER } from './unreachable.ts';

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
}

const CONNECTIONS_MAX = 10;
/** A server that does not answer is told to the caller before the platform gives up waiting for ours (3 seconds). */
const CONNECT_WITHIN_MS = 2_500;
/** Nothing in a transaction waits for the network, so one that idles this long belongs to a process that is gone. */
const IDLE_IN_TRANSACTION_MS = 30_000;
/** Far beyond any query of the bot. A network that swallows packets is given up by TCP itself only after a quarter of an hour. */
const ANSWER_WITHIN_MS = 60_000;
/** A machine that is gone is told from one that still works on the answer: asked after so long, then ten times, a second apart (Node). */
const KEEP_ALIVE_AFTER_MS = 10_000;
const ATTEMPTS_MAX = 8;
/** A server that restarts or fails over ends every session, also those that lie ready in the pool. */
const CONNECTIONS_TRIED_MAX = 3;
const PAUSE_MS = 15;

/**
 * Serialization failure, deadlock, and a row that another transaction inserted first: each goes well when the work looks again.
 * https://www.postgresql.org/docs/current/mvcc-serialization-failure-handling.html
 */
const passing: ReadonlySet<unknown> = new Set(['40001', '40P01', '23505']);

/**
 * Opens a PostgreSQL database and migrates it; several processes may do so at the same time.
 * @throws when the server cannot be reached, or the database belongs to a newer version of the program.
 */
export async function openPostgres(source: PostgresSource): Promise<Database> {
  await bringUpToDate(source);
  const pool = createPool(source);
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
    write: (work) => noted(writes.run(() => writeAgain(pool, work))),
    read: (work) => noted(reads.run(() => onSomeConnection(pool, { begin: READ, work, mayRunAgain: false }))),
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
export function createPool({ url, connectionsMax, answerWithinMs = ANSWER_WITHIN_MS }: PostgresSource): pg.Pool {
  const limited = Number.isFinite(answerWithinMs);
  const pool = new pg.Pool({
    connectionString: url,
    max: connectionsMax ?? CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    ...(limited ? { query_timeout: answerWithinMs, idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS } : {}),
    application_name: 'daiban',
  });
  // A connection that breaks is replaced; whoever was using it gets the error from the query.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

const READ = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';
const WRITE = 'BEGIN ISOLATION LEVEL READ COMMITTED';

/** Runs the work until it neither deadlocks nor collides with another transaction; gives up after a few attempts. */
async function writeAgain<Result>(pool: pg.Pool, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    const mayRunAgain = attempt < ATTEMPTS_MAX;
    try {
      return await onSomeConnection(pool, { begin: WRITE, work, mayRunAgain });
    } catch (error) {
      if (!mayRunAgain || !passes(error)) throw error;
    }
    await pause(Math.random() * PAUSE_MS * attempt);
  }
}

interface Attempt<Result> {
  readonly begin: string;
  readonly work: (tx: Tx) => Promise<Result>;
  readonly mayRunAgain: boolean;
}

/** The connection broke before COMMIT was sent, so nothing was done. */
class ConnectionBroke extends TransactionLost {}

/** Runs it on another connection when one breaks on the way. A COMMIT without an answer is the caller's to find out about. */
async function onSomeConnection<Result>(pool: pg.Pool, attempt: Attempt<Result>): Promise<Result> {
  for (let tried = 1; ; tried++) {
    try {
      return await inTransaction(pool, attempt);
    } catch (error) {
      if (!(error instanceof ConnectionBroke) || tried === CONNECTIONS_TRIED_MAX) throw error;
    }
  }
}

async function inTransaction<Result>(pool: pg.Pool, attempt: Attempt<Result>): Promise<Result> {
  const client = await pool.connect();
  let committing = false;
  let broken: Error | undefined;
  try {
    await client.query(attempt.begin);
    const { tx, lost } = transaction(client, attempt.mayRunAgain);
    const result = await attempt.work(tx);
    const lostBy = lost();
    if (lostBy) throw lostBy;
    committing = true;
    // COMMIT of a transaction in which a statement failed answers ROLLBACK, without an error.
    const { command } = await client.query('COMMIT');
    if (command !== 'COMMIT') throw new TransactionLost('the transaction was rolled back');
    return result;
  } catch (error) {
    broken = withoutAnswer(error);
    if (broken) throw error;
    // ROLLBACK fails only where the connection is of no use any more.
    broken = await failsOn(client, ['ROLLBACK']);
    if (broken && !committing) throw new ConnectionBroke('the connection broke', { cause: error });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** The error of the first statement that fails, if one does. */
async function failsOn(client: pg.PoolClient, statements: readonly string[]): Promise<Error | undefined> {
  try {
    for (const statement of statements) await client.query(statement);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function transaction(client: pg.PoolClient, mayRunAgain: boolean): { tx: Tx; lost: () => Error | undefined } {
  const { q, memory } = queriesOn(client);
  memory.forgetAll();
  let depth = 0;
  let lost: Error | undefined;

  /** Where these fail the connection broke, or an earlier failure was hidden: the work must not take it for one of its own. */
  async function mustGoWell(statements: readonly string[]): Promise<void> {
    const failure = await failsOn(client, statements);
    if (!failure) return;
    lost = new TransactionLost('the transaction cannot go on', { cause: failure });
    throw lost;
  }

  async function savepoint<Result>(work: () => Promise<Result>): Promise<Result> {
    const name = `s${++depth}`;
    try {
      await mustGoWell([`SAVEPOINT ${name}`]);
      const result = await work();
      await client.query(`RELEASE ${name}`);
      return result;
    } catch (error) {
      if (lost) throw lost;
      if (withoutAnswer(error)) {
        lost = new TransactionLost('the server does not answer', { cause: error });
        throw lost;
      }
      if (mayRunAgain && passes(error)) {
        lost = new TransactionLost('the transaction lost against another one', { cause: error });
        throw lost;
      }
      await mustGoWell([`ROLLBACK TO ${name}`, `RELEASE ${name}`]);
      memory.forgetAll();
      throw error;
    } finally {
      depth--;
    }
  }

  const tx: Tx = {
    q,
    t: asTables(schema),
    savepoint,
    forUpdate,
    hold: async (select) => void (await forUpdate(select())),
    // Nobody shares the commit.
    gather: (kind, event) => kind.write(tx, [event]),
    writeGathered: async () => {},
    memory,
  };
  return { tx, lost: () => lost };
}

/** Whether the same work would probably go well a moment later. */
function passes(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && passing.has(cause.code)) return true;
  }
  return false;
}

/**
 * The error, if a query waited too long for its answer. Whatever is asked behind it on that connection waits for it, too, so the
 * connection is given up; nothing runs again, because whoever asked has given up as well.
 */
function withoutAnswer(error: unknown): Error | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause.message === NO_ANSWER) return cause;
  }
  return undefined;
}

const builders = new WeakMap<pg.PoolClient, Pick<Tx, 'q' | 'memory'>>();

/** One query builder per connection: making one walks the whole schema. What it writes to is forgotten in the memory beside it. */
function queriesOn(client: pg.PoolClient): Pick<Tx, 'q' | 'memory'> {
  const known = builders.get(client);
  if (known) return known;
  const memory = createMemory();
  const fresh = { q: asQuery(drizzle(watched(client, memory), { schema })), memory };
  builders.set(client, fresh);
  return fresh;
}

/**
 * The connection, with an eye on what is asked: a table that is written to is forgotten, and the one character that a text of
 * PostgreSQL cannot hold is left out, so that a pasted U+0000 costs nobody the click.
 * Guarantee: drizzle asks a client for nothing but `query`.
 */
function watched(client: pg.PoolClient, memory: Memory): pg.PoolClient {
  const clean = (value: unknown) => (typeof value === 'string' ? value.replaceAll('\0', '') : value);
  function query(config: pg.QueryConfig, values: unknown[] = []): Promise<pg.QueryResult> {
    for (const table of tablesWritten(config.text)) memory.forget(table);
    return client.query(config, values.map(clean));
  }
  return { query } as unknown as pg.PoolClient;
}

/**
 * Guarantee: repositories use only what both engines' builders have and `schema/parity.ts` holds equal: select, insert with
 * onConflict and returning, update, delete, and awaiting them.
 */
function asQuery(database: NodePgDatabase<typeof schema>): Query {
  return database as unknown as Query;
}

/** Guarantee: `schema/parity.ts` holds names and row types of both schemas equal. */
function asTables(tables: typeof schema): Tables {
  return tables as unknown as Tables;
}

/** Guarantee: only selects of this engine's builder come here, and those have `for`. Foreign keys need no stronger lock. */
const forUpdate: Tx['forUpdate'] = (select, others) => {
  const locking = (select as unknown as PgSelect).for('no key update', others === 'skip' ? { skipLocked: true } : {});
  return locking as unknown as typeof select;
};
