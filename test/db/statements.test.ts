import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { expect, it } from 'vitest';
import type { Query, Tx } from '../../db/client.ts';
import { migrateSqlite } from '../../db/migrate.ts';
import { outboxReads, outboxWrites } from '../../db/repositories/outbox.ts';
import * as schema from '../../db/schema/sqlite.ts';
import { keepStatements } from '../../db/statements.ts';

it('gives the same statement again, as good as new', () => {
  const connection = new Sqlite(':memory:');
  keepStatements(connection);
  const first = connection.prepare('select 1 as one');
  expect(first.raw().all()).toEqual([[1]]);
  const second = connection.prepare('select 1 as one');
  expect(second).toBe(first);
  expect(second.all()).toEqual([{ one: 1 }]);
  connection.close();
});

it('finds the oldest row of each outbox lane by its index, however long the backlog', async () => {
  const connection = new Sqlite(':memory:');
  migrateSqlite(connection);
  const asked: string[] = [];
  const logger = { logQuery: (query: string) => void asked.push(query) };
  const q = drizzle(connection, { schema, logger }) as unknown as Query;
  const tx: Tx = {
    q,
    t: schema,
    savepoint: (work) => work(),
    forUpdate: (select) => select,
    hold: async () => {},
    memory: new Map(),
  };
  await outboxReads.nextAvailableAt(tx);
  await outboxWrites.claim(tx, { now: 1, limit: 5, leaseMs: 1 });
  expect(asked).toHaveLength(2);
  for (const query of asked) {
    const bound = Array.from({ length: query.split('?').length - 1 }, () => 1);
    const plan = connection.prepare<unknown[], { detail: string }>(`explain query plan ${query}`).all(...bound);
    expect(plan.map(({ detail }) => detail).join('\n')).toContain('USING INDEX outbox_lane');
  }
  connection.close();
});
