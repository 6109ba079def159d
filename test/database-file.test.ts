import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DatabaseUnfit } from '../db/errors.ts';
import { openSqlite } from '../db/sqlite/open.ts';
import { fileState, markAsSandbox } from '../db/sqlite/state.ts';
import { beginFile } from '../src/database-file.ts';
import { watchFile } from '../src/file-watch.ts';

let folder: string;
let file: string;
let releases: (() => void)[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daiban-file-'));
  file = join(folder, 'daiban.db');
  releases = [];
});
afterEach(() => {
  for (const release of releases) release();
  rmSync(folder, { recursive: true });
});

function begin(how: { mayBeNew?: boolean } = {}): { isNew: boolean; release(): void } {
  const begun = beginFile(file, { mayBeNew: how.mayBeNew ?? false });
  releases.push(begun.release);
  return begun;
}

describe('where a database was expected and is not there', () => {
  it.each(['daiban.db.restoring', 'daiban.db.before-restore-2026-11-29-101500', 'daiban.db-wal', 'daiban.db-journal'])(
    'beside %s none is begun unless it is asked for',
    (trace) => {
      writeFileSync(join(folder, trace), 'a trace');
      expect(begin).toThrow(/找不到数据库 .*daiban\.db.*restore.*--new/);
      expect(existsSync(file)).toBe(false);
      expect(begin({ mayBeNew: true }).isNew).toBe(true);
    },
  );

  it('a folder of backups is a trace, also beside a file that was emptied', () => {
    mkdirSync(join(folder, 'backups'));
    expect(begin).toThrow(DatabaseUnfit);
    writeFileSync(file, '');
    expect(begin).toThrow('说明这里原来有过');
    // As a start leaves it that was ended before it had made a table.
    new Sqlite(file).pragma('user_version = 1');
    expect(begin).toThrow('说明这里原来有过');
  });

  it('what belongs to another database is none', () => {
    writeFileSync(join(folder, 'other.db.restoring'), '');
    writeFileSync(join(folder, 'daiban.db.key'), '');
    expect(begin().isNew).toBe(true);
  });

  it('with its database there, everything may stand beside it, and a killed restore’s copy goes', async () => {
    await openSqlite({ file }).close();
    mkdirSync(join(folder, 'backups'));
    for (const suffix of ['', '-wal', '-shm']) writeFileSync(`${file}.restoring${suffix}`, '');
    expect(begin().isNew).toBe(false);
    expect(readdirSync(folder).filter((name) => name.includes('restoring'))).toEqual([]);
  });
});

it('a link to a database that is gone is no reason to begin anew', () => {
  mkdirSync(join(folder, 'disk'));
  writeFileSync(join(folder, 'disk', 'daiban.db-wal'), '');
  symlinkSync(join(folder, 'disk', 'daiban.db'), file);
  expect(begin).toThrow('说明这里原来有过');
});

describe('a file that is not a bot’s', () => {
  it('is left as it is when another program has made it', () => {
    const other = new Sqlite(file);
    other.exec('create table notes (text)');
    other.close();
    const before = readFileSync(file);
    expect(begin).toThrow('不是代办的数据库');
    expect(readFileSync(file)).toEqual(before);
  });

  it('nor is a folder, or what only looks like a file', () => {
    mkdirSync(file);
    expect(begin).toThrow('不是代办的数据库');
  });

  it('is not taken for production when the sandbox has made it', async () => {
    markAsSandbox(file);
    await openSqlite({ file }).close();
    expect(begin).toThrow('是本地沙箱的数据库');
    // Wherever it was copied.
    renameSync(file, join(folder, 'renamed.db'));
    file = join(folder, 'renamed.db');
    expect(begin).toThrow('是本地沙箱的数据库');
  });
});

describe('the lock', () => {
  it('lets one bot at a time have the file, and the next one when it has gone', () => {
    const { release } = begin();
    expect(begin).toThrow(/另一个机器人.*先停掉它/);
    release();
    begin();
  });

  it('is the file’s, by whatever link it is reached', async () => {
    await openSqlite({ file }).close();
    begin();
    const link = join(folder, 'link.db');
    symlinkSync(file, link);
    file = link;
    expect(begin).toThrow('另一个机器人');
  });

  it('keeps nobody from the file who only looks', async () => {
    begin();
    await openSqlite({ file }).close();
    expect(fileState(file)).toBe('current');
  });
});

describe('the watch over the file', () => {
  it('says nothing while the file grows and is written to', async () => {
    const db = openSqlite({ file });
    const look = watchFile(file);
    expect(look()).toBeUndefined();
    await db.write(async ({ q, t }) => q.insert(t.settings).values({ key: 'x', value: 'y'.repeat(100_000) }));
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
    expect(look()).toBeUndefined();
    await db.close();
  });

  it.each([
    ['deleted', () => rmSync(file)],
    [
      'replaced by another',
      () => {
        writeFileSync(`${file}.new`, readFileSync(file));
        renameSync(`${file}.new`, file);
      },
    ],
    ['gone with its folder', () => renameSync(folder, `${folder}-away`)],
  ])('says so when the file is %s', async (_what, happen) => {
    const db = openSqlite({ file });
    const look = watchFile(file);
    happen();
    expect(look()).toMatchObject({ key: 'databaseFile', title: '数据库文件被换掉或删除了' });
    await db.close();
    if (existsSync(`${folder}-away`)) renameSync(`${folder}-away`, folder);
  });

  it('says so when the log beside it is deleted, and what still saves its content', async () => {
    const db = openSqlite({ file });
    const look = watchFile(file);
    await db.write(async ({ q, t }) => q.insert(t.settings).values({ key: 'x', value: 'kept' }));
    expect(look()).toBeUndefined();
    rmSync(`${file}-wal`);
    expect(look()?.lines.join()).toContain('正常停止');
    await db.close();
    const left = new Sqlite(file);
    expect(left.prepare("select value from settings where key = 'x'").pluck().get()).toBe('"kept"');
    left.close();
  });
});
