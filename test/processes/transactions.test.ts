import { eq, sql } from 'drizzle-orm';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database, Tx } from '../../db/database.ts';
import { isAway, TransactionLost } from '../../db/errors.ts';
import { chatReads, chatWrites } from '../../db/repositories/chat.ts';
import { outboxWrites } from '../../db/repositories/outbox.ts';
import { settingReads, settingWrites } from '../../db/repositories/setting.ts';
import { createPostgresDatabase, openPatiently } from '../support/databases.ts';
import { openGate } from '../support/gate.ts';

let url: string;
let drop: () => Promise<void>;
/** Two processes as far as the server can tell. */
let one: Database;
let other: Database;

beforeEach(async () => {
  ({ url, drop } = await createPostgresDatabase());
  one = await openPatiently({ url, connectionsMax: 4 });
  other = await openPatiently({ url, connectionsMax: 4 });
});

afterEach(async () => {
  await Promise.all([one.close(), other.close()]);
  await drop();
});

const set = (tx: Tx, key: string, value: unknown) => settingWrites.set(tx, { key, value });
const get = (db: Database, key: string) => db.read((tx) => settingReads.get(tx, key));

/** Something that several wait for until all have come. */
function meeting(size: number): () => Promise<void> {
  let come = 0;
  let open = () => {};
  const all = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    if (++come === size) open();
    return all;
  };
}

describe('transactions on PostgreSQL', () => {
  it('see what another process has changed since the one before', async () => {
    await one.write((tx) => chatWrites.joined(tx, { chatId: 'oc_1', mode: 'group', name: '一' }));
    const name = async (tx: Tx) => (await chatReads.byId(tx, 'oc_1'))?.name;
    expect([await one.write(name), await one.read(name)]).toEqual(['一', '一']);
    await other.write((tx) => chatWrites.joined(tx, { chatId: 'oc_1', mode: 'group', name: '二' }));
    expect([await one.write(name), await one.read(name)]).toEqual(['二', '二']);
  });

  it.each(['in a savepoint', 'outside of one'])(
    'run again after a deadlock %s, and nothing is done by halves',
    async (where) => {
      await one.write((tx) => set(tx, 'a', 0).then(() => set(tx, 'b', 0)));
      const met = meeting(2);
      const runs: string[] = [];
      const add = async (tx: Tx, key: string) => {
        const value = Number(await settingWrites.take(tx, key));
        await set(tx, key, value + 1);
      };
      const crossing = (first: string, second: string) => async (tx: Tx) => {
        runs.push(first);
        const work = async () => {
          await add(tx, first);
          await met();
          await add(tx, second);
        };
        await (where === 'in a savepoint' ? tx.savepoint(work) : work());
      };
      await Promise.all([one.write(crossing('a', 'b')), other.write(crossing('b', 'a'))]);
      expect(runs).toHaveLength(3);
      expect([await get(one, 'a'), await get(one, 'b')]).toEqual([2, 2]);
    },
  );

  it('run again when another one has added the same row first, also if the work hides it', async () => {
    const row = { openId: 'ou_x', name: '甲', role: 'agent', employment: 'fullTime', status: 'active' } as const;
    const [unit] = await one.write(async ({ q, t }) =>
      q.insert(t.units).values({ code: 'u', level: 'town', name: '镇', center: '中心' }).returning(),
    );
    const met = meeting(2);
    const join = async (tx: Tx) => {
      const { q, t } = tx;
      const known = await q.select().from(t.agents).where(eq(t.agents.openId, 'ou_x'));
      await met();
      if (known.length > 0) return 'known';
      await tx.savepoint(() =>
        Promise.resolve(q.insert(t.agents).values({ ...row, unitId: unit?.id ?? 0, appliedAt: 1 })),
      );
      return 'joined';
    };
    const hiding = (tx: Tx) => join(tx).catch(() => 'hidden');
    expect((await Promise.all([one.write(hiding), other.write(hiding)])).sort()).toEqual(['joined', 'known']);
  });

  it('give up after a few attempts on what never goes well', async () => {
    let attempts = 0;
    const twice = one.write(async ({ q, t }) => {
      attempts++;
      await q.insert(t.settings).values({ key: 'k', value: 1 });
      await q.insert(t.settings).values({ key: 'k', value: 1 });
    });
    await expect(twice).rejects.toMatchObject({ cause: { code: '23505' } });
    expect(attempts).toBeGreaterThan(1);
    expect(attempts).toBeLessThan(20);
    expect(await get(one, 'k')).toBeUndefined();
  });

  it('report no success when a statement failed and the work went on', async () => {
    const quiet = one.write(async (tx) => {
      await set(tx, 'k', 1);
      await Promise.resolve(tx.q.select({ x: sql`1/0` }).from(tx.t.settings)).catch(() => {});
      return 'done';
    });
    await expect(quiet).rejects.toBeInstanceOf(TransactionLost);
    expect(await get(one, 'k')).toBeUndefined();
  });

  it('undo a savepoint, also one around another, and go on', async () => {
    await one.write(async (tx) => {
      await set(tx, 'before', 1);
      const undone = tx.savepoint(async () => {
        await tx.savepoint(() => set(tx, 'inner', 1));
        throw new Error('no');
      });
      await expect(undone).rejects.toThrow('no');
      await tx.savepoint(() => set(tx, 'kept', 1));
    });
    expect(await Promise.all(['before', 'inner', 'kept'].map((key) => get(one, key)))).toEqual([1, undefined, 1]);
  });

  it('read a locked row as it is now, not as it was when the transaction began', async () => {
    await one.write((tx) => set(tx, 'k', 'old'));
    await one.write(async (tx) => {
      expect(await settingReads.get(tx, 'k')).toBe('old');
      await other.write((writing) => set(writing, 'k', 'new'));
      expect(await settingWrites.take(tx, 'k')).toBe('new');
    });
  });

  it('keep one snapshot while reading, and lets nobody write there', async () => {
    await one.write((tx) => set(tx, 'k', 'old'));
    await one.read(async (tx) => {
      expect(await settingReads.get(tx, 'k')).toBe('old');
      await other.write((writing) => set(writing, 'k', 'new'));
      expect(await settingReads.get(tx, 'k')).toBe('old');
    });
    await expect(one.read((tx) => set(tx, 'k', 'no'))).rejects.toMatchObject({ cause: { code: '25006' } });
    expect(await get(one, 'k')).toBe('new');
  });

  it('wait their turn in a burst, and are all done when the database closes', async () => {
    const burst = Array.from({ length: 60 }, (_, n) => one.write((tx) => set(tx, `k${n}`, n)));
    await one.close();
    await Promise.all(burst);
    await one.close();
    await expect(get(one, 'k1')).rejects.toThrow();
    const rows = await other.read(async ({ q, t }) => q.select().from(t.settings));
    expect(rows).toHaveLength(60);
    one = await openPatiently({ url, connectionsMax: 2 });
  });

  it.each([
    ['outside of a savepoint', false],
    ['in a savepoint whose failure the work hides', true],
  ])('run again on another connection when theirs is ended %s', async (_, hidden) => {
    let runs = 0;
    const cut = one.write(async (tx) => {
      await set(tx, `run${++runs}`, 1);
      if (runs === 1) await endAllOthers();
      const work = () => set(tx, 'k', runs);
      await (hidden ? tx.savepoint(work).catch(() => {}) : work());
      return 'done';
    });
    expect(await cut).toBe('done');
    expect(await Promise.all(['run1', 'run2', 'k'].map((key) => get(one, key)))).toEqual([undefined, 1, 2]);
    let reads = 0;
    const read = one.read(async (tx) => {
      if (++reads === 1) await endAllOthers();
      return settingReads.get(tx, 'k');
    });
    expect([await read, reads]).toEqual([2, 2]);
  });

  it('fail when every connection is ended, and the next one goes well', async () => {
    const cut = one.write(async (tx) => {
      await set(tx, 'k', 1);
      await endAllOthers();
      await set(tx, 'k', 2);
    });
    await expect(cut).rejects.toThrow('the connection broke');
    expect(await get(one, 'k')).toBeUndefined();
    await one.write((tx) => set(tx, 'k', 3));
    expect(await get(other, 'k')).toBe(3);
  });

  it.each([
    ['outside of a savepoint', false, /^Failed query/],
    ['in a savepoint whose failure the work hides', true, /^the server does not answer$/],
  ])('are given up when the network swallows what is asked %s, and the next one goes well', async (_, hidden, told) => {
    const gate = await openGate(url);
    const far = await openPatiently({ url: gate.url, connectionsMax: 2, answerWithinMs: 300 });
    try {
      let runs = 0;
      const stuck = far.write(async (tx) => {
        runs++;
        await set(tx, 'k', 1);
        const work = () => {
          gate.swallow();
          return set(tx, 'k', 2);
        };
        await (hidden ? tx.savepoint(work).catch(() => {}) : work());
      });
      const error: unknown = await stuck.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect([isAway(error), runs]).toEqual([true, 1]);
      expect((error as Error).message).toMatch(told);
      await gate.shut();
      await gate.open();
      await far.write((tx) => set(tx, 'k', 3));
      expect(await get(one, 'k')).toBe(3);
    } finally {
      await far.close();
      await gate.shut();
    }
  });

  it('wait for an answer that takes long where an operator is watching', async () => {
    const patient = await openPatiently({ url, connectionsMax: 2, answerWithinMs: Number.POSITIVE_INFINITY });
    const limits = patient.read(async ({ q }) =>
      q.select({ idle: sql<string>`current_setting('idle_in_transaction_session_timeout')` }).from(sql`pg_sleep(0.1)`),
    );
    expect(await limits).toEqual([{ idle: '0' }]);
    await patient.close();
  });

  it('do not run again when the connection is ended while they commit: they may have done it', async () => {
    await statement(`
      CREATE FUNCTION end_own_session() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END';
      CREATE CONSTRAINT TRIGGER ends AFTER INSERT ON settings DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION end_own_session()`);
    let runs = 0;
    const cut = one.write(async (tx) => {
      runs++;
      await set(tx, 'k', 1);
    });
    await expect(cut).rejects.toMatchObject({ code: '57P01' });
    expect(runs).toBe(1);
  });

  it('leave out of a text what PostgreSQL cannot hold, and keep JSON as it was written', async () => {
    const values = ['12', 'null', '{"a":1}', '零\u0000字节', { z: 1, a: [null, true, 1.5] }, 7, false];
    for (const [index, value] of values.entries()) {
      await one.write((tx) => set(tx, `k${index}`, value));
      expect(await get(one, `k${index}`)).toEqual(value);
    }
    const cased = { z: 1, a: 2 };
    await one.write((tx) => set(tx, 'order', cased));
    expect(JSON.stringify(await get(one, 'order'))).toBe('{"z":1,"a":2}');
    await one.write((tx) => set(tx, 'a\u0000b', 1));
    expect(await get(one, 'ab')).toBe(1);
  });
});

describe('the outbox of several processes', () => {
  const add = (lane: string) =>
    one.write((tx) =>
      outboxWrites.insert(tx, {
        ...{ uuid: `${lane}${Math.random()}`, lane, target: lane, operation: 'post', contentSealed: '' },
        ...{ status: 'waiting', availableAt: 0, createdAt: 0 },
      }),
    );

  it('takes no second row of a lane while another process is taking the first', async () => {
    for (const lane of ['a', 'a', 'b']) await add(lane);
    const at = { now: 1, limit: 1, leaseMs: 1000 };
    await one.write(async (tx) => {
      const { rows: mine } = await outboxWrites.claim(tx, at);
      expect(mine.map((row) => row.id)).toEqual([1]);
      // Not waited for, and not passed over in its lane.
      const others = await other.write((writing) => outboxWrites.claim(writing, { ...at, limit: 10 }));
      expect(others.rows.map((row) => row.id)).toEqual([3]);
    });
    expect((await other.write((tx) => outboxWrites.claim(tx, { ...at, limit: 10 }))).rows).toEqual([]);
  });

  it('finishes a row put back at the moment a newer one of its key is queued', async () => {
    const keyed = { lane: 'c', target: 'c', operation: 'update', contentSealed: '', dedupeKey: 'card:1' } as const;
    const rest = { status: 'waiting', availableAt: 0, createdAt: 0 } as const;
    await one.write((tx) => outboxWrites.insert(tx, { uuid: 'u1', ...keyed, ...rest }));
    await one.write((tx) => outboxWrites.claim(tx, { now: 1, limit: 1, leaseMs: 1000 }));
    let putBack: Promise<void> | undefined;
    await other.write(async (tx) => {
      await outboxWrites.insert(tx, { uuid: 'u2', ...keyed, ...rest });
      putBack = one.write((writing) => outboxWrites.putBack(writing, { id: 1, set: { availableAt: 5 }, at: 9 }));
      await seenWaiting();
    });
    await putBack;
    const rows = await one.read(async ({ q, t }) => q.select().from(t.outbox).orderBy(t.outbox.id));
    expect(rows).toMatchObject([
      { status: 'sent', error: 'overtaken' },
      { status: 'waiting', uuid: 'u2' },
    ]);
  });
});

/** Until one of the connections waits for another. */
async function seenWaiting(): Promise<void> {
  for (;;) {
    const rows = await statement(
      "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
    );
    if (rows.length > 0) return;
  }
}

async function endAllOthers(): Promise<void> {
  await statement(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );
}

async function statement(text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(text);
  await client.end();
  return rows;
}
