/** What a command at a real terminal reaches beyond its output: the person who types, and the bot itself. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import { Interrupted } from './command.ts';

const REGISTRY_WITHIN_MS = 3_000;
const publishedSchema = z.object({ version: z.string().regex(/^\d+\.\d+\.\d+$/) });

/** What shells say of a program that Ctrl-C ended. */
const INTERRUPTED = 130;

/** Ctrl-C ends the program as it would by itself, and says so. */
export function endAtInterrupt(): void {
  process.on('SIGINT', () => {
    console.error('\n停下了，没有做完；可以再运行一次。');
    process.exit(INTERRUPTED);
  });
}

/** A pipe or a job of cron has nobody who could answer. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stdout.isTTY === true;
}

export async function wait(ms: number): Promise<void> {
  await setTimeout(ms);
}

/** One typed line; empty where nobody can type. Rejects with `Interrupted` at Ctrl-C and Ctrl-D. A secret is not shown, and does not get into the terminal's history. */
export async function ask(question: string, { secret }: { readonly secret: boolean }): Promise<string> {
  if (!process.stdin.isTTY) return '';
  process.stdout.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: secret ? silent : process.stdout, terminal: true });
  try {
    return await new Promise((resolve, reject) => {
      lines.once('line', (line) => resolve(line.trim()));
      lines.once('close', () => reject(new Interrupted('nothing was typed')));
    });
  } finally {
    lines.close();
    if (secret) process.stdout.write('\n');
  }
}

/** Asks npm's registry, or the mirror that npm is set to; a machine without internet is not kept waiting. */
export async function newestVersion(name: string): Promise<string | undefined> {
  const registry = process.env['npm_config_registry'] ?? 'https://registry.npmjs.org/';
  try {
    // A mirror below a path keeps its path only with a stroke at the end.
    const answer = await fetch(new URL(`${name}/latest`, registry.replace(/\/*$/, '/')), {
      signal: AbortSignal.timeout(REGISTRY_WITHIN_MS),
    });
    return publishedSchema.parse(await answer.json()).version;
  } catch {
    return undefined;
  }
}

/** Runs the bot that was bundled beside this program, at the same terminal, until it ends. */
export function startBot(settings: Readonly<Record<string, string>>): Promise<number> {
  const program = join(import.meta.dirname, 'main.js');
  const bot = spawn(process.execPath, ['--enable-source-maps', program], {
    stdio: 'inherit',
    env: { ...process.env, ...settings },
  });
  // Ctrl-C reaches both; the bot ends in its own order, and then we do.
  process.removeAllListeners('SIGINT');
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => bot.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    bot.once('error', reject);
    bot.once('exit', (code) => resolve(code ?? 1));
  });
}
