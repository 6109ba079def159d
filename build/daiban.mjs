#!/usr/bin/env node
/**
 * `npx daiban`: the bot; `npx daiban <command>`: the operator's commands. In the folder where it is run lie `.env` and `data`. The program is
 * built on its first run, where it was installed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const words = process.argv.slice(2);
const [first] = words;
const starts = first === undefined || (first.startsWith('--') && first !== '--help');

const { status } = spawnSync(process.execPath, [join(root, 'build/bundle.mjs'), '--if-older'], { stdio: 'inherit' });
if (status === 0) run(join(root, starts ? 'dist/main.js' : 'dist/daiban.js'));
else process.exitCode = status ?? 1;

/** Ctrl-C reaches both, and the program ends in its own order; whoever ends only this one means the program. */
function run(/** @type {string} */ file) {
  const program = spawn(process.execPath, ['--enable-source-maps', file, ...words], { stdio: 'inherit' });
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => program.kill('SIGTERM'));
  program.once('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
