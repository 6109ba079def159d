import { afterEach, describe, expect, it } from 'vitest';
import { LarkError } from '../../src/lark/port.ts';
import { WINDOW_MS } from '../../src/outbox/pacing.ts';
import { add, build, card, drainUntil, stopAll } from './support.ts';

afterEach(stopAll);

describe('the pace of a dispatcher', () => {
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

  it('holds back everything for an hour when the month’s calls are used up, and gives nothing up because of it', async () => {
    const world = build({ concurrency: 1 });
    add(world, { target: 'oc_a' });
    add(world, { target: 'oc_b' });
    const refused = () => new LarkError('quota', 'calls used up', { code: 99991403 });
    world.failures.push(...Array.from({ length: 24 * 20 }, refused));
    const start = world.time.now;
    expect(await world.dispatcher.drain()).toBe(start + 3_600_000);
    expect(world.calls).toHaveLength(1);
    await drainUntil(world, start + 24 * 20 * 3_600_000 - 1);
    expect(world.calls).toHaveLength(24 * 20);
    expect(world.store.rows.map(({ status, attempts }) => [status, attempts])).toEqual([
      ['waiting', 0],
      ['waiting', 0],
    ]);
    await drainUntil(world, start + 24 * 20 * 3_600_000);
    expect(world.store.rows.map(({ status }) => status)).toEqual(['sent', 'sent']);
  });

  it('counts a send until a second after its end: when in between it arrived nobody knows', async () => {
    let slow = true;
    const world = build({
      render: async () => {
        if (slow) world.time.now += 180;
        return { card };
      },
    });
    for (let lane = 0; lane < 10; lane += 1) add(world, { target: 'oc_a', lane: `card:${lane}` });
    await world.dispatcher.drain();
    const last = world.calls.at(-1)?.at ?? 0;
    slow = false;
    await drainUntil(world, world.time.now + 10_000);
    const times = world.calls.map(({ at }) => at);
    expect(times).toHaveLength(10);
    expect(times[5]).toBeGreaterThanOrEqual(last + 1_000);
    expect(times.every((at, index) => index < 5 || at - (times[index - 5] ?? 0) >= 1_000)).toBe(true);
  });
});
