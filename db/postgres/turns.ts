import type { WriteOptions } from '../database.ts';
import { TransactionBusy } from '../errors.ts';

/**
 * Lets so many pieces of work run at a time; the others wait, however long it takes unless they say so, and start in the order of
 * their arrival.
 */
export interface Turns {
  /** Rejects with `TransactionBusy` when the turn does not come in time. */
  run<Result>(work: () => Promise<Result>, options?: WriteOptions): Promise<Result>;
}

export function createTurns(atOnce: number): Turns {
  const waiting: (() => void)[] = [];
  let running = 0;

  /** Whoever ends hands over its place, so that nobody who comes later slips in between. */
  function turn(waitMs: number | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      let late: NodeJS.Timeout | undefined;
      const start = () => {
        clearTimeout(late);
        resolve();
      };
      waiting.push(start);
      if (waitMs === undefined) return;
      late = setTimeout(() => {
        waiting.splice(waiting.indexOf(start), 1);
        reject(new TransactionBusy());
      }, waitMs);
    });
  }

  return {
    async run(work, { waitMs } = {}) {
      if (running < atOnce) running++;
      else await turn(waitMs);
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else running--;
      }
    },
  };
}
