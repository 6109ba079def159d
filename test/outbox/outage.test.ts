/** The platform is away for long: everything arrives once it answers, in its order, once. */
import { afterEach, describe, expect, it } from 'vitest';
import { LarkError } from '../../src/lark/port.ts';
import { add, build, drainUntil, stopAll, type World } from './support.ts';

afterEach(stopAll);

const MINUTE_MS = 60_000;

const ways = {
  'a page of a proxy, HTTP 502': () => new LarkError('later', 'HTTP 502'),
  'a connection that is cut': () => new LarkError('later', 'no answer: ECONNRESET'),
  'no answer in time': () => new LarkError('later', 'no answer: ECONNABORTED'),
} as const;

async function outage(world: World, { minutes, fault }: { minutes: number; fault: () => Error }): Promise<void> {
  world.failures.push(...Array.from({ length: 50_000 }, fault));
  await drainUntil(world, world.time.now + minutes * MINUTE_MS);
  world.failures.length = 0;
  world.calls.length = 0;
}

describe.each(Object.entries(ways))('after %s', (_, fault) => {
  it.each([70, 25 * 60, 3 * 24 * 60])('of %i minutes nothing is lost and nothing comes twice', async (minutes) => {
    const world = build({ random: () => 0.9 });
    add(world, { target: 'oc_town', livingCardId: 1 });
    add(world, { target: 'oc_town' });
    add(world, { target: 'ou_ada', operation: 'reply', messageId: 'om_q' });
    add(world, { target: 'oc_b', lane: 'card:2', operation: 'update', livingCardId: 2, messageId: 'om_c' });
    await outage(world, { minutes, fault });
    await drainUntil(world, world.time.now + 11 * MINUTE_MS);
    expect(world.store.rows.map(({ status }) => status)).toEqual(['sent', 'sent', 'sent', 'sent']);
    expect(world.calls.map(({ to }) => to).sort()).toEqual(['oc_town', 'oc_town', 'om_c', 'om_q']);
    expect(world.calls.filter(({ to }) => to === 'oc_town').map(({ uuid }) => uuid)).toEqual(['uuid-1', 'uuid-2']);
  });
});
