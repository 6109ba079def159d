/** Sends what the services have queued: claim → render → send → settle. Order per lane is the store's, pacing is here. */
import type { Logger } from 'pino';
import { describeFault } from '../lark/fault.ts';
import type { LarkPort } from '../lark/port.ts';
import { withinTime } from '../within-time.ts';
import { createPacing, type PacedSend, type Pacing } from './pacing.ts';
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
  const inHand = new Set<Promise<void>>();
  let state: 'still' | 'started' | 'stopped' = 'still';
  let pumping: Promise<void> | undefined;
  let again = false;
  let timer: NodeJS.Timeout | undefined;
  let resting: NodeJS.Timeout | undefined;
  let wokenMeanwhile = false;
  const placesFree = countPlaces(pacing);

  /** Claims as much as concurrency and the app's limit leave; tells whether there may be more. */
  async function claimOnce(): Promise<boolean> {
    const now = clock.now();
    const places = state === 'started' ? placesFree(now) : pacing.freeNow(now);
    const room = Math.min(options.concurrency - inHand.size, places);
    if (room <= 0 || state === 'stopped') return false;
    const slotOf = (send: PacedSend) => pacing.reserve(send, now);
    const { rows, more } = await store.claim({ now, limit: room, slotOf });
    for (const row of rows) {
      const task = send(row)
        .catch((error: unknown) =>
          log.error({ outboxId: row.id, fault: describeFault(error) }, 'outbox row not settled'),
        )
        .finally(() => {
          inHand.delete(task);
          if (state === 'started') wake();
          else again = true;
        });
      inHand.add(task);
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
    rest();
    await sleepUntilDue();
  }

  function rest(): void {
    clearTimeout(resting);
    resting = setTimeout(() => {
      resting = undefined;
      if (wokenMeanwhile) wake();
    }, REST_MS);
    resting.unref();
  }

  function runPump(): Promise<void> {
    again = true;
    pumping ??= pump();
    return pumping;
  }

  function wake(): void {
    if (state !== 'started') return;
    wokenMeanwhile = pumping !== undefined || resting !== undefined;
    if (!wokenMeanwhile) void runPump();
  }

  /** What is due matters only when there is a hand and a place free for it. */
  async function nextLook(now: number): Promise<number> {
    // The next hand that becomes free wakes us.
    if (inHand.size >= options.concurrency) return now + LOOK_AGAIN_MS;
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
    await Promise.all(inHand);
  }

  return {
    start() {
      state = 'started';
      wake();
    },
    wake,
    async drain() {
      do {
        await Promise.all(inHand);
        await runPump();
      } while (inHand.size > 0 || again);
    },
    async stop(timeoutMs = 10_000) {
      state = 'stopped';
      clearTimeout(timer);
      clearTimeout(resting);
      await withinTime(finish(), timeoutMs);
    },
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
