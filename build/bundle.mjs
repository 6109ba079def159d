/**
 * `npm run build`: the bot (`dist/main.js`) and the command line (`dist/daiban.js`), each with the parts that it loads when it
 * needs them; they use `node_modules`, `npm run package` makes a folder that stands alone. A few files instead of a thousand: node
 * finds, reads and compiles them faster. With `--if-older`, as before `npm start`, only when a source was changed since. Plain
 * JavaScript, because nothing has compiled anything yet.
 */
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'dist');
const programs = { main: 'sandbox/start.ts', daiban: 'src/cli/main.ts' };
const sources = ['src', 'cards', 'db', 'sandbox', 'build', 'package.json', 'package-lock.json'];

/** When the file was last changed, ms; 0 when there is none, or when what should be its folder is a file. */
function timeOf(/** @type {string} */ path) {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

function newestSource() {
  const paths = sources.flatMap((source) => {
    if (source.includes('.')) return source;
    return readdirSync(join(root, source), { recursive: true, encoding: 'utf8' }).map((name) => join(source, name));
  });
  // Installed as a package, the program has packages beside it that change without it, e.g. the table of holidays.
  const installed = basename(dirname(root)) === 'node_modules' ? ['../.package-lock.json'] : [];
  // The sandbox's page is built by vite, when it is asked for.
  const own = paths.filter((path) => !path.startsWith('sandbox/web'));
  return Math.max(...[...own, ...installed].map((path) => timeOf(join(root, path))));
}

async function bundle() {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: programs,
    outdir: folder,
    bundle: true,
    write: false,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    // With `main` first, a package that we import and another one requires would be there twice; luxon would be even so.
    mainFields: ['module', 'main'],
    // Where node finds it: installed as a package, the program has its packages beside it, not below.
    alias: { luxon: fileURLToPath(import.meta.resolve('luxon')) },
    // Native addons, one that is not installed, and what builds the sandbox's page, which is for development.
    external: ['better-sqlite3', 'sharp', 'pg-native', 'vite'],
    // Names stay as they are, so that stack traces and profiles can be read.
    minifyWhitespace: true,
    legalComments: 'none',
    sourcemap: true,
    sourcesContent: false,
    banner: { js: commonJsNames },
    logLevel: 'warning',
  });
  return outputFiles.map(({ path, contents }) => ({ name: basename(path), contents }));
}

/** What CommonJS packages expect to be there. */
const commonJsNames =
  "import{createRequire}from'node:module';const require=createRequire(import.meta.url),__dirname=import.meta.dirname;";

/**
 * Whoever reads a file at the same moment finds the old one or the new one, never half of it; the programs come last, when all
 * their parts are there. What the build before wrote stays: a bot started from it may still ask for its parts.
 * @param {{ files: { name: string, contents: Uint8Array }[], began: Date, before: number }} built
 */
function write({ files, began, before }) {
  const isProgram = (/** @type {string} */ name) => Number(name.replace('.js', '') in programs);
  mkdirSync(folder, { recursive: true });
  for (const { name, contents } of files.sort((a, b) => isProgram(a.name) - isProgram(b.name))) {
    const temporary = join(folder, `${name}.${process.pid}.new`);
    writeFileSync(temporary, contents);
    // So that a source changed while this ran counts as newer.
    utimesSync(temporary, began, began);
    renameSync(temporary, join(folder, name));
  }
  for (const path of readdirSync(folder).map((name) => join(folder, name))) {
    if (timeOf(path) < before) rmSync(path, { force: true });
  }
}

const unknown = process.argv.slice(2).filter((word) => word !== '--if-older');
if (unknown.length > 0) {
  process.stderr.write(
    `npm run build 只编译到 dist，不认识 ${unknown.join(' ')}。要一个单独能运行的文件夹，请用 npm run package -- <文件夹>。\n`,
  );
  process.exit(1);
}
const before = Math.min(...Object.keys(programs).map((name) => timeOf(join(folder, `${name}.js`))));
if (!process.argv.includes('--if-older') || newestSource() > before) {
  // Not to stdout: what the command line prints may be read by another program.
  process.stderr.write('正在编译程序，只需几秒……\n');
  const began = new Date();
  const files = await bundle();
  try {
    write({ files, began, before });
  } catch (error) {
    process.stderr.write(`编译好的程序写不进 ${folder}（${error}）。请用能写这个目录的用户运行一次 npm run build。\n`);
    process.exitCode = 1;
  }
}
