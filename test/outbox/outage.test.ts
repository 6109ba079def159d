/** The platform is away for long: everything arrives once it answers, in its order, once; what may have arrived unseen is given up after an hour. */
import { AxiosError, AxiosHeaders } from 'axios';
import { afterEach, describe, expect, it } from 'vitest';
import { toLarkError } from '../../src/lark/errors.ts';
import { LarkError } from '../../src/lark/port.ts';
import { add, build, drainUntil, stopAll, type World } from './support.ts';

afterEach(stopAll);

const MINUTE_MS = 60_000;

const ways = {
  'a page of a proxy, HTTP 502': () => new LarkError('later', 'HTTP 502'),
  'a line that is down': () => toLarkError(new AxiosError('dns', 'ENOTFOUND')),
  'a port that is closed': () => toLarkError(new AxiosError('refused', 'ECONNREFUSED')),
  'a certificate that is not accepted': () => toLarkError(new AxiosError('expired', 'CERT_HAS_EXPIRED')),
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

/** Each may come after the message was stored. */
const silences = {
  'no answer in time': () => new AxiosError('timeout', 'ECONNABORTED'),
  'a connection that is cut': () => new AxiosError('socket hang up', 'ECONNRESET'),
  'a page of a proxy, HTTP 504': () =>
    new AxiosError('504', 'ERR_BAD_RESPONSE', undefined, undefined, {
      ...{ status: 504, statusText: '', data: '<html>', headers: {} },
      config: { headers: new AxiosHeaders() },
    }),
} as const;

describe.each(Object.entries(silences))('after %s', (_, silence) => {
  const fault = () => toLarkError(silence());

  function addAll(world: World) {
    add(world, { target: 'oc_town', livingCardId: 1 });
    add(world, { target: 'oc_town' });
    add(world, { target: 'oc_a' });
    add(world, { target: 'ou_ada', operation: 'reply', messageId: 'om_q' });
    add(world, { target: 'oc_b', lane: 'card:2', operation: 'update', livingCardId: 2, messageId: 'om_c' });
  }

  it('of less than an hour everything arrives: the platform knows what it has', async () => {
    const world = build({ random: () => 0.9 });
    addAll(world);
    await outage(world, { minutes: 40, fault });
    await drainUntil(world, world.time.now + 11 * MINUTE_MS);
    expect(world.store.rows.map(({ status }) => status)).toEqual(['sent', 'sent', 'sent', 'sent', 'sent']);
  });

  it.each([70, 25 * 60])(
    'of %i minutes what may have arrived is not posted again, but a living card is',
    async (minutes) => {
      const world = build({ random: () => 0.9 });
      addAll(world);
      await outage(world, { minutes, fault });
      await drainUntil(world, world.time.now + 11 * MINUTE_MS);
      expect(world.store.rows.map(({ status }) => status)).toEqual(['sent', 'sent', 'dead', 'dead', 'sent']);
      expect(world.calls.map(({ to }) => to).sort()).toEqual(['oc_town', 'oc_town', 'om_c']);
    },
  );

  it('counts from the first time, though the line is down for the rest of the hour', async () => {
    const world = build({ random: () => 0.9 });
    const row = add(world, { target: 'oc_a' });
    world.failures.push(fault());
    await world.dispatcher.drain();
    await outage(world, { minutes: 70, fault: ways['a line that is down'] });
    await drainUntil(world, world.time.now + 11 * MINUTE_MS);
    expect([row.status, world.calls]).toEqual(['dead', []]);
  });
});
