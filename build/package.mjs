/**
 * `npm run package -- <folder>`: the program as one folder that runs with `node` alone, for machines without npm and without a network.
 * What the bundle leaves out is copied beside it: native addons, the libraries of threads, migrations, the catalogue. Without the sandbox's page,
 * which `vite` makes for development.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** As they lie in the project. */
const parts = [
  'dist',
  'db/migrations',
  'db/sqlite/check-pages.mjs',
  'src/sheets/reading/thread.mjs',
  'src/sheets/reading/archive.mjs',
  'tools',
  'build/deploy',
  'docs',
  '.env.example',
  'README.md',
  'README.en.md',
  'CHANGELOG.md',
  'LICENSE',
];
/** What the bundle asks `node_modules` for, and what threads do. */
const packages = ['better-sqlite3', 'sharp', 'hucre'];
/** Of better-sqlite3 only what it loads: not SQLite's source, nor what fetches a finished addon. */
const unused = [
  /^better-sqlite3\/(?:deps|src|binding\.gyp)/,
  /^better-sqlite3\/build\/(?!Release\/better_sqlite3\.node$|Release$)/,
];
const neverLoaded = new Set(['prebuild-install']);

/** Throws a sentence for whoever runs it. */
function main() {
  const [target, ...more] = process.argv.slice(2);
  if (target === undefined || more.length > 0) throw new Error('用法：npm run package -- <文件夹>');
  const folder = resolve(target);
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new Error(`${folder} 不是空的，没有动它。`);
  const { status } = spawnSync(process.execPath, [join(root, 'build/bundle.mjs'), '--if-older'], { stdio: 'inherit' });
  if (status !== 0) throw new Error('没有编译成，没有打包。');
  mkdirSync(folder, { recursive: true });
  for (const part of [...parts, ...seedFiles()]) cpSync(join(root, part), join(folder, part), { recursive: true });
  for (const name of closure(packages)) copyPackage(name, folder);
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
  process.stdout.write(`${folder}\n`);
}

/** Every table of the government's that the program reads when a database is begun. */
function seedFiles() {
  return readdirSync(join(root, 'db/seed'))
    .filter((name) => name.endsWith('.json'))
    .map((name) => `db/seed/${name}`);
}

/** The packages and all that they need, as far as it is installed. */
function closure(/** @type {readonly string[]} */ names) {
  /** @type {Set<string>} */
  const found = new Set();
  const visit = (/** @type {string} */ name) => {
    if (found.has(name) || neverLoaded.has(name) || !existsSync(join(root, 'node_modules', name))) return;
    found.add(name);
    const { dependencies = {}, optionalDependencies = {} } = readJson(join(root, 'node_modules', name, 'package.json'));
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) visit(needed);
  };
  for (const name of names) visit(name);
  return found;
}

function copyPackage(/** @type {string} */ name, /** @type {string} */ folder) {
  const modules = join(root, 'node_modules');
  cpSync(join(modules, name), join(folder, 'node_modules', name), {
    recursive: true,
    filter: (source) => {
      const path = relative(modules, source);
      return !unused.some((pattern) => pattern.test(path));
    },
  });
}

/** What node needs to know, and what a person wants to see; nothing to install. */
function manifest() {
  const { name, version, description, license, type, engines } = readJson(join(root, 'package.json'));
  return { name, version, description, license, type, engines, private: true };
}

function readJson(/** @type {string} */ path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
