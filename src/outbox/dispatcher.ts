/** Sends what the services have queued: claim → render → send → settle. Order per lane is the store's, pacing is here. */
import type { Logger } from 'pino';
import { describeFault } from '../fault.ts';
import type { LarkPort } from '../lark/port.ts';
import { withinTime } from '../within-time.ts';
import { createPacing, type Pace } from './pacing.ts';
import { createSender, type Render } from './sender.ts';
import { LEASE_MS, type OutboxRow, type OutboxStore } from './store.ts';

export interface DispatcherOptions {
  readonly store: OutboxStore;
  readonly render: Render;
  readonly lark: LarkPort;
  /** Milliseconds since the epoch. */
  readonly clock: { now(): number };
  readonly log: Logger;
  /** Sends in hand at the same time. */
  readonly concurrency: number;
  /** [0, 1), for the spread of the back-off. */
  readonly random?: () => number;
  readonly isShown?: (uuid: string) => boolean;
}

export interface Dispatcher {
  /** From here on `wake` and the dispatcher's own timer send; before it only `drain` does. */
  start(): void;
  /** Something may be due: call it after a commit. Returns at once; it is looked for a moment later. */
  wake(): void;
  /** Sends until nothing may go at the present time of the clock. Resolves with when something may; undefined: nothing is left. */
  drain(): Promise<number | undefined>;
  /** Claims nothing more and waits for what is in hand, at most so long. What is not finished then is sent after its lease. */
  stop(timeoutMs?: number): Promise<void>;
}

/** So often the leases of what is in hand are renewed: twice more before they end. */
const RENEW_EVERY_MS = LEASE_MS / 3;
/** Another process may have left something to do: look again after this long even if nothing is known to be due. */
const LOOK_AGAIN_MS = 30_000;
/** While something is in hand its end looks again, unless it hangs. */
const WHILE_SENDING_MS = 1_000;
/** Commits and sends that end within so long share a look: a look goes through what waits for chats that are at their limit. */
const TOGETHER_MS = 20;
/** What is due may be another process's to send, and must not keep us spinning. */
const LOOK_AGAIN_SOONEST_MS = 100;

/** Never rejects out of a timer or `wake`: faults are logged and the row comes back after its lease. */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { store, clock, log, concurrency } = options;
  const pacing = createPacing();
  const hands = createHands(createSender({ ...options, random: options.random ?? Math.random, pacing }), options);
  const looking = oneAtATime(look);
  let state: 'still' | 'started' | 'stopped' = 'still';
  let timer: NodeJS.Timeout | undefined;
  let soon: NodeJS.Timeout | undefined;

  /** Claims as much as the hands and the limits leave; tells whether there may be more. */
  async function claim(): Promise<boolean> {
    const now = clock.now();
    const pace = pacing.at(now);
    const limit = Math.min(concurrency - hands.busy(), pace.free);
    if (limit <= 0 || state === 'stopped') return false;
    const { rows, more } = await store.claim({ now, limit, full: pace.full, roomFor: pace.freeFor });
    for (const row of rows) {
      // While the program stood still the lease of a row in hand may have ended.
      if (hands.has(row)) continue;
      const over = pacing.begin(row.target);
      hands.take(row, () => {
        over(clock.now());
        if (state === 'still') void looking.run();
        else wake();
      });
    }
    return more;
  }

  async function look(): Promise<void> {
    clearTimeout(timer);
    let next = clock.now() + WHILE_SENDING_MS;
    try {
      while (await claim());
      if (state === 'started' && hands.busy() === 0) next = await nextAt(store, pacing.at(clock.now()));
    } catch (error) {
      log.error({ fault: describeFault(error) }, 'outbox could not be read');
    }
    if (state !== 'started') return;
    const pauseMs = Math.max(LOOK_AGAIN_SOONEST_MS, Math.min(next - clock.now(), LOOK_AGAIN_MS));
    timer = setTimeout(() => void looking.run(), pauseMs).unref();
  }

  function wake(): void {
    if (state !== 'started') return;
    soon ??= setTimeout(() => {
      soon = undefined;
      void looking.run();
    }, TOGETHER_MS).unref();
  }

  return {
    start() {
      state = 'started';
      void looking.run();
    },
    wake,
    async drain() {
      do {
        await looking.run();
        await hands.allFree();
      } while (looking.underWay() || hands.busy() > 0);
      const next = await nextAt(store, pacing.at(clock.now()));
      return Number.isFinite(next) ? next : undefined;
    },
    async stop(timeoutMs = 10_000) {
      state = 'stopped';
      clearTimeout(timer);
      clearTimeout(soon);
      // A claim under way may still bring rows, so it is waited for first.
      const looked = Promise.resolve(looking.underWay());
      await withinTime(
        looked.then(() => hands.allFree()),
        timeoutMs,
      );
    },
  };
}

/** When something may go, in milliseconds since the epoch; `Infinity` when nothing waits. */
async function nextAt(store: OutboxStore, pace: Pace): Promise<number> {
  // What waits need not be asked for while nothing may go at all.
  if (pace.free <= 0) return pace.freeAgainAt;
  const waiting = await store.waiting();
  return Math.min(...waiting.map(({ target, at }) => Math.max(at, pace.freeAt(target))));
}

interface Hands {
  /** How many are sending. */
  busy(): number;
  has(row: OutboxRow): boolean;
  take(row: OutboxRow, onFree: () => void): void;
  allFree(): Promise<unknown>;
}

/**
 * The sends under way, whose leases are renewed meanwhile. A row that could not be settled is logged and comes back after its
 * lease.
 */
function createHands(
  send: (row: OutboxRow) => Promise<void>,
  { store, clock, log }: Pick<DispatcherOptions, 'store' | 'clock' | 'log'>,
): Hands {
  const underWay = new Map<number, Promise<void>>();
  let renewing: NodeJS.Timeout | undefined;

  async function renew(): Promise<void> {
    try {
      await store.renew({ ids: [...underWay.keys()], now: clock.now() });
    } catch (error) {
      log.warn({ fault: describeFault(error) }, 'leases are not renewed');
    }
  }

  return {
    busy: () => underWay.size,
    has: ({ id }) => underWay.has(id),
    take(row, onFree) {
      renewing ??= setInterval(() => void renew(), RENEW_EVERY_MS).unref();
      const task = send(row)
        .catch((error: unknown) =>
          log.error({ outboxId: row.id, fault: describeFault(error) }, 'outbox row not settled'),
        )
        .finally(() => {
          underWay.delete(row.id);
          if (underWay.size === 0) {
            clearInterval(renewing);
            renewing = undefined;
          }
          onFree();
        });
      underWay.set(row.id, task);
    },
    allFree: () => Promise.all(underWay.values()),
  };
}

interface Turns {
  /** Resolves when a run that began after this call is over. */
  run(): Promise<void>;
  underWay(): Promise<void> | undefined;
}

/** Runs `work`, which never rejects, not twice at a time: all who ask while it runs share one more run afterwards. */
function oneAtATime(work: () => Promise<void>): Turns {
  let underWay: Promise<void> | undefined;
  let again = false;
  async function untilNobodyAsks(): Promise<void> {
    while (again) {
      again = false;
      await work();
    }
    underWay = undefined;
  }
  return {
    run() {
      again = true;
      underWay ??= untilNobodyAsks();
      return underWay;
    },
    underWay: () => underWay,
  };
}
