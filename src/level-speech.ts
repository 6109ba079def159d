/**
 * In which words the program speaks of the levels of its database's tree. The names are held here and count for everything that runs in
 * one of its transactions, so that no step has to read them. They are read at the start and once a minute, for another process may
 * have changed them; what changes them here counts at once.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database } from '../db/database.ts';
import { keepLevelNamesIn, type LevelNames, planLevelNames } from './domain/level-names.ts';
import { settingOf } from './services/settings.ts';

export interface LevelSpeech {
  /** The same database; in its transactions the levels are called by the names that it sets. */
  readonly db: Database;
  /** Runs work outside of a transaction that speaks of levels, too. */
  speak<Result>(work: () => Result): Result;
  /** Reads the names again. Rejects when the database cannot be read. */
  refresh(): Promise<void>;
}

interface Scope {
  names: LevelNames;
  changed: boolean;
}

const speaking = new AsyncLocalStorage<Scope>();

keepLevelNamesIn({
  names: () => speaking.getStore()?.names ?? planLevelNames,
  change(names) {
    Object.assign(speaking.getStore() ?? {}, { names, changed: true });
  },
});

export function speakLocally(db: Database): LevelSpeech {
  let names = planLevelNames;
  let asked = 0;
  const speak = <Result>(work: () => Result, scope: Scope = { names, changed: false }) => speaking.run(scope, work);

  /** What was asked for last counts: a slower reading began before. */
  async function refresh(): Promise<void> {
    asked += 1;
    const mine = asked;
    const read = await db.read((tx) => settingOf({ tx }, 'levelNames'));
    if (mine === asked) names = read;
  }

  return {
    db: {
      ...db,
      async write(work, options) {
        let last: Scope | undefined;
        const result = await db.write((tx) => {
          last = { names, changed: false };
          return speak(() => work(tx), last);
        }, options);
        // Read again, because a part of the transaction may have been taken back.
        if (last?.changed) await refresh();
        return result;
      },
      read: (work) => db.read((tx) => speak(() => work(tx))),
    },
    speak: (work) => speak(work),
    refresh,
  };
}
