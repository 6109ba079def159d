/** A restore that is killed at any moment leaves the old database or the new one in the place, whole. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settingWrites } from '../../../db/repositories/setting.ts';
import { beginFile } from '../../../src/database-file.ts';
import { CREDENTIALS, KEY, openDesk } from '../../cli/support.ts';

const program = fileURLToPath(new URL('../../../dist/daiban.js', import.meta.url));
const hasStrace = spawnSync('strace', ['-V']).status === 0;
/** Far beyond what a restore does of any of these. */
const KILLS_MAX = 100;

/** All but `-shm`, which is memory that processes share: nothing of a database stands in it. */
const KEPT_IN = ['', '-wal', '.restoring', '.restoring-wal', '.lock-journal'];

let folder: string;
let template: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daiban-kills-'));
  template = join(folder, 'template');
  const desk = await openDesk();
  const say = (value: string) => desk.write(({ tx }) => settingWrites.set(tx, { key: 'content', value }));
  await say('new');
  await desk.daiban('backup');
  await say('old');
  await desk.db.close();
  cpSync(desk.folder, template, { recursive: true });
  rmSync(desk.folder, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Restores in a copy of the template, under strace with these words; returns what ended it and what stands in the place. */
function restoreUnder(strace: readonly string[]) {
  const place = mkdtempSync(join(folder, 'run-'));
  cpSync(template, place, { recursive: true });
  const file = join(place, 'daiban.db');
  const [backup = ''] = readdirSync(join(place, 'backups'));
  const line = [process.execPath, program, 'restore', join(place, 'backups', backup), '--force'];
  const touching = [place, ...KEPT_IN.map((end) => file + end)].flatMap((path) => ['-P', path]);
  const ended = spawnSync('strace', ['-qq', '-o', '/dev/null', ...touching, ...strace, ...line], {
    cwd: place,
    encoding: 'utf8',
    env: {
      ...{ PATH: process.env['PATH'], UV_THREADPOOL_SIZE: '1', DATABASE_URL: `file:${file}`, ...CREDENTIALS },
      DATA_KEY: KEY.toString('base64'),
    },
  });
  const found = { ended, content: contentOf(file), kept: keptIn(place), beginsAnew: beginsAnew(file) };
  rmSync(place, { recursive: true });
  return found;
}

function contentOf(file: string): unknown {
  if (!existsSync(file)) return 'nothing';
  const connection = new Sqlite(file);
  try {
    expect(connection.pragma('integrity_check', { simple: true })).toBe('ok');
    return connection.prepare("select value from settings where key = 'content'").pluck().get();
  } finally {
    connection.close();
  }
}

const keptIn = (place: string) => readdirSync(place).filter((name) => name.includes('before-restore-'));

/** A bot that starts then goes on with what is there. */
function beginsAnew(file: string): boolean {
  const { isNew, release } = beginFile(file, { mayBeNew: false });
  release();
  return isNew;
}

/** Without `-f` only the main thread is looked at, on which SQLite works; with it the one that does what is asked of the file system, too. */
describe.skipIf(!hasStrace)('a restore killed', () => {
  it.each([
    ['rename', ['-f']],
    ['link', ['-f']],
    ['unlink', ['-f']],
    ['unlink', []],
    ['fsync', ['-f']],
    ['fsync', []],
    ['ftruncate', []],
    ['pwrite64', []],
  ] as const)('at each %s (%j) leaves one of the two', (call, threads) => {
    let kills = 0;
    for (; kills < KILLS_MAX; kills++) {
      const inject = `inject=${call}:signal=SIGKILL:when=${kills + 1}`;
      const found = restoreUnder([...threads, '-e', `trace=${call}`, '-e', inject]);
      expect(found, inject).toMatchObject({ content: expect.stringMatching(/^"(?:old|new)"$/), beginsAnew: false });
      if (found.ended.status === 0) {
        expect(found).toMatchObject({ content: '"new"', kept: [expect.any(String)] });
        break;
      }
      expect([found.ended.signal, found.ended.stderr]).toEqual(['SIGKILL', '']);
    }
    expect(kills).toBeGreaterThan(0);
    expect(kills).toBeLessThan(KILLS_MAX);
  });
});
