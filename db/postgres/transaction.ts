/**
 * Transactions on PostgreSQL. What SQLite's single writer gives for nothing is asked for here row by row: see `Tx.forUpdate`. A
 * transaction that loses against another one is run again from its beginning.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { PgSelect, PgTable } from 'drizzle-orm/pg-core';
import type pg from 'pg';
import type { Query, QueryLogger, Tables, Tx } from '../database.ts';
import { isBusy, NO_ANSWER, TransactionBusy, TransactionLost } from '../errors.ts';
import * as tables from './tables.ts';

const ATTEMPTS_MAX = 8;
/** A server that restarts or fails over ends every session, also those that lie ready in the pool. */
const CONNECTIONS_TRIED_MAX = 3;
const PAUSE_MS = 15;

/**
 * Serialization failure, deadlock, and a row that another transaction inserted first: each goes well when the work looks again.
 * https://www.postgresql.org/docs/current/mvcc-serialization-failure-handling.html
 */
const passing: ReadonlySet<unknown> = new Set(['40001', '40P01', '23505']);

/** For each lock. */
export const LOCK_WAIT_MS = 1_500;
const READ = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';
const WRITE = 'BEGIN ISOLATION LEVEL READ COMMITTED';
/**
 * Nothing in a transaction waits for the network, so one that idles for half a minute belongs to a process that is gone. A lock comes in
 * milliseconds, or somebody holds it whom nobody can wait for: the platform gives up after three seconds. What a statement takes longer
 * for, nobody here waits for any more (`ANSWER_WITHIN_MS`). Said in each transaction, because a pooler refuses it among a connection's
 * parameters.
 */
const LIMITS = `; SET LOCAL idle_in_transaction_session_timeout = 30000; SET LOCAL lock_timeout = ${LOCK_WAIT_MS}; SET LOCAL statement_timeout = 55000`;

export interface Transactions {
  /** Runs the work until it neither deadlocks nor collides with another transaction; gives up after a few attempts. */
  write<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
  read<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
}

interface Options {
  readonly pool: pg.Pool;
  /** A transaction may take, and wait for something else, as long as it takes. */
  readonly unhurried: boolean;
  readonly logger?: QueryLogger | undefined;
}

interface Attempt<Result> {
  readonly begin: string;
  readonly work: (tx: Tx) => Promise<Result>;
  readonly mayRunAgain: boolean;
}

export function createTransactions(options: Options): Transactions {
  return {
    async write(work) {
      for (let attempt = 1; ; attempt++) {
        const mayRunAgain = attempt < ATTEMPTS_MAX;
        try {
          return await onSomeConnection(options, { begin: WRITE, work, mayRunAgain });
        } catch (error) {
          if (!mayRunAgain || !passes(error)) throw error;
        }
        await pause(Math.random() * PAUSE_MS * attempt);
      }
    },
    read: (work) => onSomeConnection(options, { begin: READ, work, mayRunAgain: false }),
  };
}

/** The connection broke before COMMIT was sent, so nothing was done. */
class ConnectionBroke extends TransactionLost {}

/** Runs it on another connection when one breaks on the way. A COMMIT without an answer is the caller's to find out about. */
async function onSomeConnection<Result>(options: Options, attempt: Attempt<Result>): Promise<Result> {
  for (let tried = 1; ; tried++) {
    try {
      return await inTransaction(options, attempt);
    } catch (error) {
      if (!(error instanceof ConnectionBroke) || tried === CONNECTIONS_TRIED_MAX) throw error;
    }
  }
}

async function inTransaction<Result>(options: Options, attempt: Attempt<Result>): Promise<Result> {
  const client = await options.pool.connect();
  let committing = false;
  let broken: Error | undefined;
  try {
    await client.query(options.unhurried ? attempt.begin : attempt.begin + LIMITS);
    const { tx, lost } = transaction(client, { ...options, mayRunAgain: attempt.mayRunAgain });
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
    broken = await failureOf(client, 'ROLLBACK');
    if (broken && !committing) throw new ConnectionBroke('the connection broke', { cause: error });
    throw isBusy(error) && !(error instanceof TransactionBusy) ? new TransactionBusy(error) : error;
  } finally {
    client.release(broken);
  }
}

async function failureOf(client: pg.PoolClient, statements: string): Promise<Error | undefined> {
  try {
    await client.query(statements);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function transaction(
  client: pg.PoolClient,
  { mayRunAgain, logger }: { mayRunAgain: boolean; logger?: QueryLogger | undefined },
): { tx: Tx; lost: () => Error | undefined } {
  let depth = 0;
  let lost: Error | undefined;

  /** Where these fail the connection broke, or an earlier failure was hidden: the work must not take it for one of its own. */
  async function mustGoWell(statements: string): Promise<void> {
    const failure = await failureOf(client, statements);
    if (failure) throw giveUp('the transaction cannot go on', failure);
  }

  function giveUp(message: string, cause: unknown): Error {
    return giveUpFor(new TransactionLost(message, { cause }));
  }

  function giveUpFor(error: TransactionLost): Error {
    lost = error;
    return lost;
  }

  async function savepoint<Result>(work: () => Promise<Result>): Promise<Result> {
    const name = `s${++depth}`;
    try {
      await mustGoWell(`SAVEPOINT ${name}`);
      const result = await work();
      await client.query(`RELEASE ${name}`);
      return result;
    } catch (error) {
      if (lost) throw lost;
      if (withoutAnswer(error)) throw giveUp('the server does not answer', error);
      if (isBusy(error)) throw giveUpFor(new TransactionBusy(error));
      if (mayRunAgain && passes(error)) throw giveUp('the transaction lost against another one', error);
      await mustGoWell(`ROLLBACK TO ${name}; RELEASE ${name}`);
      throw error;
    } finally {
      depth--;
    }
  }

  const tx: Tx = {
    q: queriesOn(client, logger),
    t: asTables(tables),
    savepoint,
    forUpdate,
    hold: async (select) => void (await forUpdate(select())),
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

const builders = new WeakMap<pg.PoolClient, Query>();

/** One query builder per connection, so that queries prepared on it serve every transaction. */
function queriesOn(client: pg.PoolClient, logger: QueryLogger | undefined): Query {
  const known = builders.get(client);
  if (known) return known;
  const fresh = asQuery(drizzle(withoutNul(client), logger ? { logger } : {}));
  builders.set(client, fresh);
  return fresh;
}

/**
 * The connection, leaving out the one character that a text of PostgreSQL cannot hold, so that a pasted U+0000 costs nobody the click.
 * Guarantee: drizzle asks a client for nothing but `query`.
 */
function withoutNul(client: pg.PoolClient): pg.PoolClient {
  const clean = (value: unknown) => (typeof value === 'string' ? value.replaceAll('\0', '') : value);
  const query = (config: pg.QueryConfig, values: unknown[] = []) => client.query(config, values.map(clean));
  return { query } as unknown as pg.PoolClient;
}

/** Guarantee: repositories use only what both engines' builders have, see `Query`. */
function asQuery(database: NodePgDatabase): Query {
  return database as unknown as Query;
}

/** Guarantee: both engines' tables are made by the same definition, see `db/tables.ts` and `kit.ts`. */
function asTables(defined: typeof tables): Tables {
  return defined as unknown as Tables;
}

/** Guarantee: only selects of this engine's builder come here, and those have `for`. Foreign keys need no stronger lock. */
const forUpdate: Tx['forUpdate'] = (select, { skip = false, of } = {}) => {
  const how = { ...(skip ? { skipLocked: true as const } : {}), ...(of ? { of: of as PgTable } : {}) };
  return (select as unknown as PgSelect).for('no key update', how) as unknown as typeof select;
};
