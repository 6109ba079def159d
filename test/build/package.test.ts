/** The program as one folder, from a scan to the first case: what runs is what is carried to another machine. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FormInput } from '../../sandbox/form-fields.ts';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import type { Person } from '../../sandbox/person.ts';
import { bannerLists } from '../support/banner-lists.ts';
import { eventually } from '../support/eventually.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('npm run package', () => {
  let folder: string;
  const at = (path: string) => join(folder, path);
  const pack = (...args: string[]) =>
    spawnSync(process.execPath, ['build/package.mjs', ...args], { cwd: root, encoding: 'utf8' });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'daiban-package-'));
    const { status, stderr } = pack(at('program'));
    expect({ status, stderr: stderr.replace(/^正在编译.*\n/, '') }).toEqual({ status: 0, stderr: '' });
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('holds what runs and what is read, and nothing of how it was made', () => {
    const names = readdirSync(at('program'));
    expect(names).toEqual(expect.arrayContaining(['dist', 'db', 'docs', 'node_modules', 'package.json', 'tools']));
    expect(names).not.toContain('test');
    expect(readdirSync(at('program/node_modules'))).not.toContain('esbuild');
    expect(existsSync(at('program/node_modules/better-sqlite3/deps'))).toBe(false);
    expect(existsSync(at('program/src/services'))).toBe(false);
  });

  it('leaves a folder alone that holds something', () => {
    const { status, stderr } = pack(at('program'));
    expect(status).toBe(1);
    expect(stderr).toContain('不是空的');
  });

  it('connects, makes the first administrator, imports, and registers the first case', async () => {
    const clock = { now: () => Date.now() };
    const sandbox = await startSandbox({ clock, scan: { pollSeconds: 0.1 } });
    const home = at('home');
    mkdirSync(home);
    const bot = connect(sandbox, { program: at('program/dist/daiban.js'), home });
    try {
      const admin = sandbox.addPerson({ name: '信息中心 李工' });
      const agent = sandbox.addPerson({ name: '乌云' });
      await eventually(() => expect(bot.output()).toMatch(/user_code=/));
      const [url = ''] = /http\S+user_code=\S+/.exec(bot.output()) ?? [];
      sandbox.registration.scan(url, { openId: admin.openId, answer: 'confirm' });
      await eventually(() => expect(bot.output()).toContain('代办已启动'));
      expect(statSync(join(home, '.env')).mode & 0o777).toBe(0o600);
      await sandbox.connected();

      const lists = await bannerLists();
      await reads(admin, async () => admin.says('/导入'), '空表：单位');
      await reads(admin, async () => admin.gives(undefined, { name: '单位.xlsx', bytes: lists.units }), '[确认导入]');
      await reads(admin, async () => press(admin, '确认导入'), '已导入');

      await reads(agent, async () => agent.says('/我'), '[提交申请]');
      const { someone } = lists;
      const form = { 姓名: someone.name, 联系电话: someone.phone, 所在单位: someone.village, '专职/兼职': '专职' };
      await press(agent, '提交申请', form);
      await eventually(() => expect(admin.sees().at(-1)).toContain('[通过]'));
      await press(admin, '通过');
      await reads(agent, async () => agent.says('/登记 敬老证 张三 13800000000'), '[提交登记]');
      await press(agent, '提交登记', { 自愿委托确认: true, 当场办结: true });
      await eventually(() => expect(agent.sees().join('\n')).toMatch(/\d{2}-\d{2}-00001/));
    } finally {
      await bot.end();
      await sandbox.close();
    }
    expect(bot.output()).not.toMatch(/\n\s+at /);
  });
});

interface Running {
  output(): string;
  /** As Ctrl-C in its terminal. */
  end(): Promise<void>;
}

/** `daiban connect`, in an empty folder of its own, with nothing in its environment. */
function connect(sandbox: Sandbox, { program, home }: { program: string; home: string }): Running {
  const child: ChildProcess = spawn(process.execPath, [program, 'connect', '--domain', sandbox.url], {
    cwd: home,
    env: { PATH: process.env['PATH'] ?? '', PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return {
    output: () => output,
    async end() {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGINT');
      await ended;
    },
  };
}

/** Does something and waits until the last thing the person reads says so. */
async function reads(person: Person, act: () => Promise<unknown>, words: string): Promise<void> {
  await act();
  await eventually(() => expect(person.sees().at(-1)).toContain(words));
}

async function press(person: Person, label: string, form: FormInput = {}): Promise<void> {
  const { error, toast } = await person.clicks(person.privateChat, label, form);
  expect({ label, error, type: toast?.type }).toEqual({ label, error: undefined, type: 'success' });
}
