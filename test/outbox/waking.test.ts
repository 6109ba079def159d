import { afterEach, describe, expect, it, vi } from 'vitest';
import { WINDOW_MS } from '../../src/outbox/pacing.ts';
import { eventually } from '../support/eventually.ts';
import { add, build, card, DAY_MS, later, stopAll } from './support.ts';

afterEach(stopAll);

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
    await eventually(() => expect(world.store.get(1).status).toBe('sent'));
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
    await eventually(() => expect(world.store.get(1).status).toBe('sending'));
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
    await eventually(() => expect(world.store.get(1).status).toBe('sending'));
    await world.dispatcher.stop(1);
    expect(world.calls).toEqual([]);
  });
});
