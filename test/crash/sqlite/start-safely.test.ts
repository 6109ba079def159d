/** A start never loses, mixes or exposes a ledger, whatever was forgotten, lost or confused beforehand. */
import {
  copyFileSync,
  cpSync,
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
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox } from '../../../sandbox/index.ts';
import { type BotOptions, type BotProcess, botEnvironment, startBot } from '../bot-process.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const OTHER_KEY = Buffer.alloc(32, 8).toString('base64');
const { LARK_APP_ID: _id, LARK_APP_SECRET: _secret, DATA_KEY, ...withoutCredentials } = botEnvironment;

let folder: string;
let file: string;
let bots: BotProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daiban-safely-'));
  file = join(folder, 'data', 'daiban.db');
  bots = [];
});
afterEach(async () => {
  for (const bot of bots) {
    bot.signal('SIGKILL');
    await bot.ended;
  }
  rmSync(folder, { recursive: true });
});

function start(environment: Record<string, string>, more: Partial<BotOptions> = {}): BotProcess {
  const bot = startBot({ environment, clockShiftMs: 0, cwd: folder, ...more });
  bots.push(bot);
  return bot;
}

const startLive = (over: Record<string, string> = {}, words: string[] = []) =>
  start({ ...botEnvironment, DATABASE_URL: `file:${file}`, ...over }, { words });
const startSandboxed = (over: Record<string, string> = {}) => start({ PORT: '0', LOG_LEVEL: 'silent', ...over });

async function comesUp(bot: BotProcess): Promise<BotProcess> {
  if (!(await bot.started)) throw new Error(`did not start: ${bot.output()}`);
  return bot;
}

/** All it said; it must have ended with 1 and without a stack. */
async function refused(bot: BotProcess): Promise<string> {
  expect([await bot.started, await bot.ended]).toEqual([false, 1]);
  expect(bot.output()).not.toMatch(/^\s+at /m);
  return bot.output();
}

async function stop(bot: BotProcess): Promise<void> {
  bot.signal('SIGTERM');
  expect(await bot.ended).toBe(0);
}

/** A ledger that a bot has begun, with an administrator in it. */
async function ledger(): Promise<Buffer> {
  await stop(await comesUp(startLive({ ADMIN_OPEN_IDS: 'ou_boss' })));
  return readFileSync(file);
}

function rows(path: string, sql: string): unknown[] {
  const connection = new Sqlite(path, { readonly: true });
  try {
    return connection.prepare(sql).all();
  } finally {
    connection.close();
  }
}

describe('without credentials', () => {
  it('a start beside a named database or key refuses, and the ledger is as it was', async () => {
    const before = await ledger();
    for (const named of [{ DATABASE_URL: `file:${file}` }, { DATA_KEY: DATA_KEY ?? '' }]) {
      const output = await refused(start({ ...withoutCredentials, ...named }));
      expect(output).toContain('却没有 LARK_APP_ID 和 LARK_APP_SECRET');
      expect(readFileSync(file)).toEqual(before);
    }
  });

  it('the sandbox works on a file of its own, beside a ledger in the same folder', async () => {
    const before = await ledger();
    const bot = await comesUp(startSandboxed());
    expect(rows(join(folder, 'data/sandbox.db'), "select 1 from agents where open_id like 'ou_demo_%'").length).toBe(9);
    await stop(bot);
    expect(readFileSync(file)).toEqual(before);
  });

  it('the sandbox deletes no file that it has not made, whatever its name', async () => {
    const before = await ledger();
    const sandboxFile = join(folder, 'data/sandbox.db');
    copyFileSync(file, sandboxFile);
    expect(await refused(startSandboxed())).toContain('不是沙箱建的数据库，没有动它');
    rmSync(sandboxFile);
    symlinkSync(file, sandboxFile);
    expect(await refused(startSandboxed())).toContain('不是沙箱建的数据库，没有动它');
    expect(readFileSync(file)).toEqual(before);
  });

  it('a second sandbox does not empty the first one’s database; after a kill the next begins anew', async () => {
    const first = await comesUp(startSandboxed());
    const sandboxFile = join(folder, 'data/sandbox.db');
    const { ino } = statSync(sandboxFile);
    expect(await refused(startSandboxed())).toContain('正被另一个本地沙箱使用');
    expect(statSync(sandboxFile).ino).toBe(ino);
    expect((await fetch(`${first.url()}/sandbox/people`)).status).toBe(200);
    first.signal('SIGKILL');
    await first.ended;
    await comesUp(startSandboxed());
  });

  it('says what to install when the sandbox’s page cannot be built', async () => {
    const installed = join(folder, 'installed');
    for (const part of ['dist', 'db/migrations', 'db/seed', 'sandbox/web', 'package.json']) {
      mkdirSync(dirname(join(installed, part)), { recursive: true });
      cpSync(join(root, part), join(installed, part), { recursive: true });
    }
    rmSync(join(installed, 'sandbox/web/dist'), { recursive: true, force: true });
    mkdirSync(join(installed, 'node_modules'));
    for (const compiled of ['better-sqlite3', 'sharp']) {
      symlinkSync(join(root, 'node_modules', compiled), join(installed, 'node_modules', compiled));
    }
    const bot = start({ PORT: '0' }, { program: join(installed, 'dist/main.js') });
    const said = await refused(bot);
    expect(said).toMatch(/^没有填 LARK_APP_ID，.*npm ci（不带 --omit=dev）.*\n$/);
    expect(said).toContain(`node ${join(installed, 'dist/daiban.js')} connect`);
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });
});

describe('a live start', () => {
  it('with another key is refused before anything is written', async () => {
    await ledger();
    const content = () => rows(file, 'select * from settings').concat(rows(file, 'select * from agents'));
    const before = content();
    const output = await refused(startLive({ DATA_KEY: OTHER_KEY, ADMIN_OPEN_IDS: 'ou_new' }));
    expect(output).toMatch(/^DATA_KEY 打不开已有的数据，请换回原来的密钥.*\n$/);
    expect(content()).toEqual(before);
    await comesUp(startLive());
  });

  it('without its database begins no empty one unless it is told to', async () => {
    await ledger();
    renameSync(file, `${file}.before-restore-2026-11-29-101500`);
    expect(await refused(startLive())).toMatch(/^找不到数据库 .*--new 启动。\n$/);
    expect(existsSync(file)).toBe(false);
    const bot = await comesUp(startLive({}, ['--new']));
    expect(bot.output()).toContain(`新建了数据库 ${file}`);
    expect(await refused(startLive({}, ['--knew']))).toContain('不认识的参数 --knew');
  });

  it('beside another bot on the same file is refused; after a kill the next one starts at once', async () => {
    const first = await comesUp(startLive());
    expect(await refused(startLive())).toContain('正被另一个机器人');
    expect((await fetch(`${first.url()}/healthz`)).status).toBe(200);
    first.signal('SIGKILL');
    await first.ended;
    await comesUp(startLive());
  });

  it('makes no file that others on the machine can read', async () => {
    const bot = await comesUp(startLive());
    const folders = [join(folder, 'data')];
    const made = folders.concat(readdirSync(join(folder, 'data')).map((name) => join(folder, 'data', name)));
    expect(made.length).toBeGreaterThan(3);
    expect(made.filter((path) => (statSync(path).mode & 0o077) !== 0)).toEqual([]);
    await stop(bot);
  });

  it('tells a wrong secret and an unknown app at once; a platform that is away is neither', async () => {
    const platform = await startSandbox({ clock: { now: () => Date.now() } });
    const right = { LARK_DOMAIN: platform.url, LARK_APP_ID: platform.appId, LARK_APP_SECRET: platform.appSecret };
    const secret = await refused(startLive({ ...right, LARK_APP_SECRET: 'hunter2' }));
    expect(secret).toMatch(/^LARK_APP_SECRET 不对，.*\n$/);
    expect(secret).not.toContain('hunter2');
    expect(await refused(startLive({ ...right, LARK_APP_ID: 'cli_0000000000000000' }))).toMatch(/^LARK_APP_ID 不对/);
    expect(existsSync(file)).toBe(false);
    await stop(await comesUp(startLive(right)));
    platform.faults.serverErrors(20);
    await stop(await comesUp(startLive(right)));
    await platform.close();
    await comesUp(startLive(right));
  });

  it('whose file is replaced while it runs says so', async () => {
    const bot = await comesUp(startLive());
    const troubles = async () => (await fetch(`${bot.url()}/readyz`)).json();
    expect(await troubles()).toMatchObject({ troubles: [] });
    copyFileSync(file, `${file}.copy`);
    renameSync(`${file}.copy`, file);
    expect(await troubles()).toMatchObject({ troubles: [{ key: 'databaseFile', title: '数据库文件被换掉或删除了' }] });
  });

  it('does not take the sandbox’s database for a ledger', async () => {
    await stop(await comesUp(startSandboxed()));
    const sandboxFile = join(folder, 'data/sandbox.db');
    expect(await refused(startLive({ DATABASE_URL: `file:${sandboxFile}` }))).toContain('是本地沙箱的数据库');
    writeFileSync(join(folder, '.env'), '');
    await comesUp(startSandboxed());
  });
});
