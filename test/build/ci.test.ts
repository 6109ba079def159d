/** `.ci/run` with programs that only say what they are asked for: what it makes of steps that fail, of a lane that dies and of its own end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { root } from '../meta/imports.ts';

/** Looked for before they are installed. */
const INSTALLED = ['chromium', 'pgbouncer', 'strace', 'soffice', 'pdftotext', 'systemd-analyze'];

let folder: string;
let running: ChildProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daiban-ci-'));
  for (const made of ['.ci', 'bin']) mkdirSync(join(folder, made));
  copyFileSync(join(root, '.ci/run'), join(folder, '.ci/run'));
  for (const name of INSTALLED) program(name, '');
  program('fc-list', 'echo Noto Sans CJK');
});
afterEach(() => {
  running?.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

function program(name: string, does: string): void {
  const file = join(folder, 'bin', name);
  writeFileSync(file, `#!/bin/sh\n${does}\n`);
  chmodSync(file, 0o755);
}

/** @param does what `npm` does at a step, by its last word; at the others nothing. Some suite has always passed. */
function begin(does: Readonly<Record<string, string>>): ChildProcess {
  const result = '{"numPassedTests":7,"numFailedTests":0,"testResults":[]}';
  const cases = Object.entries(does).map(([word, what]) => `${word}) ${what} ;;`);
  program(
    'npm',
    `mkdir -p test-results; echo '${result}' >test-results/one.json
for word; do :; done
echo "$word" >>asked
case "$word" in ${cases.join('\n')}
esac`,
  );
  const env = { ...process.env, PATH: `${join(folder, 'bin')}:${process.env['PATH']}` };
  running = spawn(join(folder, '.ci/run'), { env, stdio: ['ignore', 'pipe', 'pipe'] });
  return running;
}

/** Its last line, and how it ended. */
async function run(does: Readonly<Record<string, string>> = {}): Promise<{ said: string[]; code: unknown }> {
  const child = begin(does);
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  const [code] = await once(child, 'close');
  return { said: output.trimEnd().split('\n'), code };
}

const asked = () => readFileSync(join(folder, 'asked'), 'utf8').trimEnd().split('\n');

it('is green when every step went well', async () => {
  const { said, code } = await run();
  expect(said.at(-1)).toBe('7 passed, 0 failed');
  expect(code).toBe(0);
  expect(asked()).toEqual(expect.arrayContaining(['ci', 'test', 'test:node24', 'lint', 'tour']));
});

it('is red when a step failed, and goes on with the others', async () => {
  const { said, code } = await run({ types: 'exit 2' });
  expect(said.slice(-2)).toEqual(['failed step: npm run types', '7 passed, 1 failed']);
  expect(code).toBe(1);
  expect(asked()).toContain('tour');
});

it('is red when a lane died, though what it had begun went well', async () => {
  // The shell of the lane is what has started npm.
  const { said, code } = await run({ 'test:postgres': 'kill -9 "$PPID"' });
  expect(said.slice(-2)).toEqual(['failed: lanes that ended before all their steps had run: 1', '7 passed, 1 failed']);
  expect(code).toBe(1);
  expect(asked()).not.toContain('test:node24');
});

it.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const)('ends with %s what it has begun', async (signal, code) => {
  const child = begin({
    test: 'trap "echo ended >>asked; exit" TERM; echo begun >>asked; while :; do sleep 1 & wait; done',
  });
  const closed = once(child, 'close');
  await expect.poll(() => existsSync(join(folder, 'asked')) && asked()).toContain('begun');
  child.kill(signal);
  expect((await closed)[0]).toBe(code);
  await expect.poll(asked).toContain('ended');
  expect(asked()).not.toContain('test:node24');
});
