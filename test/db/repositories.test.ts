import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database, Tx } from '../../db/database.ts';
import { caseSequenceWrites } from '../../db/repositories/case-sequence.ts';
import { chatReads, chatWrites } from '../../db/repositories/chat.ts';
import { cronWrites } from '../../db/repositories/cron.ts';
import { inboxReads, inboxWrites } from '../../db/repositories/inbox.ts';
import { ledgerReads } from '../../db/repositories/ledger.ts';
import {
  type Claim,
  type NewOutboxRow,
  type OutboxChange,
  type OutboxRow,
  outboxReads,
  outboxWrites,
} from '../../db/repositories/outbox.ts';
import { statsReads, statsWrites } from '../../db/repositories/stats.ts';
import type { CounterKey, PeriodSpan } from '../../src/domain/counters.ts';
import { emptyDatabase } from '../support/databases.ts';

let db: Database;

const sequences = () =>
  db.read(async ({ q, t }) => {
    const rows = await q.select().from(t.caseSequences).orderBy(t.caseSequences.townId, t.caseSequences.year);
    return rows.map(({ townId, year, last }) => `${townId} ${year} ${last}`);
  });

beforeEach(() => {
  db = emptyDatabase();
});

afterEach(async () => {
  await db.close();
});

describe('a query that is built once for lists', () => {
  const caseIds = [...Array(403).keys()];
  const fill = () =>
    db.write(async ({ q, t }) => {
      const entry = { townId: 1, at: 0, actorKind: 'system' as const, actorId: '', kind: 'x', payload: '{}' };
      await q
        .insert(t.ledgerEntries)
        .values(caseIds.map((caseId, seq) => ({ ...entry, seq, caseId, prevHash: '', hash: '', signature: '' })));
    });

  it.each([0, 1, 199, 200, 201, 402])('finds what belongs to %i of them, and each once', async (count) => {
    await fill();
    const asked = caseIds.slice(1, 1 + count);
    const seqs = await db.read((tx) => ledgerReads.seqsOfCases(tx, asked));
    expect(seqs.sort((a, b) => a - b)).toEqual(asked);
  });
});

describe('the outbox', () => {
  let count = 0;
  const add = (row: Partial<NewOutboxRow>) =>
    db.write((tx) =>
      outboxWrites.insert(tx, {
        uuid: `uuid-${++count}`,
        lane: 'oc_1',
        target: 'oc_1',
        operation: 'post',
        contentSealed: 'old',
        status: 'waiting',
        availableAt: 0,
        createdAt: 0,
        ...row,
      }),
    );
  const claim = async (now: number, limit = 10) =>
    (await db.write((tx) => outboxWrites.claim(tx, { now, limit, leaseMs: 1000 }))).rows;
  const settle = (row: OutboxRow | undefined, set: OutboxChange) =>
    db.write((tx) => outboxWrites.settle(tx, { id: row?.id ?? 0, set }));
  const all = () => db.read(async ({ q, t }) => q.select().from(t.outbox).orderBy(t.outbox.id));

  it('hands out only the oldest unfinished row of each lane, earliest first', async () => {
    await add({ lane: 'a', availableAt: 5 });
    await add({ lane: 'a', availableAt: 1 });
    await add({ lane: 'b', availableAt: 3 });
    const first = await claim(10);
    expect(first.map((row) => [row.lane, row.id])).toEqual([
      ['b', 3],
      ['a', 1],
    ]);
    expect(await claim(10)).toEqual([]);
    await settle(first[1], { status: 'sent', settledAt: 20 });
    expect((await claim(10)).map((row) => row.id)).toEqual([2]);
  });

  it('lets a lane wait for its oldest row even when a later one is due', async () => {
    await add({ lane: 'a', availableAt: 50 });
    await add({ lane: 'a', availableAt: 1 });
    expect(await claim(10)).toEqual([]);
    expect(await db.read((tx) => outboxReads.nextAvailableAt(tx))).toBe(50);
  });

  describe('of cards that have a lane to themselves', () => {
    const update = (card: number, row: Partial<NewOutboxRow> = {}) =>
      add({ lane: `card:${card}`, dedupeKey: `card:${card}`, operation: 'update', ...row });

    it('hands out the earliest of all, among the posts, and as many as asked for', async () => {
      await update(1, { availableAt: 4 });
      await add({ lane: 'oc_1', availableAt: 3 });
      await update(2, { availableAt: 2 });
      await update(3, { availableAt: 5 });
      expect(await db.read((tx) => outboxReads.nextAvailableAt(tx))).toBe(2);
      expect((await claim(10, 3)).map((row) => row.lane)).toEqual(['card:2', 'oc_1', 'card:1']);
      expect(await db.read((tx) => outboxReads.nextAvailableAt(tx))).toBe(5);
    });

    it('holds a newer update back while the older one is being sent, and afterwards no longer', async () => {
      await update(1);
      const [older] = await claim(10);
      await update(1, { availableAt: 10 });
      await update(2, { availableAt: 11 });
      expect((await claim(11)).map((row) => row.lane)).toEqual(['card:2']);
      await settle(older, { status: 'sent', settledAt: 12 });
      expect((await claim(12)).map((row) => row.lane)).toEqual(['card:1']);
    });

    it('hands out the older one again when its lease has run out, not the newer one', async () => {
      await update(1);
      await claim(10);
      await update(1);
      expect((await claim(2000)).map((row) => row.id)).toEqual([1]);
    });
  });

  it('does not let a dead row hold up its lane', async () => {
    await add({ lane: 'a' });
    await add({ lane: 'a' });
    const [dead] = await claim(1);
    await settle(dead, { status: 'dead', settledAt: 20, error: 'gone' });
    expect((await claim(1)).map((row) => row.id)).toEqual([2]);
    expect((await db.read((tx) => outboxReads.dead(tx, { since: 0, limit: 5 }))).map((row) => row.id)).toEqual([1]);
    expect(await db.read((tx) => outboxReads.counts(tx))).toEqual(
      new Map([
        ['dead', 1],
        ['sending', 1],
      ]),
    );
  });

  it('hands a row out again when its lease has run out, and remembers since when it is unsure', async () => {
    await add({});
    expect(await claim(100)).toMatchObject([{ attempts: 1, unconfirmedSince: null, availableAt: 1100 }]);
    expect(await claim(1099)).toEqual([]);
    expect(await claim(1100)).toMatchObject([{ attempts: 2, unconfirmedSince: 100 }]);
    expect(await claim(5000)).toMatchObject([{ attempts: 3, unconfirmedSince: 100 }]);
  });

  it('takes a row that is due unbelievably late for one of before the clock was set back', async () => {
    const minute = 60_000;
    await add({ lane: 'a', availableAt: 30 * minute });
    await add({ lane: 'b', availableAt: 31 * minute });
    expect((await claim(0)).map((row) => row.lane)).toEqual(['b']);
  });

  it('claims at most as many as asked for', async () => {
    for (const lane of ['a', 'b', 'c']) await add({ lane });
    expect(await claim(1, 2)).toHaveLength(2);
    expect(await claim(1, 2)).toHaveLength(1);
  });

  describe('when limits of targets are to be kept', () => {
    const claimPaced = (limit: number, pace: Pick<Claim, 'full' | 'roomFor'>) =>
      db.write((tx) => outboxWrites.claim(tx, { now: 10, limit, leaseMs: 1000, ...pace }));

    it('looks past the rows of a full target, and leaves them as they are', async () => {
      for (const lane of ['a', 'b', 'c']) await add({ lane, target: 'full' });
      await add({ lane: 'd', target: 'free', availableAt: 5 });
      const { rows, more } = await claimPaced(2, { full: ['full'] });
      expect([rows.map((row) => row.lane), more]).toEqual([['d'], false]);
      expect((await all()).slice(0, 3)).toMatchObject([
        { status: 'waiting', attempts: 0, availableAt: 0 },
        { status: 'waiting', attempts: 0, availableAt: 0 },
        { status: 'waiting', attempts: 0, availableAt: 0 },
      ]);
    });

    it('takes no more of a target than there is room for, and says that there may be more', async () => {
      for (const lane of ['a', 'b', 'c']) await add({ lane, target: 'narrow' });
      await add({ lane: 'd', target: 'wide' });
      const roomFor = (target: string) => (target === 'narrow' ? 2 : 9);
      const { rows, more } = await claimPaced(4, { roomFor });
      expect([rows.map((row) => row.lane), more]).toEqual([['a', 'b', 'd'], true]);
      expect((await all())[2]).toMatchObject({ status: 'waiting', attempts: 0 });
    });

    it('leaves a lost lease what it is, so that it still goes before a newer one of its key', async () => {
      await add({ dedupeKey: 'card:1' });
      await claim(100);
      await add({ dedupeKey: 'card:1' });
      expect((await claimPaced(9, { full: ['oc_1'] })).rows).toEqual([]);
      expect(await claim(1100)).toMatchObject([{ id: 1, attempts: 2, unconfirmedSince: 100 }]);
    });
  });

  it('tells for whom something waits, and from when', async () => {
    await add({ lane: 'a', target: 'oc_1', availableAt: 7 });
    await add({ lane: 'a', target: 'oc_1', availableAt: 1 });
    await add({ lane: 'card:1', target: 'oc_1', availableAt: 5 });
    await add({ lane: 'b', target: 'oc_2', availableAt: 3 });
    const [first] = await claim(3);
    const waiting = () => db.read((tx) => outboxReads.waiting(tx));
    expect(new Set(await waiting())).toEqual(
      new Set([
        { target: 'oc_1', at: 5 },
        { target: 'oc_2', at: 1003 },
      ]),
    );
    await settle(first, { status: 'sent', settledAt: 4 });
    expect(await waiting()).toEqual([{ target: 'oc_1', at: 5 }]);
  });

  it('replaces a waiting update of the same key, and leaves one that is being sent', async () => {
    const update = { operation: 'update' as const, dedupeKey: 'card:1' };
    await add({ ...update, uuid: 'u1', contentSealed: 'old' });
    await add({ ...update, uuid: 'u2', contentSealed: 'new' });
    expect(await all()).toMatchObject([{ id: 1, uuid: 'u2', contentSealed: 'new' }]);
    await claim(1);
    await add({ ...update, contentSealed: 'newest' });
    expect((await all()).map((row) => [row.status, row.contentSealed])).toEqual([
      ['sending', 'new'],
      ['waiting', 'newest'],
    ]);
  });

  it('leaves a post of the same key that waits: under its uuid it may have been posted', async () => {
    await add({ dedupeKey: 'sheet:1', uuid: 'u1', contentSealed: 'old' });
    await add({ dedupeKey: 'sheet:1', uuid: 'u2', contentSealed: 'new' });
    expect(await all()).toMatchObject([{ id: 1, uuid: 'u1', contentSealed: 'old' }]);
  });

  it('moves the ends of leases, of what is being sent alone', async () => {
    for (const lane of ['a', 'b']) await add({ lane });
    await claim(1, 1);
    await db.write((tx) => outboxWrites.renew(tx, { ids: [1, 2], availableAt: 5000 }));
    expect((await all()).map((row) => row.availableAt)).toEqual([5000, 0]);
  });

  it('withdraws what waits for a target, and not what is being sent', async () => {
    for (const lane of ['a', 'b']) await add({ lane });
    await add({ lane: 'c', target: 'oc_2' });
    await claim(1, 1);
    const taken = await db.write((tx) => outboxWrites.withdraw(tx, { target: 'oc_1', at: 7, reason: 'gone' }));
    expect(taken.map((row) => row.id)).toEqual([2]);
    expect((await all()).map((row) => [row.status, row.settledAt, row.error])).toEqual([
      ['sending', null, null],
      ['sent', 7, 'gone'],
      ['waiting', null, null],
    ]);
  });

  it('never replaces rows without a key', async () => {
    await add({});
    await add({});
    expect(await all()).toHaveLength(2);
  });

  it('puts a row back to wait, or finishes it when a newer one of its key waits already', async () => {
    await add({ dedupeKey: 'card:1' });
    const [row] = await claim(1);
    const putBack = () =>
      db.write((tx) => outboxWrites.putBack(tx, { id: row?.id ?? 0, set: { availableAt: 77, error: 'later' }, at: 9 }));
    await putBack();
    expect(await all()).toMatchObject([{ status: 'waiting', availableAt: 77, error: 'later' }]);
    await claim(80);
    await add({ dedupeKey: 'card:1' });
    await putBack();
    expect(await all()).toMatchObject([{ status: 'sent', settledAt: 9, error: 'overtaken' }, { status: 'waiting' }]);
  });

  it('forgets only what was delivered or given up long ago', async () => {
    for (const lane of ['a', 'b', 'c', 'd']) await add({ lane });
    const rows = await claim(1, 3);
    await settle(rows[0], { status: 'sent', settledAt: 10 });
    await settle(rows[1], { status: 'sent', settledAt: 20 });
    await settle(rows[2], { status: 'dead', settledAt: 10 });
    await db.write((tx) => outboxWrites.purge(tx, 20));
    expect((await all()).map((row) => row.status)).toEqual(['sent', 'waiting']);
  });
});

describe('the inbox', () => {
  it('gives a key once, and keeps the first answer', async () => {
    const row = { key: 'event:1', kind: 'action', receivedAt: 1, status: 'done' as const };
    expect(await db.write((tx) => inboxWrites.claim(tx, row))).toBe(true);
    await db.write((tx) => inboxWrites.answer(tx, { key: 'event:1', status: 'refused', answerSealed: 'sealed' }));
    expect(await db.write((tx) => inboxWrites.claim(tx, row))).toBe(false);
    expect(await db.read((tx) => inboxReads.byKey(tx, 'event:1'))).toMatchObject({
      status: 'refused',
      answerSealed: 'sealed',
    });
  });
});

describe('counters and marks', () => {
  it('adds up days of one unit and dimension, both ends of the period included', async () => {
    const add = (day: string, key: Pick<CounterKey, 'dimension' | 'key'>) => {
      const event = { keys: [{ unitId: 1, ...key }], day, add: { registered: 1, acceptMinutes: 5 } };
      return db.write((tx) => statsWrites.add(tx, event));
    };
    for (const day of ['2026-10-31', '2026-11-01', '2026-11-01', '2026-11-30', '2026-12-01']) {
      await add(day, { dimension: 'all', key: '' });
    }
    await add('2026-11-02', { dimension: 'item', key: '7:local' });
    await add('2026-11-03', { dimension: 'item', key: '8:local' });
    const scope = { unitIds: [1, 2], dimension: 'all' as const };
    const sums = (span: PeriodSpan) => db.read((tx) => statsReads.sums(tx, { ...scope, span }, 'unitId'));
    const days = await sums(['2026-11-01', '2026-11-30']);
    expect([...days.keys()]).toEqual([1]);
    expect(days.get(1)).toMatchObject({ registered: 3, acceptMinutes: 15, completed: 0 });
    expect(await sums(['m2026-11', 'm2026-11'])).toEqual(days);
    expect((await sums(['m0000-01', 'm2026-11'])).get(1)).toMatchObject({ registered: 4 });
    const ofItems = { ...scope, dimension: 'item' as const, span: ['m2026-11', 'm2026-12'] as const };
    expect([...(await db.read((tx) => statsReads.sums(tx, ofItems, 'key'))).keys()]).toEqual(['7:local', '8:local']);
    const seven = { ...ofItems, keys: ['7:local'] };
    expect([...(await db.read((tx) => statsReads.sums(tx, seven, 'period'))).keys()]).toEqual(['m2026-11']);
    const nobody = { ...scope, unitIds: [], span: ['m2026-11', 'm2026-12'] as const };
    expect((await db.read((tx) => statsReads.sums(tx, nobody, 'unitId'))).size).toBe(0);
  });

  it('adds nothing where there is nothing to add', async () => {
    const empty = { keys: [{ unitId: 1, dimension: 'all' as const, key: '' }], day: '2026-11-01', add: {} };
    await db.write((tx) => statsWrites.add(tx, empty));
    await db.write((tx) => statsWrites.add(tx, { ...empty, add: { registered: 2 } }));
    await db.write((tx) => statsWrites.add(tx, { ...empty, add: { registered: 0, completed: 1 } }));
    const found = await db.read((tx) =>
      statsReads.sums(tx, { unitIds: [1], dimension: 'all', span: ['m0000-01', 'm2099-01'] }, 'unitId'),
    );
    expect(found.get(1)).toMatchObject({ registered: 2, completed: 1 });
  });

  it('numbers the cases of each town and year from one', async () => {
    const next = (townId: number, year: number) => db.write((tx) => caseSequenceWrites.next(tx, { townId, year }));
    const numbers = [
      await next(1, 2026),
      await next(1, 2026),
      await next(2, 2026),
      await next(1, 2027),
      await next(1, 2026),
    ];
    expect(numbers).toEqual([1, 2, 1, 1, 3]);
    expect(await sequences()).toEqual(['1 2026 3', '1 2027 1', '2 2026 1']);
  });

  it('gives out a number again when its case was undone, alone or among others, and no number twice', async () => {
    const next = (tx: Tx) => caseSequenceWrites.next(tx, { townId: 1, year: 2026 });
    const failing = async (tx: Tx) => {
      await next(tx);
      throw new Error('undone');
    };
    const fails = async (work: Promise<unknown>) => {
      await expect(work).rejects.toThrow('undone');
    };
    await fails(db.write(failing));
    const [first, , second] = await Promise.all([db.write(next), fails(db.write(failing)), db.write(next)]);
    const numbers = [first, second];
    await db.write(async (tx) => {
      numbers.push(await next(tx));
      await fails(tx.savepoint(() => failing(tx)));
      numbers.push(await next(tx), await next(tx));
    });
    expect(numbers.sort()).toEqual([1, 2, 3, 4, 5]);
    expect(await sequences()).toEqual(['1 2026 5']);
  });

  it('gives a slot of a job once', async () => {
    const claim = (job: string, slot: number) => db.write((tx) => cronWrites.claim(tx, { job, slot, ranAt: 1 }));
    expect([
      await claim('purge', 1),
      await claim('purge', 1),
      await claim('purge', 2),
      await claim('backup', 1),
    ]).toEqual([true, false, true, true]);
  });

  it('keeps a chat name that a later message does not tell', async () => {
    const joined = (name: string) => db.write((tx) => chatWrites.joined(tx, { chatId: 'oc_1', mode: 'group', name }));
    await joined('镇群');
    await db.write((tx) => chatWrites.left(tx, 'oc_1'));
    await joined('');
    expect(await db.read((tx) => chatReads.byId(tx, 'oc_1'))).toMatchObject({
      name: '镇群',
      joined: true,
    });
  });
});
