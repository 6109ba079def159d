import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TransactionLost } from '../../db/batch.ts';
import { createLane, type Lane } from '../../db/lane.ts';

describe('a lane', () => {
  let connection: Sqlite.Database;
  let lane: Lane;
  let statements: string[];

  beforeEach(() => {
    statements = [];
    connection = new Sqlite(':memory:', { verbose: (sql) => statements.push(String(sql)) });
    connection.exec('create table notes (text text primary key)');
    lane = createLane(connection, { begin: 'BEGIN IMMEDIATE' });
  });

  afterEach(() => {
    vi.useRealTimers();
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

  it('lets what may wait share the next commit', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const patient = lane.run(note('patient'), { mayWait: true });
    await new Promise(setImmediate);
    expect(times('BEGIN IMMEDIATE')).toBe(0);
    await Promise.all([lane.run(note('urgent')), patient]);
    expect(times('COMMIT')).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does it by itself after a moment, and before it is idle', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const first = lane.run(note('first'), { mayWait: true });
    vi.advanceTimersByTime(20);
    await first;
    void lane.run(note('second'), { mayWait: true });
    await lane.idle();
    expect(notes()).toEqual(['first', 'second']);
    expect(times('COMMIT')).toBe(2);
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

  it('does without savepoints while nothing has to be undone', async () => {
    const refused = async () => {
      await lane.savepoint(note('checked'));
      throw new Error('no');
    };
    await Promise.all([lane.run(note('first')), lane.run(() => lane.savepoint(note('second')))]);
    const nothingWritten = lane.run(() => lane.savepoint(async () => Promise.reject(new Error('refused'))));
    await Promise.allSettled([nothingWritten, lane.run(note('third'))]);
    await expect(nothingWritten).rejects.toThrow('refused');
    expect(statements.filter((sql) => sql.startsWith('SAVEPOINT'))).toEqual([]);
    await expect(lane.run(() => lane.savepoint(refused))).rejects.toThrow('no');
    const savepoints = statements.filter((sql) => sql.startsWith('SAVEPOINT'));
    expect(savepoints).toEqual(['SAVEPOINT s1', 'SAVEPOINT s2', 'SAVEPOINT s3']);
    statements = [];
    await lane.run(note('fourth'));
    expect(statements.filter((sql) => sql.startsWith('SAVEPOINT'))).toEqual([]);
    expect(notes()).toEqual(['first', 'fourth', 'second', 'third']);
  });

  it('undoes it, too, where the work passes over that it has to be undone', async () => {
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

  it('runs work that is alone only once, unless it may have gone on after a savepoint', async () => {
    const runs: string[] = [];
    const alone = lane.run(async () => {
      runs.push('alone');
      await note('undone')();
      throw new Error('no');
    });
    await expect(alone).rejects.toThrow('no');
    const hidden = lane.run(async () => {
      runs.push('hidden');
      await lane.savepoint(async () => {
        await note('undone, too')();
        throw new Error('refused');
      });
    });
    await expect(hidden).rejects.toThrow('refused');
    expect(runs).toEqual(['alone', 'hidden', 'hidden']);
    expect(notes()).toEqual([]);
    expect(await lane.run(note('next'))).toBe('next');
  });

  it('runs each piece of work a second time at most, and answers once', async () => {
    const runs = { first: 0, failing: 0 };
    const results = await Promise.allSettled([
      lane.run(async () => {
        runs.first += 1;
        return note('first')();
      }),
      lane.run(async () => {
        runs.failing += 1;
        await note('undone')();
        throw new Error('no');
      }),
    ]);
    expect(runs).toEqual({ first: 2, failing: 2 });
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected']);
    expect(results[1]).toMatchObject({ reason: { message: 'no' } });
    expect(notes()).toEqual(['first']);
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
