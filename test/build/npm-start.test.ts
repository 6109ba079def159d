/** What `npm start` really runs: the bundle, by plain node, as whoever installs the program starts it. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import type { Person } from '../../sandbox/person.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

let folder: string;
let sandbox: Sandbox;
let ada: Person;
let npm: ChildProcess;
let url: string;
let printed = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daiban-start-'));
  const encryptKey = 'start-encrypt-key';
  sandbox = await startSandbox({ clock: { now: () => Date.now() }, transport: 'webhook', encryptKey });
  ada = sandbox.addPerson({ name: '阿达' });
  npm = spawn('npm', ['start'], {
    cwd: root,
    // A group of its own: npm, its shell and the bot are stopped together.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...{ PATH: process.env['PATH'], HOME: folder, PORT: '0', LOG_LEVEL: 'error', LARK_TRANSPORT: 'webhook' },
      ...{ LARK_APP_ID: sandbox.appId, LARK_APP_SECRET: sandbox.appSecret, LARK_DOMAIN: sandbox.url },
      ...{ LARK_ENCRYPT_KEY: encryptKey, LARK_VERIFICATION_TOKEN: 'sandbox-token' },
      ...{ DATABASE_URL: `file:${join(folder, 'daiban.db')}`, DATA_KEY: Buffer.alloc(32, 7).toString('base64') },
    },
  });
  url = await new Promise((resolve, reject) => {
    const read = (chunk: Buffer) => {
      printed += String(chunk);
      const found = /代办已启动：(\S+)/.exec(printed)?.[1];
      if (found !== undefined) resolve(found);
    };
    npm.stdout?.on('data', read);
    npm.stderr?.on('data', read);
    npm.once('exit', () => reject(new Error(`did not start: ${printed}`)));
  });
  sandbox.setWebhookUrl(`${url}/lark/events`);
});

afterAll(async () => {
  if (npm.exitCode === null && npm.pid !== undefined) {
    const ended = once(npm, 'exit');
    process.kill(-npm.pid, 'SIGTERM');
    await ended;
  }
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

/** What the bot has sent so far. */
function sent(): string {
  const messages = [...sandbox.world.messages.values()];
  return JSON.stringify(messages.filter(({ senderOpenId }) => senderOpenId === undefined));
}

describe('npm start', () => {
  it('runs the bundle and says that it is ready', async () => {
    expect(printed).toContain('dist/main.js');
    const answer = await fetch(`${url}/readyz`);
    expect(answer.status).toBe(200);
  });

  it('answers a signed /帮助 through the SDK', async () => {
    await ada.says('/帮助');
    expect(sandbox.deliveries.at(-1)?.delivered).toEqual({ ok: true, answer: {} });
    await expect.poll(sent).toContain('/帮助');
  });

  it('loads what is not needed at the start when it is asked for', async () => {
    await ada.says('/事项 dibao');
    await expect.poll(sent).toContain('最低生活保障');
  });

  it('blames a fault inside a package on no file of ours', async () => {
    const database = new Sqlite(join(folder, 'daiban.db'));
    database.exec('DROP TABLE inbox');
    database.close();
    await ada.says('/帮助');
    await expect.poll(() => printed).toContain('a delivery failed');
    const line = printed.split('\n').find((each) => each.includes('a delivery failed')) ?? '{}';
    const frames: string[] = JSON.parse(line).fault.frames;
    const inDrizzle = frames.filter((frame) => frame.includes('PreparedQuery.'));
    expect(inDrizzle).not.toEqual([]);
    for (const frame of inDrizzle) expect(frame).toContain('/node_modules/');
  });

  it('shows file and line of the TypeScript source when it ends with a fault of our own', async () => {
    const broken = "process.loadEnvFile = () => { throw new Error('no disk') }";
    const { stderr } = await endOf('npm', ['start'], {
      NODE_OPTIONS: `--import data:text/javascript,${encodeURI(broken)}`,
    });
    expect(stderr).toContain('Error: no disk');
    const lines = readFileSync(join(root, 'src/config.ts'), 'utf8').split('\n');
    const line = lines.findIndex((text) => text.includes('process.loadEnvFile()')) + 1;
    expect(stderr).toContain(`src/config.ts:${line}:`);
    expect(stderr).toContain('src/main.ts:');
  });
});

function endOf(command: string, args: readonly string[], environment: object): Promise<{ stderr: string }> {
  return new Promise((resolve) => {
    const options = { cwd: root, env: { PATH: process.env['PATH'], HOME: folder, ...environment } };
    execFile(command, args, options, (_error, _stdout, stderr) => resolve({ stderr }));
  });
}
