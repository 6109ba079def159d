import { pino } from 'pino';
import { beforeEach, expect, it } from 'vitest';
import { settlingPatiently } from '../../src/outbox/patient-store.ts';
import { MemoryStore } from './memory-store.ts';

const log = pino({ level: 'silent' });
let store: MemoryStore;
/** How many settlements fail before the database is back. */
let away: number;
let tries: number;
let waited: number;

beforeEach(() => {
  store = new MemoryStore();
  store.add({ target: 'oc_a' });
  [away, tries, waited] = [0, 0, 0];
});

function unsteady() {
  const failing: Pick<MemoryStore, 'settle'> = {
    settle: async (row, settlement) => {
      tries++;
      if (tries <= away) throw new Error('the database is away');
      await store.settle(row, settlement);
    },
  };
  return settlingPatiently(Object.assign(Object.create(store) as MemoryStore, failing), {
    log,
    pause: async (ms) => {
      waited += ms;
    },
  });
}

it('settles what was sent when the database is back', async () => {
  away = 5;
  await unsteady().settle(store.get(1), { kind: 'sent', messageId: 'om_1' });
  expect(store.get(1)).toMatchObject({ status: 'sent', sentMessageId: 'om_1' });
  expect(tries).toBe(6);
  expect(waited).toBeLessThan(10_000);
});

it('gives up after a minute, and the row comes back by itself', async () => {
  away = Number.POSITIVE_INFINITY;
  const settled = unsteady().settle(store.get(1), { kind: 'sent', messageId: 'om_1' });
  await expect(settled).rejects.toThrow('the database is away');
  expect(waited).toBeGreaterThan(50_000);
  expect(waited).toBeLessThan(60_001);
  expect(tries).toBeGreaterThan(5);
  expect(tries).toBeLessThan(40);
});
