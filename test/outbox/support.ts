/** A dispatcher on a store in memory, with a clock that stands and a platform that answers as it is told. */
import { vi } from 'vitest';
import type { Card } from '../../cards/card.ts';
import { LarkError } from '../../src/lark/port.ts';
import { createDispatcher, type Dispatcher, type DispatcherOptions } from '../../src/outbox/dispatcher.ts';
import { memoryLog } from '../lark/support.ts';
import { fakeLark, MemoryStore } from './memory-store.ts';

export const DAY_MS = 24 * 60 * 60_000;
export const card: Card = { schema: '2.0', body: { elements: [] } };
export const later = () => new LarkError('later', 'HTTP 502');

const dispatchers: Dispatcher[] = [];

/** For `afterEach`: stops what the test built, and lets time run again. */
export async function stopAll(): Promise<void> {
  vi.useRealTimers();
  for (const dispatcher of dispatchers.splice(0)) await dispatcher.stop(100);
}

export type World = ReturnType<typeof build>;

export function build(overrides: Partial<DispatcherOptions> = {}) {
  const time = { now: 1_000_000 };
  const clock = { now: () => time.now };
  const store = new MemoryStore(clock.now);
  const platform = fakeLark(clock);
  const logged = memoryLog();
  const options: DispatcherOptions = {
    store,
    render: async ({ messageId }) => ({ card, messageId }),
    lark: platform.lark,
    clock,
    log: logged.log,
    concurrency: 100,
    random: () => 0,
    ...overrides,
  };
  return { time, store, dispatcher: another(options), logged, options, ...platform };
}

/** One more on the same store. */
export function another(options: DispatcherOptions): Dispatcher {
  const dispatcher = createDispatcher(options);
  dispatchers.push(dispatcher);
  return dispatcher;
}

export function add(world: World, row: Parameters<MemoryStore['add']>[0]) {
  return world.store.add({ createdAt: world.time.now, ...row });
}

/** As a process does that is killed afterwards. */
export function claimedElsewhere({ store, time }: World) {
  return store.claim({ now: time.now, limit: 1, full: [], roomFor: () => 1 });
}

/** Sends what is due, again and again, until nothing is left or `until` (ms) has come. */
export async function drainUntil({ dispatcher, time }: World, until: number): Promise<void> {
  for (;;) {
    const next = await dispatcher.drain();
    if (next === undefined || next > until) break;
    time.now = Math.max(time.now + 1, next);
  }
  time.now = Math.max(time.now, until);
}
