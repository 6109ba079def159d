import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TransactionLost } from '../../db/errors.ts';
import { createLane, type Lane } from '../../db/sqlite/lane.ts';

describe('a lane', () => {
  let connection: Sqlite.Database;
  let lane: Lane;
  let statements: string[];

  beforeEach(() => {
    statements = [];
    connection = new Sqlite(':memory:', { verbose: (sql) => statements.push(String(sql)) });
    connection.exec('create table notes (text text primary key)');
    lane = createLane(connection, 'BEGIN IMMEDIATE');
  });

  afterEach(() => {
    connection.close();
  });

  const note = (text: string) => async () => {
    await Promise.resolve();
    connection.prepare('insert into notes values (?)').run(text);
    return text;
  };
  const notes = () => connection.prepare('select text from notes order by text').pluck().all();
  const times = (sql: string) => statements.filter((statement) => statement === sql).length;

  it('puts what arrives together into one transaction, in the order of arrival', async () => {
    const texts = Array.from({ length: 10 }, (_, index) => `n${index}`);
    expect(await Promise.all(texts.map((text) => lane.run(note(text))))).toEqual(texts);
    expect(notes()).toEqual(texts);
    expect(times('COMMIT')).toBe(1);
  });

  it('lets who comes a turn of the event loop later share the commit, and nobody wait for longer', async () => {
    const works = [lane.run(note('first'))];
    await new Promise(setImmediate);
    works.push(lane.run(note('a turn later')));
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    works.push(lane.run(note('too late')));
    await Promise.all(works);
    expect(notes()).toEqual(['a turn later', 'first', 'too late']);
    expect(times('COMMIT')).toBe(2);
  });

  it('bounds a batch, so that nobody waits for a hundred others', async () => {
    await Promise.all(Array.from({ length: 65 }, (_, index) => lane.run(note(`n${index}`))));
    expect(times('COMMIT')).toBe(2);
    expect(notes()).toHaveLength(65);
  });

  it('undoes only the work that failed', async () => {
    const results = await Promise.allSettled([
      lane.run(note('first')),
      lane.run(async () => {
        await note('undone')();
        throw new Error('no');
      }),
      lane.run(note('third')),
    ]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(notes()).toEqual(['first', 'third']);
    expect(times('COMMIT')).toBe(1);
  });

  it('goes on after what failed within the work and was passed over', async () => {
    await lane.run(async () => {
      await note('before')();
      await lane
        .savepoint(async () => {
          await note('undone')();
          throw new Error('no');
        })
        .catch(() => {});
      await note('after')();
    });
    expect(notes()).toEqual(['after', 'before']);
  });

  it('undoes a savepoint within the work and goes on', async () => {
    await lane.run(async () => {
      await note('before')();
      await lane.savepoint(note('kept'));
      const undone = lane.savepoint(async () => {
        await note('undone')();
        await lane.savepoint(note('undone with it'));
        throw new Error('no');
      });
      await expect(undone).rejects.toThrow('no');
      await note('after')();
    });
    expect(notes()).toEqual(['after', 'before', 'kept']);
  });

  it('tells nobody of a success before the commit, and everybody when it fails', async () => {
    connection.exec('create table towns (id integer primary key)');
    connection.exec('create table villages (town integer references towns(id) deferrable initially deferred)');
    connection.pragma('foreign_keys = ON');
    const results = await Promise.allSettled([
      lane.run(note('first')),
      lane.run(async () => connection.exec('insert into villages values (7)')),
    ]);
    expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected']);
    expect(notes()).toEqual([]);
    await lane.run(note('the lane goes on'));
    expect(notes()).toEqual(['the lane goes on']);
  });

  it('rejects the whole batch when SQLite itself ends the transaction, even if the work hid it', async () => {
    const results = await Promise.allSettled([
      lane.run(note('first')),
      lane.run(async () => {
        try {
          connection.exec("insert or rollback into notes values ('first')");
        } catch {
          return 'as if nothing had happened';
        }
        return 'not reached';
      }),
      lane.run(note('third')),
    ]);
    for (const result of results) {
      expect(result.status).toBe('rejected');
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(TransactionLost);
    }
    expect(notes()).toEqual([]);
    expect(await lane.run(note('next'))).toBe('next');
  });

  it('is idle only after what is under way', async () => {
    const done: string[] = [];
    void lane.run(note('a')).then((text) => done.push(text));
    void lane.run(note('b')).then((text) => done.push(text));
    await lane.idle();
    expect(done).toEqual(['a', 'b']);
  });
});
