/** What the databases of the tests are asked, for tests that count it. */
import type { QueryLogger } from '../../db/database.ts';

let listener: ((sql: string) => void) | undefined;

/** Every database of the tests is opened with it. */
export const queryLog: QueryLogger = { logQuery: (sql) => listener?.(sql) };

/** The queries sent while `work` runs, in their order, without what frames a transaction (BEGIN, SAVEPOINT, COMMIT). */
export async function queriesOf(work: () => Promise<unknown>): Promise<string[]> {
  const queries: string[] = [];
  listener = (sql) => queries.push(sql);
  try {
    await work();
  } finally {
    listener = undefined;
  }
  return queries;
}
