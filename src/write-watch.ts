/**
 * Knows whether the database takes what is written: reading goes on for long on a full or failing disk, and while another program
 * holds it.
 */
import type { Database } from '../db/database.ts';
import { isBusy } from '../db/errors.ts';
import { settingWrites } from '../db/repositories/setting.ts';

export interface WriteWatch {
  /** The same database, watched. */
  readonly db: Database;
  /** What is in the way of writing now; undefined when nothing is. Leaves something written only after a write has failed. */
  writeProblem(): Promise<string | undefined>;
}

/** Whoever asks for the program's health gives up after a second or two. */
const PROBE_WAIT_MS = 1_000;

export function watchWrites(db: Database): WriteWatch {
  let failed = false;
  const watched: Database = {
    ...db,
    async write(work, options) {
      try {
        const result = await db.write(work, options);
        failed = false;
        return result;
      } catch (error) {
        failed = true;
        throw error;
      }
    },
  };
  return {
    db: watched,
    async writeProblem() {
      const last = failed;
      try {
        await watched.write(
          async (tx) => void (last && (await settingWrites.set(tx, { key: 'health.written', value: PROBE }))),
          { waitMs: PROBE_WAIT_MS },
        );
        return undefined;
      } catch (error) {
        return isBusy(error) ? 'database is held by another program' : 'database cannot be written';
      }
    },
  };
}

/** As long as an ordinary entry, so that it does not fit where one would not. */
const PROBE = 'x'.repeat(1_000);
