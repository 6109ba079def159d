/** Knows whether the database takes what is written: on a full or failing disk reading goes on for long. */
import type { Database } from '../db/database.ts';
import { settingWrites } from '../db/repositories/setting.ts';

export interface WriteWatch {
  /** The same database, watched. */
  readonly db: Database;
  /** False when the last write failed and a small one fails now, too. Writes only after a failure. */
  writable(): Promise<boolean>;
}

export function watchWrites(db: Database): WriteWatch {
  let failed = false;
  const watched: Database = {
    ...db,
    async write(work) {
      try {
        const result = await db.write(work);
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
    async writable() {
      if (!failed) return true;
      try {
        await watched.write((tx) => settingWrites.set(tx, { key: 'health.written', value: PROBE }));
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** As long as an ordinary entry, so that it does not fit where one would not. */
const PROBE = 'x'.repeat(1_000);
