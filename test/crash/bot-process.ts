/** The bot as a process of its own: the very program that is deployed, with the clock moved. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface BotOptions {
  readonly environment: Readonly<Record<string, string>>;
  /** How far its clock is ahead of the machine's. */
  readonly clockShiftMs: number;
  /** Run as this user instead of the test's own. */
  readonly userId?: number;
  /** Where it is started; the program's folder otherwise. */
  readonly cwd?: string;
  /** What stands after `npm start --`. */
  readonly words?: readonly string[];
  /** Another program than the one built from these sources. */
  readonly program?: string;
}

export interface BotProcess {
  /** Resolves with true when it has said that it started, with false when it ended before. */
  readonly started: Promise<boolean>;
  /** Resolves with the exit code, or the name of the signal that ended it. */
  readonly ended: Promise<number | string>;
  /** Of its web server; empty before it has started. */
  url(): string;
  /** All it printed so far. */
  output(): string;
  signal(name: 'SIGKILL' | 'SIGTERM'): void;
  readonly pid: number;
}

/** All a start needs but the database, with a platform that is not there. */
export const botEnvironment: Readonly<Record<string, string>> = {
  LARK_APP_ID: 'cli_0123456789abcdef',
  LARK_APP_SECRET: 'secret',
  LARK_DOMAIN: 'http://127.0.0.1:9',
  LARK_TRANSPORT: 'webhook',
  LARK_ENCRYPT_KEY: 'key',
  LARK_VERIFICATION_TOKEN: 'token',
  DATA_KEY: Buffer.alloc(32, 7).toString('base64'),
  PORT: '0',
  LOG_LEVEL: 'silent',
};

const root = fileURLToPath(new URL('../..', import.meta.url));
const STARTED = /(?:代办已启动：|请用浏览器打开 {2})(\S+)/;

/** A module, run before the program, that sets the process's clock ahead of the machine's. */
function shiftedClock(shiftMs: number): string {
  const source = `const machine = Date.now.bind(Date); Date.now = () => machine() + ${shiftMs};`;
  return `data:text/javascript,${encodeURIComponent(source)}`;
}

/** Starts the bundle, as `npm start` does. Nothing of the test's environment reaches it but the path. */
export function startBot(options: BotOptions): BotProcess {
  const clock = shiftedClock(options.clockShiftMs);
  const { cwd = root, program = join(root, 'dist/main.js'), words = [] } = options;
  const child = spawn(process.execPath, ['--enable-source-maps', '--import', clock, program, ...words], {
    cwd,
    env: {
      PATH: process.env['PATH'] ?? '',
      LOG_LEVEL: 'warn',
      ...options.environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.userId === undefined ? {} : { uid: options.userId, gid: options.userId }),
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      output += text;
    });
  }
  const ended = endOf(child);
  return {
    started: Promise.race([saysStarted(child, () => output), ended.then(() => false)]),
    ended,
    url: () => STARTED.exec(output)?.[1] ?? '',
    output: () => output,
    signal: (name) => void child.kill(name),
    pid: child.pid ?? 0,
  };
}

function endOf(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? signal ?? ''));
  });
}

function saysStarted(child: ChildProcess, output: () => string): Promise<boolean> {
  return new Promise((resolve) => {
    child.stdout?.on('data', () => {
      if (STARTED.test(output())) resolve(true);
    });
  });
}
