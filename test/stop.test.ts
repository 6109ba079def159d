/** The real process, told to stop while the platform answers nothing. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../sandbox/index.ts';
import { builtProgram } from './support/program.ts';

let folder: string;
let sandbox: Sandbox;
let child: ChildProcess;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daiban-stop-'));
  sandbox = await startSandbox({ clock: { now: () => Date.now() } });
});

afterEach(async () => {
  if (child.exitCode === null) child.kill('SIGKILL');
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

async function startBot(): Promise<void> {
  const environment = {
    ...{ PATH: process.env['PATH'], HOME: folder, PORT: '0', LOG_LEVEL: 'silent' },
    ...{ LARK_APP_ID: sandbox.appId, LARK_APP_SECRET: sandbox.appSecret, LARK_DOMAIN: sandbox.url },
    ...{ DATABASE_URL: `file:${join(folder, 'daiban.db')}`, DATA_KEY: Buffer.alloc(32, 7).toString('base64') },
  };
  child = spawn(process.execPath, [builtProgram('main')], { cwd: folder, env: environment, stdio: 'pipe' });
  let printed = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    printed += String(chunk);
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => String(chunk).includes('代办已启动') && resolve());
    child.once('exit', () => reject(new Error(`did not start: ${printed}`)));
  });
  await sandbox.connected();
}

describe('the process', () => {
  it('told to stop while nothing is answered ends within five seconds, and has lost nothing', async () => {
    await startBot();
    const ada = sandbox.addPerson({ name: '阿达' });
    const group = sandbox.addGroup({ name: '群', members: [ada], bot: true });
    sandbox.faults.timeouts(100);
    await ada.says(group, '/帮助');
    const began = performance.now();
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    const tookMs = performance.now() - began;
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(20_000);
    const left = new Sqlite(join(folder, 'daiban.db'));
    expect(left.prepare("select count(*) from inbox where kind = 'message'").pluck().get()).toBe(1);
    const rows = left.prepare("select status from outbox where operation = 'reply'").pluck().all();
    expect(rows).toHaveLength(1);
    expect(['waiting', 'sending']).toContain(rows[0]);
    left.close();
  });

  it('idle, ends at once', async () => {
    await startBot();
    const began = performance.now();
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});
