/** Sends what the services have queued: claim → render → send → settle. Order per lane is the store's, pacing is here. */
import type { Logger } from 'pino';
import { describeFault } from '../lark/fault.ts';
import type { LarkPort } from '../lark/port.ts';
import { withinTime } from '../within-time.ts';
import { createPacing } from './pacing.ts';
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
  /** Something may be due: call it after a commit. Returns at once. */
  wake(): void;
  /** Sends until nothing is due at the present time of the clock. */
  drain(): Promise<void>;
  /** Claims nothing more and waits for what is in hand, at most so long. What is not finished then is sent after its lease. */
  stop(timeoutMs?: number): Promise<void>;
}

/** Another process may have died with rows in hand: look again after this long even if nothing is known to be due. */
const LOOK_AGAIN_MS = 30_000;
/** Lower bound of a wait, so that a store that names a time but hands out no row cannot keep us spinning. */
const PAUSE_MIN_MS = 50;

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

  /** Claims as much as concurrency and the app's limit leave; tells whether there may be more. */
  async function claimOnce(): Promise<boolean> {
    const now = clock.now();
    const room = Math.min(options.concurrency - inHand.size, pacing.freeNow(now));
    if (room <= 0 || state === 'stopped') return false;
    const rows = await store.claim(now, room);
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
    return rows.length > 0;
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
    if (state === 'started') await sleepUntilDue();
  }

  function runPump(): Promise<void> {
    again = true;
    pumping ??= pump();
    return pumping;
  }

  function wake(): void {
    if (state === 'started') void runPump();
  }

  async function sleepUntilDue(): Promise<void> {
    let due: number | undefined;
    try {
      due = await store.nextAvailableAt();
    } catch (error) {
      log.error({ fault: describeFault(error) }, 'outbox could not be read');
    }
    if (state !== 'started' || pumping) return;
    const now = clock.now();
    // With all hands full the next one that becomes free wakes us.
    const full = inHand.size >= options.concurrency;
    const at = due === undefined || full ? now + LOOK_AGAIN_MS : Math.max(due, pacing.freeAt(now));
    clearTimeout(timer);
    timer = setTimeout(wake, Math.min(LOOK_AGAIN_MS, Math.max(PAUSE_MIN_MS, at - now)));
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
      await withinTime(finish(), timeoutMs);
    },
  };
}
