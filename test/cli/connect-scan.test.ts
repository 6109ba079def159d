/** From nothing to a bot in a tenant, by one scan. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { defaultHttpInstance } from '@larksuiteoapi/node-sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/index.ts';
import type { Person } from '../../sandbox/person.ts';
import { commands } from '../../src/commands/index.ts';
import { readConfig } from '../../src/config.ts';
import { callbacks, events, scopes } from '../../src/lark/console-setup.ts';
import { TestClock } from '../support/office.ts';
import { run } from './support.ts';

const POLL_SECONDS = 0.01;

describe('connect, by a scan', () => {
  let sandbox: Sandbox;
  let clock: TestClock;
  let scanner: Person;
  let folder: string;
  let envFile: string;
  let started: Record<string, string>[];
  /** How long an answer was waited for while the code was shown. */
  let waits: unknown[];

  async function open(options: Partial<SandboxOptions> = {}) {
    clock = new TestClock('2026-11-23T10:00');
    const scan = { pollSeconds: POLL_SECONDS, ...options.scan };
    sandbox = await startSandbox({ clock, botName: '代办小助手', ...options, scan });
    scanner = sandbox.addPerson({ name: '信息中心 李工' });
  }

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'daiban-connect-'));
    envFile = join(folder, '.env');
    started = [];
    waits = [];
    await open();
  });

  afterEach(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What `.env` says, as Node reads it. */
  const written = () => parseEnv(readFileSync(envFile, 'utf8'));

  /** Runs it; whoever holds the phone does what `answer` says as soon as the code is shown. */
  function connect(
    flags = '',
    how: {
      answer?: 'confirm' | 'deny' | 'nothing';
      environment?: Record<string, string>;
      typed?: readonly string[];
      columns?: number;
      botEnds?: number;
    } = {},
  ) {
    const { answer = 'confirm', environment = {}, typed = [], columns, botEnds = 0 } = how;
    const lines = [...typed];
    return run(`connect --domain ${sandbox.url} ${flags}`, {
      readConfig: () => readConfig(environment),
      envFile,
      ask: async () => lines.shift() ?? '',
      startBot: async (settings) => {
        started.push({ ...settings });
        return botEnds;
      },
      ...(columns === undefined ? {} : { columns }),
      onPrint: (text) => {
        const url = /http\S+user_code=\S+/.exec(text)?.[0];
        if (url !== undefined) waits.push(defaultHttpInstance.defaults.timeout);
        if (url !== undefined && answer !== 'nothing')
          sandbox.registration.scan(url, { openId: scanner.openId, answer });
        if (url !== undefined && answer === 'nothing') clock.advance(601_000);
      },
    });
  }

  it('writes .env for its owner alone, with a fresh key and whoever scanned as administrator, and starts the bot', async () => {
    const { code, out, err } = await connect();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/[█▀▄]{10}/);
    expect(out).toContain('机器人：代办小助手');
    expect(statSync(envFile).mode & 0o777).toBe(0o600);
    const settings = written();
    expect(settings).toMatchObject({
      LARK_APP_ID: sandbox.appId,
      LARK_APP_SECRET: sandbox.appSecret,
      ADMIN_OPEN_IDS: scanner.openId,
    });
    expect(Buffer.from(settings['DATA_KEY'] ?? '', 'base64')).toHaveLength(32);
    expect(out).not.toContain(sandbox.appSecret);
    expect(out).not.toContain(settings['DATA_KEY']);
    expect(readConfig(settings)).toMatchObject({ mode: 'live', domain: sandbox.url });
    expect(started).toEqual([{ ...settings }]);
  });

  it('shows a code that fits into 80 columns, white on black; none where it would be torn', async () => {
    const wide = await connect('', { columns: 80 });
    const rows = wide.out.split('\n').filter((line) => /[█▀▄]{5}/.test(line));
    expect(rows.length).toBeGreaterThan(30);
    const [begins, ends] = ['\u001b[38;5;231;48;5;16m', '\u001b[0m'];
    for (const row of rows) {
      expect([row.startsWith(begins), row.endsWith(ends)]).toEqual([true, true]);
      expect(row.slice(begins.length, -ends.length)).toMatch(/^[█▀▄ ]{60,80}$/);
    }
    const narrow = await connect('--new', { columns: 60, environment: written() as Record<string, string> });
    expect(narrow.out).not.toMatch(/[█▀▄]{5}/);
    expect(narrow.out).toMatch(/二维码要 \d+ 列，这个窗口只有 60 列/);
    expect(narrow.code).toBe(0);
  });

  it('goes on waiting when the line is lost while somebody confirms', async () => {
    sandbox.registration.losePolls(3);
    const { code, out } = await connect();
    expect({ code, started }).toMatchObject({ code: 0, started: [{ LARK_APP_ID: sandbox.appId }] });
    expect(out.match(/网络断了一下/g)).toHaveLength(1);
  });

  it('waits for no answer without an end, and leaves the SDK as it was', async () => {
    const before = defaultHttpInstance.defaults.timeout;
    await connect();
    expect(waits).toEqual([15_000]);
    expect(defaultHttpInstance.defaults.timeout).toBe(before);
    expect(before).not.toBe(15_000);
  });

  it('starts the bot although the platform does not speak of the new app yet', async () => {
    sandbox.faults.serverErrors(1);
    const { code, out } = await connect();
    expect({ code, starts: started.length }).toEqual({ code: 0, starts: 1 });
    expect(out).toMatch(/注意 {2}平台：.*已经写好/);
    expect(out).toContain(`${sandbox.url}/app/${sandbox.appId}`);
  });

  it('looks before anybody scans whether the file can be written', async () => {
    const unreadable = 'NOTE="two\nLARK_APP_ID=old\nlines"\n';
    writeFileSync(envFile, unreadable);
    const { code, err } = await connect();
    expect({ code, err, asked: sandbox.registration.granted }).toEqual({
      ...{ code: 1, asked: undefined },
      err: expect.stringContaining('读不懂的行'),
    });
    expect(readFileSync(envFile, 'utf8')).toBe(unreadable);
    rmSync(envFile);
    mkdirSync(envFile);
    expect((await connect()).err).toContain('写不了（EISDIR）');
    expect(sandbox.registration.granted).toBeUndefined();
  });

  it('says that nothing is lost when the bot did not stay up, and that all is there when it is run again', async () => {
    expect((await connect('', { botEnds: 1 })).err).toContain('.env 已经写好，改好以后运行 npm start，不用再扫码');
    const before = readFileSync(envFile, 'utf8');
    const again = await connect('', { environment: written() as Record<string, string> });
    expect(again.out).toContain('已经接好了，什么也没有改');
    expect(readFileSync(envFile, 'utf8')).toBe(before);
  });

  it('asks for what the bot needs, and nothing of its own accord beyond the optional', async () => {
    await connect();
    const asked = sandbox.registration.granted;
    expect(asked?.scopes).toEqual(expect.arrayContaining(scopes.map(({ name }) => name)));
    expect(asked?.scopes).not.toContain('im:message.group_msg');
    expect(asked?.scopes).toHaveLength(10);
    expect(asked?.events).toEqual(expect.arrayContaining([...events]));
    expect(asked?.callbacks).toEqual(callbacks);
  });

  it('puts the commands into the list behind “/”, once', async () => {
    const shown = commands.filter(({ hidden }) => !hidden).length;
    expect((await connect()).out).toContain(`新加 ${shown} 个，改了 0 个`);
    expect((await connect('--new', { environment: { ...written() } as Record<string, string> })).out).toContain(
      '新加 0 个，改了 0 个',
    );
  });

  it('asks the page for a named app, or for a new one only', async () => {
    expect((await connect(`--app ${sandbox.appId}`)).out).toContain(`clientID=${sandbox.appId}`);
    const { out } = await connect('--new', { environment: written() as Record<string, string> });
    expect(out).toContain('createOnly=true');
    expect(out).not.toContain('clientID=');
  });

  it('makes the app of a tenant of Lark’s where it was asked, and keeps the private domain', async () => {
    await sandbox.close();
    await open({ scan: { brand: 'lark' } });
    expect(await connect()).toMatchObject({ code: 0, err: '' });
    expect(written()).toMatchObject({ LARK_APP_ID: sandbox.appId, LARK_DOMAIN: sandbox.url });
  });

  it('leaves the other lines of .env and the key that is there', async () => {
    const key = Buffer.alloc(32, 9).toString('base64');
    writeFileSync(envFile, `# ours\nLARK_APP_ID=\nPORT=8080\nDATA_KEY=${key}\n#DATA_KEY=old`);
    const { out } = await connect('', { environment: { DATA_KEY: key } });
    expect(out).not.toContain('新生成');
    const text = readFileSync(envFile, 'utf8');
    expect(text).toMatch(/^# ours\nLARK_APP_ID=cli_\w+\nPORT=8080\n/);
    expect(text).toContain('#DATA_KEY=old\n');
    expect(written()).toMatchObject({ PORT: '8080', DATA_KEY: key });
  });

  it('makes no second key for a database whose key is not here', async () => {
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data', 'daiban.db'), 'a ledger');
    const { code, err } = await connect();
    expect({ code, started }).toEqual({ code: 1, started: [] });
    expect(err).toContain('DATA_KEY 没有填');
    expect(sandbox.calls).toEqual([]);
    const postgres = { DATABASE_URL: 'postgres://daiban@127.0.0.1/daiban' };
    expect((await connect('', { environment: postgres })).err).toContain('--new-key');
    expect((await connect('--new-key', { environment: postgres })).code).toBe(0);
  });

  it('says what is missing where the tenant grants less, and goes on', async () => {
    await sandbox.close();
    await open({ scopes: ['im:message:send_as_bot'], scan: { tellsWho: false } });
    const { code, out } = await connect();
    expect(code).toBe(0);
    expect(out).toContain('还缺 im:message.p2p_msg:readonly');
    expect(out).toContain('命令面板：没有登记上');
    expect(out).toContain('/初始化 口令 姓名');
    expect(written()).not.toHaveProperty('ADMIN_OPEN_IDS');
  });

  it.each([
    ['deny', '没有同意'],
    ['nothing', '过期'],
  ] as const)('writes nothing when whoever scans answers %s', async (answer, words) => {
    const { code, err } = await connect('', { answer });
    expect({ code, started }).toEqual({ code: 1, started: [] });
    expect(err).toContain(words);
    expect(() => statSync(envFile)).toThrow('ENOENT');
  });

  it('takes an app that is there already by hand, and nothing that does not work', async () => {
    const wrong = await connect('--by-hand --no-start', { typed: [sandbox.appId, 'hunter2'] });
    expect(wrong).toMatchObject({ code: 1 });
    expect(wrong.err).toContain('LARK_APP_SECRET 不对');
    expect(() => statSync(envFile)).toThrow('ENOENT');
    const { code, out } = await connect('--by-hand --no-start', { typed: [sandbox.appId, sandbox.appSecret] });
    expect({ code, started }).toEqual({ code: 0, started: [] });
    expect(out).toContain('npm start');
    expect(written()).toMatchObject({ LARK_APP_ID: sandbox.appId });
  });

  it.each(['--app nonsense', '--app cli_0123456789abcdef --new', '--lark', 'more'])('refuses %s', async (flags) => {
    const { code, err } = await connect(flags);
    expect(code).toBe(1);
    expect(err).not.toBe('');
    expect(sandbox.registration.granted).toBeUndefined();
  });
});
