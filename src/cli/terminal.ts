/** What a command at a real terminal reaches beyond its output: the person who types, and the bot itself. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** One typed line; empty where nobody can type. A secret is not shown, and does not get into the terminal's history. */
export async function ask(question: string, { secret }: { readonly secret: boolean }): Promise<string> {
  if (!process.stdin.isTTY) return '';
  process.stdout.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: secret ? silent : process.stdout, terminal: true });
  try {
    return await new Promise((resolve) => {
      lines.once('line', (line) => resolve(line.trim()));
      lines.once('close', () => resolve(''));
    });
  } finally {
    lines.close();
    if (secret) process.stdout.write('\n');
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
  const wait = () => {};
  process.on('SIGINT', wait);
  process.on('SIGTERM', () => bot.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    bot.once('error', reject);
    bot.once('exit', (code) => resolve(code ?? 1));
  });
}
