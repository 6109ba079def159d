/** What waits to be written before a commit: see `Tx.gather`. */
import type { Gathered, Tx } from './client.ts';

interface Waiting {
  readonly kind: Gathered<unknown>;
  readonly event: unknown;
}

export interface Gathering {
  add<Event>(kind: Gathered<Event>, event: Event): void;
  /** Returns what brings back the state of now: forgets what came later, and keeps what was written since and is undone. */
  mark(): () => void;
  write(tx: Tx): Promise<void>;
}

export function createGathering(): Gathering {
  let waiting: Waiting[] = [];
  return {
    add(kind, event) {
      // Guarantee: an event is handed to the kind it came with.
      waiting.push({ kind: kind as Gathered<unknown>, event });
    },
    mark() {
      const marked = waiting;
      const { length } = marked;
      return () => {
        waiting = marked.slice(0, length);
      };
    },
    async write(tx) {
      const all = waiting;
      waiting = [];
      for (const kind of new Set(all.map((one) => one.kind))) {
        await kind.write(
          tx,
          all.filter((one) => one.kind === kind).map(({ event }) => event),
        );
      }
    },
  };
}
