/** Sends what the services have queued: claim → render → send → settle. Order per lane is the store's, pacing is here. */
import type { Logger } from 'pino';
import { describeFault } from '../fault.ts';
import type { LarkPort } from '../lark/port.ts';
import { withinTime } from '../within-time.ts';
import { createPacing, type Pacing } from './pacing.ts';
import { createSender, type Render } from './sender.ts';
import type { OutboxRow, OutboxStore } from './store.ts';

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
  /** Told of every row that is kept aside, after it has been settled. */
  readonly onDead?: (row: OutboxRow, error: string) => void | Promise<void>;
}

export interface Dispatcher {
  /** From here on `wake` and the dispatcher's own timer send; before it only `drain` does. */
  start(): void;
  /** Something may be due: call it after a commit. Returns at once; it is looked for at once or after a rest. */
  wake(): void;
  /** Sends until nothing is due at the present time of the clock. */
  drain(): Promise<void>;
  /** Claims nothing more and waits for what is in hand, at most so long. What is not finished then is sent after its lease. */
  stop(timeoutMs?: number): Promise<void>;
}

/** Another process may have died with rows in hand: look again after this long even if nothing is known to be due. */
const LOOK_AGAIN_MS = 30_000;
/**
 * Looks are so far apart at least. Each goes through all lanes, and under a load every commit and every delivery wakes us; and a
 * store that names a time but hands out no row cannot keep us spinning.
 */
export const REST_MS = 100;
/** At the app's limit places become free one by one; the store is asked for so many rows at a time, not for each. */
const CLAIM_TOGETHER = 10;

/** Never rejects out of a timer or `wake`: faults are logged and the row comes back after its lease. */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { store, clock, log } = options;
  const pacing = createPacing();
  const send = createSender({ ...options, random: options.random ?? Math.random, pacing });
  const hands = createHands(send, log);
  let state: 'still' | 'started' | 'stopped' = 'still';
  let pumping: Promise<void> | undefined;
  let again = false;
  let timer: NodeJS.Timeout | undefined;
  let wokenMeanwhile = false;
  const rest = createRest(() => {
    if (wokenMeanwhile) wake();
  });
  const placesFree = countPlaces(pacing);

  /** Claims as much as concurrency and the app's limit leave; tells whether there may be more. */
  async function claimOnce(): Promise<boolean> {
    const now = clock.now();
    const places = state === 'started' ? placesFree(now) : pacing.freeNow(now);
    const room = Math.min(options.concurrency - hands.busy(), places);
    if (room <= 0 || state === 'stopped') return false;
    const { rows, more } = await store.claim({ now, limit: room, slotOf: (paced) => pacing.reserve(paced, now) });
    for (const row of rows) {
      hands.take(row, () => {
        if (state === 'started') wake();
        else again = true;
      });
    }
    return more;
  }

  async function pump(): Promise<void> {
    try {
      let more = true;
      while (more) {
        again = false;
        more = (await claimOnce()) || again;
      }
    } catch (error) {
      log.error({ fault: describeFault(error) }, 'outbox could not be read');
    }
    pumping = undefined;
    if (state !== 'started') return;
    rest.begin();
    await sleepUntilDue();
  }

  function runPump(): Promise<void> {
    again = true;
    pumping ??= pump();
    return pumping;
  }

  function wake(): void {
    if (state !== 'started') return;
    wokenMeanwhile = pumping !== undefined || rest.isOn();
    if (!wokenMeanwhile) void runPump();
  }

  /** What is due matters only when there is a hand and a place free for it. */
  async function nextLook(now: number): Promise<number> {
    // The next hand that becomes free wakes us.
    if (hands.busy() >= options.concurrency) return now + LOOK_AGAIN_MS;
    if (placesFree(now) === 0) return pacing.freeAt(now);
    return (await readDue(options)) ?? now + LOOK_AGAIN_MS;
  }

  async function sleepUntilDue(): Promise<void> {
    const now = clock.now();
    const at = await nextLook(now);
    if (state !== 'started' || pumping) return;
    clearTimeout(timer);
    timer = setTimeout(wake, Math.min(LOOK_AGAIN_MS, Math.max(REST_MS, at - now)));
    timer.unref();
  }

  /** A claim under way may still bring rows, so it is waited for first. */
  async function finish(): Promise<void> {
    await pumping;
    await hands.allFree();
  }

  return {
    start() {
      state = 'started';
      wake();
    },
    wake,
    async drain() {
      do {
        await hands.allFree();
        await runPump();
      } while (hands.busy() > 0 || again);
    },
    async stop(timeoutMs = 10_000) {
      state = 'stopped';
      clearTimeout(timer);
      rest.cancel();
      await withinTime(finish(), timeoutMs);
    },
  };
}

interface Hands {
  /** How many are sending. */
  busy(): number;
  take(row: OutboxRow, onFree: () => void): void;
  allFree(): Promise<unknown>;
}

/** The sends under way. A row that could not be settled is logged and comes back after its lease. */
function createHands(send: (row: OutboxRow) => Promise<void>, log: Logger): Hands {
  const underWay = new Set<Promise<void>>();
  return {
    busy: () => underWay.size,
    take(row, onFree) {
      const task = send(row)
        .catch((error: unknown) =>
          log.error({ outboxId: row.id, fault: describeFault(error) }, 'outbox row not settled'),
        )
        .finally(() => {
          underWay.delete(task);
          onFree();
        });
      underWay.add(task);
    },
    allFree: () => Promise.all(underWay),
  };
}

/** A time in which nothing is begun. */
interface Rest {
  begin(): void;
  isOn(): boolean;
  cancel(): void;
}

function createRest(onOver: () => void): Rest {
  let timer: NodeJS.Timeout | undefined;
  const cancel = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    begin() {
      cancel();
      timer = setTimeout(() => {
        timer = undefined;
        onOver();
      }, REST_MS);
      timer.unref();
    },
    isOn: () => timer !== undefined,
    cancel,
  };
}

/** When the store has something due; undefined when it has nothing or cannot be read. */
async function readDue({ store, log }: DispatcherOptions): Promise<number | undefined> {
  try {
    return await store.nextAvailableAt();
  } catch (error) {
    log.error({ fault: describeFault(error) }, 'outbox could not be read');
    return undefined;
  }
}

/** How many sends the app's limit leaves; once it has been reached none, until enough of them are free again. */
function countPlaces(pacing: Pacing): (now: number) => number {
  let reached = false;
  return (now) => {
    const free = pacing.freeNow(now);
    if (free === 0) reached = true;
    if (free >= CLAIM_TOGETHER) reached = false;
    return reached ? 0 : free;
  };
}
