/**
 * Keeps `dist` in step with the sources. A bundle of a few files instead of a thousand: node finds, reads and compiles them
 * faster, and the running bot needs no TypeScript loader; figures in docs/BENCH.md. Plain JavaScript, because it runs before
 * anything could compile it.
 */
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isFresh, keyOf, readStamp, STAMP } from './stamp.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'dist');

/** Something that whoever runs the program can put right; the message says how. */
export class BuildProblem extends Error {}

/**
 * Makes `dist/main.js` (the bot) and `dist/daiban.js` (the command line). Takes about 0.1 s when they agree with the sources
 * already, else 1–3 s. Several processes may do this at the same time, also beside a running bot.
 * @param {{ say?: (line: string) => void }} [options] `say` hears of it when there is something to do
 * @returns {Promise<void>} rejects with `BuildProblem` when the folder cannot be written, with esbuild's failure for bad sources
 */
export async function ensureBuilt({ say } = {}) {
  const before = readStamp(folder);
  if (before && isFresh(before, { root, folder })) return;
  say?.('程序是新的或有变化，正在编译，只需几秒……');
  const { bundle } = await import('./bundle.mjs');
  const { files, inputs } = await bundle({ root, folder });
  const names = files.map(({ name }) => name);
  try {
    mkdirSync(folder, { recursive: true });
    // A bot that runs meanwhile may still ask for parts of the bundle it was started from.
    removeAllBut([...names, ...(before?.files ?? [])]);
    for (const { name, text } of files) replace(name, text);
    replace(STAMP, JSON.stringify({ key: keyOf(inputs, root), inputs, files: names }));
  } catch (error) {
    throw new BuildProblem(`编译好的程序写不进 ${folder}（${error}）。请用能写这个目录的用户运行一次 npm run build。`);
  }
}

/** @param {readonly string[]} kept names */
function removeAllBut(kept) {
  for (const name of readdirSync(folder)) {
    if (/\.js(\.map)?$/.test(name) && !kept.includes(name)) rmSync(join(folder, name), { force: true });
  }
}

/**
 * Whoever reads the file at the same moment finds the old one or the new one, never half of it.
 * @param {string} name
 * @param {string} text
 */
function replace(name, text) {
  const temporary = join(folder, `${name}.${process.pid}.new`);
  writeFileSync(temporary, text);
  renameSync(temporary, join(folder, name));
}
