/**
 * Every statement of every repository, in each shape that it can take, is one that the engine of the run takes: the dialects differ,
 * and so do types. What it answers is proved where it is asked.
 */
import { afterAll, describe, expect, it } from 'vitest';
import { emptyDatabase } from '../support/databases.ts';
import { exercisesOf, repositoriesOf, repositoryFiles } from './repositories-of.ts';

const db = emptyDatabase();
afterAll(() => db.close());

/** Only to undo what an exercise wrote. */
class Undone extends Error {}

/** PostgreSQL: not written in its language, not of its types, not possible. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const NOT_TAKEN = /^(?:0A|22|42)/;

/** What the engine itself says against it; undefined where a method finds nothing to work on, or a row that another refers to is missing. */
function objection(error: unknown): string | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const code = 'code' in at ? String(at.code) : '';
    if (code === 'SQLITE_ERROR' || code === 'SQLITE_MISMATCH' || NOT_TAKEN.test(code)) return `${code} ${at.message}`;
  }
  return undefined;
}

describe('the engine takes every statement', () => {
  it.each(repositoryFiles)('of %s', async (file) => {
    const objections: string[] = [];
    for (const [name, repository] of await repositoriesOf(file)) {
      for (const [method, run] of Object.entries(repository)) {
        for (const [index, call] of exercisesOf(name, method).entries()) {
          const tried = db.write(async (tx) => {
            await run(tx, ...call);
            throw new Undone();
          });
          const against = await tried.catch(objection);
          if (against !== undefined) objections.push(`${name}.${method} (${index}): ${against}`);
        }
      }
    }
    expect(objections).toEqual([]);
  });
});
