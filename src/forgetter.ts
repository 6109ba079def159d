/** Sees to it that what a person was erased from stands in SQLite's log no longer than a minute. */
import type { Database } from '../db/database.ts';
import { cutLog } from '../db/sqlite/forget.ts';
import { lastErasedAt } from './services/case/erase.ts';

const LOOK_EVERY_MS = 60_000;
/** SQLite waits in this thread. */
const WAIT_MS = 50;

export interface Forgetter {
  /** Cuts the log when somebody was erased since it was last cut. Rejects when the database cannot be read. */
  look(): Promise<void>;
  start(): void;
  stop(): void;
}

export function createForgetter(options: { readonly db: Database; readonly file: string }): Forgetter {
  const { db, file } = options;
  let done = 0;
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    const erasedAt = await db.read((tx) => lastErasedAt({ tx }));
    if (erasedAt > done && cutLog(file, { waitMs: WAIT_MS })) done = erasedAt;
  }

  return {
    look,
    start() {
      // What fails now is done a minute later; a database that cannot be read is told elsewhere.
      timer = setInterval(() => void look().catch(() => {}), LOOK_EVERY_MS);
      timer.unref();
    },
    stop: () => clearInterval(timer),
  };
}
