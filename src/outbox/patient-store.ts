/** A store that does not forget what became of a row because the database was away just then. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import { describeFault } from '../fault.ts';
import type { OutboxStore } from './store.ts';

/** Afterwards the row comes back by itself, and its uuid keeps it from being posted twice. */
const TRIED_FOR_MS = 60_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;

export interface PatienceOptions {
  readonly log: Logger;
  /** Default: real time. */
  readonly pause?: (ms: number) => Promise<void>;
}

/**
 * The store, whose settlements are tried again for a minute when they fail. Otherwise every row that was in hand while a
 * database server restarted would hold up its lane for the rest of its lease. A settlement that took effect without an answer
 * may be repeated: it writes the same once more, and at worst counts a message of the chat twice.
 */
export function settlingPatiently(store: OutboxStore, options: PatienceOptions): OutboxStore {
  const { log, pause = wait } = options;
  return {
    ...store,
    async settle(row, settlement) {
      let waitMs = FIRST_PAUSE_MS;
      for (let waited = 0; ; waited += waitMs, waitMs = Math.min(LONGEST_PAUSE_MS, waitMs * 2)) {
        try {
          await store.settle(row, settlement);
          return;
        } catch (error) {
          if (waited + waitMs > TRIED_FOR_MS) throw error;
          log.warn({ outboxId: row.id, fault: describeFault(error) }, 'an outbox row is not settled yet');
        }
        await pause(waitMs);
      }
    },
  };
}
