import { afterEach, describe, expect, it, vi } from 'vitest';
import { NeverSent } from '../../src/lark/errors.ts';
import { LarkError } from '../../src/lark/port.ts';
import { add, build, card, DAY_MS, drainUntil, later, stopAll } from './support.ts';

afterEach(stopAll);

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

  it('gives up after more than a week, and goes on with the lane', async () => {
    const world = build({ random: () => 0.5 });
    const row = add(world, { target: 'oc_a' });
    add(world, { target: 'oc_a' });
    world.failures.push(...Array.from({ length: 1_500 }, () => new NeverSent('later', 'no connection')));
    const start = world.time.now;
    await drainUntil(world, start + 7 * DAY_MS);
    expect(row.status).toBe('waiting');
    await drainUntil(world, start + 8 * DAY_MS);
    expect(row.status).toBe('dead');
    expect(row.note).toContain('no connection');
    expect(world.store.get(2).status).toBe('sent');
  });

  it('does not give up because of a limit, however often it was tried', async () => {
    const world = build();
    const row = add(world, { target: 'oc_a' });
    row.attempts = 5_000;
    world.failures.push(new LarkError('later', 'limit', { code: 230020 }));
    await world.dispatcher.drain();
    expect(row.status).toBe('waiting');
  });

  it.each(['broken', 'gone', 'screened', 'unanswerable'] as const)(
    'keeps aside at once what is %s',
    async (failure) => {
      const world = build();
      add(world, { target: 'oc_a' });
      world.failures.push(new LarkError(failure, '230099 card rejected'));
      await world.dispatcher.drain();
      expect(world.store.get(1)).toMatchObject({ status: 'dead', note: '230099 card rejected' });
      expect(world.calls).toHaveLength(1);
    },
  );

  it.each([230002, 232009, 232011, 10030, 99992356])('takes %i for a group that is gone', async (code) => {
    const world = build();
    add(world, { target: 'oc_a', operation: 'update', messageId: 'om_c' });
    world.failures.push(new LarkError('gone', 'no such chat', { code }));
    await world.dispatcher.drain();
    expect(world.store.get(1).status).toBe('chatLost');
  });

  it('takes a person who is out of reach for no group', async () => {
    const world = build();
    add(world, { target: 'ou_a' });
    add(world, { target: 'oc_a' });
    world.failures.push(new LarkError('gone', 'x', { code: 230002 }), new LarkError('gone', 'y', { code: 230018 }));
    await world.dispatcher.drain();
    expect(world.store.rows.map(({ status }) => status)).toEqual(['dead', 'dead']);
  });

  it('keeps aside at once what somebody else wrote, and the card it names stays', async () => {
    const world = build({ render: async () => ({ forged: 'row' as const }) });
    add(world, { target: 'oc_a', livingCardId: 7 });
    const settled = vi.spyOn(world.store, 'settle');
    await world.dispatcher.drain();
    expect(settled.mock.calls[0]?.[0]).toMatchObject({ id: 1, livingCardId: null });
    expect(world.store.get(1)).toMatchObject({ status: 'dead', attempts: 1 });
    expect(world.calls).toEqual([]);
  });

  it('replaces a card that may no longer be updated', async () => {
    const world = build();
    add(world, { target: 'oc_a', operation: 'update', messageId: 'om_c' });
    world.failures.push(new LarkError('expired', 'too old', { code: 230031 }));
    await world.dispatcher.drain();
    expect(world.store.get(1).status).toBe('expired');
  });

  it.each(['expired', 'unanswerable'] as const)('posts into the chat when the message is %s', async (failure) => {
    const world = build();
    add(world, { target: 'oc_a', operation: 'reply', messageId: 'om_q' });
    const settled = vi.spyOn(world.store, 'settle');
    world.failures.push(new LarkError(failure, 'it takes no answer'));
    await world.dispatcher.drain();
    expect(world.calls.map(({ operation, to, uuid }) => [operation, to, uuid])).toEqual([
      ['reply', 'om_q', 'uuid-1'],
      ['post', 'oc_a', 'uuid-1'],
    ]);
    expect(world.store.get(1).status).toBe('sent');
    // As it is sealed, so that what follows can still open it.
    expect(settled.mock.calls[0]?.[0].operation).toBe('reply');
  });

  it.each(['expired', 'unanswerable'] as const)(
    'does not go round in circles when the chat is %s, too',
    async (failure) => {
      const world = build();
      add(world, { target: 'oc_a', operation: 'reply', messageId: 'om_q' });
      world.failures.push(...Array.from({ length: 9 }, () => new LarkError(failure, 'x')));
      await world.dispatcher.drain();
      expect([world.store.get(1).status, world.calls.length]).toEqual(['dead', 2]);
    },
  );

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
