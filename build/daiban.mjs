#!/usr/bin/env node
/**
 * `npx daiban`: the bot; `npx daiban <command>`: the operator's commands. In the folder where it is run lie `.env` and `data`. The program is
 * built on its first run, where it was installed.
 */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const words = process.argv.slice(2);
const run = (/** @type {string} */ file, /** @type {string[]} */ ...more) =>
  spawnSync(process.execPath, ['--enable-source-maps', join(root, file), ...more], { stdio: 'inherit' }).status ?? 1;

const built = run('build/bundle.mjs', '--if-older');
const starts = words.length === 0 || words[0]?.startsWith('--');
process.exitCode = built === 0 ? run(starts ? 'dist/main.js' : 'dist/daiban.js', ...words) : built;
