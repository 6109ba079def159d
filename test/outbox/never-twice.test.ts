import { afterEach, describe, expect, it, vi } from 'vitest';
import { LEASE_MS } from '../../src/outbox/store.ts';
import { eventually } from '../support/eventually.ts';
import { add, another, build, card, claimedElsewhere, DAY_MS, stopAll } from './support.ts';

afterEach(stopAll);

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

  it('a killed process’s row is sent by the next one within seconds', async () => {
    const world = build();
    const row = add(world, { target: 'oc_a' });
    await claimedElsewhere(world);
    expect(await world.dispatcher.drain()).toBe(world.time.now + LEASE_MS);
    expect(LEASE_MS).toBeLessThan(10_000);
    world.time.now += LEASE_MS;
    await world.dispatcher.drain();
    expect([row.status, world.calls.map(({ uuid }) => uuid)]).toEqual(['sent', ['uuid-1']]);
  });

  it('it is not sent again once the platform has forgotten its uuid', async () => {
    const world = build();
    const row = add(world, { target: 'oc_a' });
    await claimedElsewhere(world);
    world.time.now += 56 * 60_000;
    await world.dispatcher.drain();
    expect([row.status, world.calls.length]).toEqual(['dead', 0]);
  });

  it('unless it is a living card, whose message nobody would know', async () => {
    const world = build();
    const row = add(world, { target: 'oc_a', livingCardId: 1 });
    await claimedElsewhere(world);
    world.time.now += 56 * 60_000;
    await world.dispatcher.drain();
    expect([row.status, world.calls.length]).toEqual(['sent', 1]);
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
    const second = another(world.options);
    for (let chat = 0; chat < 20; chat += 1) add(world, { target: `oc_${chat}` });
    await Promise.all([world.dispatcher.drain(), second.drain(), world.dispatcher.drain()]);
    expect(new Set(world.calls.map((call) => call.uuid)).size).toBe(20);
    expect(world.calls).toHaveLength(20);
  });

  it('a row stays with the process that sends it, however long that takes', async () => {
    vi.useFakeTimers();
    let release = () => {};
    const held = new Promise<void>((done) => {
      release = done;
    });
    const world = build({
      clock: { now: () => Date.now() },
      render: async () => {
        await held;
        return { card };
      },
    });
    add(world, { target: 'oc_a', createdAt: Date.now() });
    world.dispatcher.start();
    await vi.advanceTimersByTimeAsync(0);
    const second = another({ ...world.options, render: async () => ({ card }) });
    for (let past = 0; past < 90_000; past += 1_000) {
      await vi.advanceTimersByTimeAsync(1_000);
      await second.drain();
    }
    expect(world.calls).toEqual([]);
    release();
    await vi.advanceTimersByTimeAsync(100);
    expect([world.calls.length, world.store.get(1).attempts]).toEqual([1, 1]);
  });

  it('nor does a process that stood still take its own row twice', async () => {
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
    const draining = world.dispatcher.drain();
    await eventually(() => expect(world.store.get(1).status).toBe('sending'));
    world.time.now += 10 * LEASE_MS;
    const again = world.dispatcher.drain();
    await eventually(() => expect(world.store.get(1).attempts).toBe(2));
    release();
    await Promise.all([draining, again]);
    expect(world.calls).toHaveLength(1);
  });
});
