import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Card } from '../../cards/card.ts';
import { NeverSent } from '../../src/lark/errors.ts';
import { LarkError } from '../../src/lark/port.ts';
import { createDispatcher, type Dispatcher, type DispatcherOptions } from '../../src/outbox/dispatcher.ts';
import { WINDOW_MS } from '../../src/outbox/pacing.ts';
import { LEASE_MS } from '../../src/outbox/store.ts';
import { memoryLog } from '../lark/support.ts';
import { fakeLark, MemoryStore } from './memory-store.ts';

const DAY_MS = 24 * 60 * 60_000;
const card: Card = { schema: '2.0', body: { elements: [] } };
const later = () => new LarkError('later', 'HTTP 502');

const dispatchers: Dispatcher[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const dispatcher of dispatchers.splice(0)) await dispatcher.stop(100);
});

function build(overrides: Partial<DispatcherOptions> = {}) {
  const time = { now: 1_000_000 };
  const clock = { now: () => time.now };
  const store = new MemoryStore();
  const platform = fakeLark(clock);
  const dead: [number, string][] = [];
  const logged = memoryLog();
  const options: DispatcherOptions = {
    store,
    render: async ({ messageId }) => ({ card, messageId }),
    lark: platform.lark,
    clock,
    log: logged.log,
    concurrency: 100,
    random: () => 0,
    onDead: (row, error) => void dead.push([row.id, error]),
    ...overrides,
  };
  const dispatcher = createDispatcher(options);
  dispatchers.push(dispatcher);
  return { time, store, dispatcher, dead, logged, options, ...platform };
}
/** As a process does that is killed afterwards. */
const claimedElsewhere = ({ store, time }: ReturnType<typeof build>) =>
  store.claim({ now: time.now, limit: 1, full: [], roomFor: () => 1 });
const add = (world: ReturnType<typeof build>, row: Parameters<MemoryStore['add']>[0]) =>
  world.store.add({ createdAt: world.time.now, ...row });

describe('sending', () => {
  it('posts, replies and updates, and keeps the message ids', async () => {
    const world = build();
    add(world, { target: 'oc_a' });
    add(world, { target: 'oc_a', lane: 'r', operation: 'reply', messageId: 'om_q' });
    add(world, { target: 'oc_a', lane: 'card:1', operation: 'update', messageId: 'om_c' });
    await world.dispatcher.drain();
    expect(world.calls.map(({ operation, to, uuid }) => [operation, to, uuid])).toEqual([
      ['post', 'oc_a', 'uuid-1'],
      ['reply', 'om_q', 'uuid-2'],
      ['update', 'om_c', undefined],
    ]);
    expect(world.store.rows.map((row) => [row.status, row.sentMessageId])).toEqual([
      ['sent', 'om_1'],
      ['sent', 'om_2'],
      ['sent', 'om_c'],
    ]);
  });

  it('draws the card when it is sent, not when it was queued', async () => {
    let words = 'old';
    const world = build({ render: async () => ({ card: { ...card, header: { words } } }) });
    add(world, { target: 'oc_a' });
    words = 'new';
    await world.dispatcher.drain();
    expect(world.calls[0]?.card?.header).toEqual({ words: 'new' });
  });

  it('finishes a row that has nothing left to say', async () => {
    const world = build({ render: async () => ({ skip: 'case withdrawn' }) });
    add(world, { target: 'oc_a' });
    await world.dispatcher.drain();
    expect([world.store.get(1).status, world.store.get(1).note, world.calls.length]).toEqual([
      'skipped',
      'case withdrawn',
      0,
    ]);
  });

  it('keeps the order of a lane, also behind a failure', async () => {
    const world = build();
    for (let count = 0; count < 3; count += 1) add(world, { target: 'oc_a' });
    world.failures.push(later());
    await world.dispatcher.drain();
    expect(world.calls.map((call) => call.uuid)).toEqual(['uuid-1']);
    world.time.now += 1_000;
    await world.dispatcher.drain();
    expect(world.calls.map((call) => call.uuid)).toEqual(['uuid-1', 'uuid-1', 'uuid-2', 'uuid-3']);
  });

  it('has no more in hand than allowed', async () => {
    let inHand = 0;
    let most = 0;
    const world = build({
      concurrency: 3,
      render: async () => {
        inHand += 1;
        most = Math.max(most, inHand);
        await new Promise((next) => setImmediate(next));
        inHand -= 1;
        return { card };
      },
    });
    for (let chat = 0; chat < 10; chat += 1) add(world, { target: `oc_${chat}` });
    await world.dispatcher.drain();
    expect([most, world.calls.length]).toEqual([3, 10]);
  });

  it('waits with an update whose card has no message yet', async () => {
    const world = build();
    const row = add(world, { target: 'oc_a', lane: 'card:1', operation: 'update' });
    await world.dispatcher.drain();
    expect([row.status, world.calls.length]).toEqual(['waiting', 0]);
    Object.assign(row, { messageId: 'om_c' });
    world.time.now = row.availableAt;
    await world.dispatcher.drain();
    expect(row.status).toBe('sent');
  });
});

describe('pacing', () => {
  it('sends five a second to a chat, the rest in order, and counts no attempt for the wait', async () => {
    const world = build();
    for (let lane = 0; lane < 12; lane += 1) add(world, { target: 'oc_a', lane: `card:${lane}` });
    const start = world.time.now;
    expect(await world.dispatcher.drain()).toBe(start + WINDOW_MS);
    expect(world.calls).toHaveLength(5);
    world.time.now = start + WINDOW_MS - 1;
    await world.dispatcher.drain();
    expect(world.calls).toHaveLength(5);
    world.time.now = start + WINDOW_MS;
    expect(await world.dispatcher.drain()).toBe(start + 2 * WINDOW_MS);
    world.time.now = start + 2 * WINDOW_MS;
    expect(await world.dispatcher.drain()).toBeUndefined();
    expect(world.calls.map((call) => call.uuid)).toEqual(world.store.rows.map((row) => row.uuid));
    expect(world.store.rows.every((row) => row.attempts === 1)).toBe(true);
  });

  it('looks past what its pace holds back, for what may go', async () => {
    const world = build({ concurrency: 3 });
    for (let lane = 0; lane < 40; lane += 1) add(world, { target: 'oc_a', lane: `card:${lane}` });
    add(world, { target: 'oc_b' });
    await world.dispatcher.drain();
    expect(world.calls.map((call) => call.to)).toEqual([...Array.from({ length: 5 }, () => 'oc_a'), 'oc_b']);
    expect(world.store.rows.filter((row) => row.status === 'sending')).toEqual([]);
  });

  it('sends fifty a second in all', async () => {
    const world = build();
    for (let chat = 0; chat < 60; chat += 1) add(world, { target: `oc_${chat}` });
    expect(await world.dispatcher.drain()).toBe(world.time.now + WINDOW_MS);
    expect(world.calls).toHaveLength(50);
    world.time.now += WINDOW_MS;
    expect(await world.dispatcher.drain()).toBeUndefined();
    expect(world.calls).toHaveLength(60);
  });

  it('a rate limit of one chat holds back that chat only', async () => {
    const world = build({ concurrency: 1 });
    add(world, { target: 'oc_a', lane: '1' });
    add(world, { target: 'oc_a', lane: '2' });
    add(world, { target: 'oc_b', lane: '3' });
    world.failures.push(new LarkError('later', 'limit', { code: 230020, retryAfterMs: 5_000 }));
    await world.dispatcher.drain();
    expect(world.calls.map((call) => call.to)).toEqual(['oc_a', 'oc_b']);
    world.time.now += 5_000;
    await world.dispatcher.drain();
    expect(world.store.rows.every((row) => row.status === 'sent')).toBe(true);
  });

  it('the rate limit of the app holds back everything', async () => {
    const world = build({ concurrency: 1 });
    add(world, { target: 'oc_a' });
    add(world, { target: 'oc_b' });
    world.failures.push(new LarkError('later', 'limit', { code: 99991400, retryAfterMs: 5_000 }));
    await world.dispatcher.drain();
    expect(world.calls).toHaveLength(1);
    world.time.now += 4_999;
    await world.dispatcher.drain();
    expect(world.calls).toHaveLength(1);
    world.time.now += 1;
    await world.dispatcher.drain();
    expect(world.calls).toHaveLength(3);
  });
});

describe('failures', () => {
  it('tries again after the back-off with the same uuid', async () => {
    const world = build();
    const row = add(world, { target: 'oc_a' });
    world.failures.push(later(), later());
    await world.dispatcher.drain();
    expect(row).toMatchObject({ status: 'waiting', availableAt: world.time.now + 1_000, note: 'HTTP 502' });
    world.time.now += 999;
    await world.dispatcher.drain();
    expect(world.calls).toHaveLength(1);
    world.time.now += 1;
    await world.dispatcher.drain();
    expect(row.availableAt).toBe(world.time.now + 2_000);
    world.time.now += 2_000;
    await world.dispatcher.drain();
    expect(world.calls.map((call) => call.uuid)).toEqual(['uuid-1', 'uuid-1', 'uuid-1']);
    expect(row.status).toBe('sent');
  });

  it('gives up after a day, tells so and goes on with the lane', async () => {
    const world = build();
    const row = add(world, { target: 'oc_a' });
    add(world, { target: 'oc_a' });
    row.attempts = 200;
    world.time.now += DAY_MS - 1;
    world.failures.push(new NeverSent('later', 'no connection'), new NeverSent('later', 'no connection'));
    await world.dispatcher.drain();
    expect(row.status).toBe('waiting');
    world.time.now = row.availableAt;
    await world.dispatcher.drain();
    expect(row.status).toBe('dead');
    expect(world.dead).toEqual([[1, expect.stringContaining('no connection')]]);
    expect(world.store.get(2).status).toBe('sent');
  });

  it.each(['broken', 'gone', 'screened', 'unanswerable'] as const)(
    'keeps aside at once what is %s',
    async (failure) => {
      const world = build();
      add(world, { target: 'oc_a' });
      world.failures.push(new LarkError(failure, '230099 card rejected'));
      await world.dispatcher.drain();
      expect(world.store.get(1)).toMatchObject({ status: 'dead', note: '230099 card rejected' });
      expect(world.dead).toEqual([[1, '230099 card rejected']]);
      expect(world.calls).toHaveLength(1);
    },
  );

  it('replaces a card that may no longer be updated', async () => {
    const world = build();
    add(world, { target: 'oc_a', operation: 'update', messageId: 'om_c' });
    world.failures.push(new LarkError('expired', 'too old', { code: 230031 }));
    await world.dispatcher.drain();
    expect(world.store.get(1).status).toBe('expired');
    expect(world.dead).toEqual([]);
  });

  it.each(['expired', 'unanswerable'] as const)('posts into the chat when the message is %s', async (failure) => {
    const world = build();
    add(world, { target: 'oc_a', operation: 'reply', messageId: 'om_q' });
    world.failures.push(new LarkError(failure, 'it takes no answer'));
    await world.dispatcher.drain();
    expect(world.calls.map(({ operation, to, uuid }) => [operation, to, uuid])).toEqual([
      ['reply', 'om_q', 'uuid-1'],
      ['post', 'oc_a', 'uuid-1'],
    ]);
    expect(world.store.get(1).status).toBe('sent');
  });

  it('tries a card that cannot be drawn five times, without logging what the fault said', async () => {
    const world = build({
      render: async () => {
        throw new TypeError('张三 13812345678');
      },
    });
    const row = add(world, { target: 'oc_a' });
    for (let turn = 0; turn < 5; turn += 1) {
      await world.dispatcher.drain();
      world.time.now = Math.max(world.time.now, row.availableAt);
    }
    expect(row).toMatchObject({ status: 'dead', attempts: 5 });
    expect(world.logged.text()).not.toContain('13812345678');
  });

  it('goes on trying to draw a card while the database is away, and sends it then', async () => {
    const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    let turns = 0;
    const world = build({
      render: async () => {
        turns += 1;
        if (turns <= 8) throw new Error('Failed query', { cause: away });
        return { card };
      },
    });
    const row = add(world, { target: 'oc_a' });
    for (let turn = 0; turn < 9; turn += 1) {
      await world.dispatcher.drain();
      world.time.now = Math.max(world.time.now, row.availableAt);
    }
    expect(row).toMatchObject({ status: 'sent', attempts: 9 });
    expect(world.dead).toEqual([]);
  });

  it('survives an onDead that fails', async () => {
    const world = build({
      onDead: async () => {
        throw new Error('no admin');
      },
    });
    add(world, { target: 'oc_a' });
    world.failures.push(new LarkError('gone', 'bot removed'));
    await world.dispatcher.drain();
    expect(world.store.get(1).status).toBe('dead');
    expect(world.logged.text()).toContain('nobody could be told');
  });

  it('survives a store that cannot be read', async () => {
    const world = build();
    vi.spyOn(world.store, 'claim').mockRejectedValueOnce(new Error('busy'));
    add(world, { target: 'oc_a' });
    await world.dispatcher.drain();
    await world.dispatcher.drain();
    expect(world.store.get(1).status).toBe('sent');
  });
});

describe('never twice', () => {
  it('a row whose settlement failed is sent again after its lease, with the same uuid', async () => {
    const world = build();
    add(world, { target: 'oc_a' });
    vi.spyOn(world.store, 'settle').mockRejectedValueOnce(new Error('disk full'));
    await world.dispatcher.drain();
    world.time.now += LEASE_MS - 1;
    await world.dispatcher.drain();
    expect(world.calls).toHaveLength(1);
    world.time.now += 1;
    await world.dispatcher.drain();
    expect(world.calls.map((call) => call.uuid)).toEqual(['uuid-1', 'uuid-1']);
    expect(world.store.get(1).status).toBe('sent');
  });

  it('a killed process’s row is not sent again once the platform has forgotten its uuid', async () => {
    const world = build();
    const row = add(world, { target: 'oc_a' });
    await claimedElsewhere(world);
    world.time.now += 56 * 60_000;
    await world.dispatcher.drain();
    expect([row.status, world.calls.length, world.dead.length]).toEqual(['dead', 0, 1]);
  });

  it('nor one whose answer was lost, while one that never left is', async () => {
    const world = build();
    const lost = add(world, { target: 'oc_a' });
    const unsent = add(world, { target: 'oc_b' });
    world.failures.push(new LarkError('later', 'no answer: ECONNABORTED'), new NeverSent('later', 'no connection'));
    await world.dispatcher.drain();
    world.time.now += 56 * 60_000;
    await world.dispatcher.drain();
    expect([lost.status, unsent.status]).toEqual(['dead', 'sent']);
  });

  it('an update is always sent again: it is drawn anew', async () => {
    const world = build();
    const row = add(world, { target: 'oc_a', operation: 'update', messageId: 'om_c' });
    await claimedElsewhere(world);
    world.time.now += DAY_MS / 2;
    await world.dispatcher.drain();
    expect(row.status).toBe('sent');
  });

  it('two dispatchers on one store send each row once', async () => {
    const world = build();
    const second = createDispatcher(world.options);
    dispatchers.push(second);
    for (let chat = 0; chat < 20; chat += 1) add(world, { target: `oc_${chat}` });
    await Promise.all([world.dispatcher.drain(), second.drain(), world.dispatcher.drain()]);
    expect(new Set(world.calls.map((call) => call.uuid)).size).toBe(20);
    expect(world.calls).toHaveLength(20);
  });
});

describe('waking and stopping', () => {
  it('does nothing before it is started', async () => {
    const world = build();
    add(world, { target: 'oc_a' });
    world.dispatcher.wake();
    await new Promise((next) => setImmediate(next));
    expect(world.store.claims).toBe(0);
  });

  it('sends on wake and on its own when something becomes due', async () => {
    vi.useFakeTimers();
    const world = build();
    world.dispatcher.start();
    await vi.advanceTimersByTimeAsync(0);
    add(world, { target: 'oc_a' });
    world.failures.push(later());
    world.dispatcher.wake();
    await vi.advanceTimersByTimeAsync(20);
    expect(world.calls).toHaveLength(1);
    world.time.now += 1_000;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(world.calls).toHaveLength(2);
  });

  it('looks once more for all who wake it during a look', async () => {
    const world = build();
    world.dispatcher.start();
    add(world, { target: 'oc_a' });
    for (let commit = 0; commit < 10; commit += 1) world.dispatcher.wake();
    await vi.waitFor(() => expect(world.store.get(1).status).toBe('sent'));
    await world.dispatcher.stop();
    // The first look, and one for the ten who woke it and the message that was sent.
    expect(world.store.claims).toBeLessThanOrEqual(3);
  });

  it('looks when its pace lets the next one go, and not before', async () => {
    vi.useFakeTimers();
    const world = build({ clock: { now: () => Date.now() } });
    for (let lane = 0; lane < 6; lane += 1) add(world, { target: 'oc_a', lane: `card:${lane}` });
    world.dispatcher.start();
    await vi.advanceTimersByTimeAsync(WINDOW_MS - 1);
    const { claims } = world.store;
    expect([world.calls.length, claims < 10]).toEqual([5, true]);
    await vi.advanceTimersByTimeAsync(1);
    expect(world.calls).toHaveLength(6);
  });

  it('does not spin while what is due is another process’s to send', async () => {
    vi.useFakeTimers();
    const world = build();
    add(world, { target: 'oc_a' });
    vi.spyOn(world.store, 'claim').mockResolvedValue({ rows: [], more: false });
    world.dispatcher.start();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(vi.mocked(world.store.claim).mock.calls.length).toBeLessThanOrEqual(11);
    world.time.now += 1_000;
    vi.mocked(world.store.claim).mockRestore();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(world.store.get(1).status).toBe('sent');
  });

  it('does not spin while nothing is due', async () => {
    vi.useFakeTimers();
    const world = build();
    add(world, { target: 'oc_a', availableAt: world.time.now + DAY_MS });
    world.dispatcher.start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(world.store.claims).toBeLessThanOrEqual(4);
  });

  it('stop waits for what is in hand and claims nothing more', async () => {
    let release = () => {};
    const held = new Promise<void>((done) => {
      release = done;
    });
    const world = build({
      render: async () => {
        await held;
        return { card };
      },
    });
    add(world, { target: 'oc_a' });
    world.dispatcher.start();
    await vi.waitFor(() => expect(world.store.get(1).status).toBe('sending'));
    const stopped = world.dispatcher.stop();
    add(world, { target: 'oc_b' });
    release();
    await stopped;
    world.dispatcher.wake();
    await world.dispatcher.drain();
    expect(world.store.rows.map((row) => row.status)).toEqual(['sent', 'waiting']);
  });

  it('stop waits for rows that a claim under way brings', async () => {
    const world = build();
    add(world, { target: 'oc_a' });
    world.dispatcher.start();
    await world.dispatcher.stop();
    expect(world.store.get(1).status).toBe('sent');
  });

  it('stop does not wait for ever', async () => {
    const world = build({ render: () => new Promise(() => {}) });
    add(world, { target: 'oc_a' });
    world.dispatcher.start();
    await vi.waitFor(() => expect(world.store.get(1).status).toBe('sending'));
    await world.dispatcher.stop(1);
    expect(world.calls).toEqual([]);
  });
});
