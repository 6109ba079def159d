import { afterEach, describe, expect, it } from 'vitest';
import { add, build, card, later, stopAll } from './support.ts';

afterEach(stopAll);

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
