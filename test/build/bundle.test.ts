/** When the bundle is made, what becomes of the one before, and what it asks `node_modules` for. */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('a small program', () => {
  let folder: string;
  const at = (path: string) => join(folder, path);
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [at('build/bundle.mjs'), ...args], { encoding: 'utf8' });
  const isBuilt = () => run('--if-older').stderr !== '';
  const start = () => spawnSync(process.execPath, [at('dist/main.js')], { encoding: 'utf8' }).stdout.trim();
  const makeNewer = (path: string) => {
    const time = statSync(at('dist/main.js')).mtimeMs / 1000 + 1;
    utimesSync(at(path), time, time);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'daiban-build-'));
    for (const name of ['src/cli', 'cards', 'db', 'sandbox/web', 'build']) mkdirSync(at(name), { recursive: true });
    cpSync(join(root, 'build/bundle.mjs'), at('build/bundle.mjs'));
    symlinkSync(join(root, 'node_modules'), at('node_modules'));
    for (const name of ['package.json', 'package-lock.json']) cpSync(join(root, name), at(name));
    writeFileSync(at('sandbox/start.ts'), "console.log((await import('../cards/word.ts')).word)");
    writeFileSync(at('cards/word.ts'), "export const word: string = 'first';");
    for (const name of ['src/cli/main.ts', 'db/a.sql', 'sandbox/web/a.css']) writeFileSync(at(name), '');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('is made when there is none, and not again while nothing has changed', () => {
    expect(isBuilt()).toBe(true);
    expect(start()).toBe('first');
    expect(isBuilt()).toBe(false);
    expect(run().stderr).not.toBe('');
  });

  it.each(['cards/word.ts', 'build/bundle.mjs', 'package-lock.json'])('is made again when %s is newer', (path) => {
    run();
    makeNewer(path);
    expect(isBuilt()).toBe(true);
  });

  it('is not made again for what it does not hold', () => {
    run();
    makeNewer('sandbox/web/a.css');
    expect(isBuilt()).toBe(false);
  });

  it.each(['main.js', 'daiban.js'])('is made again when %s is gone', (name) => {
    run();
    rmSync(at(`dist/${name}`));
    expect(isBuilt()).toBe(true);
    expect(existsSync(at(`dist/${name}`))).toBe(true);
  });

  it('leaves the parts of the build before, for a bot that was started from it, and no older ones', () => {
    run();
    const [first] = readdirSync(at('dist')).filter((name) => /^word-.*\.js$/.test(name));
    if (first === undefined) throw new Error('no part');
    for (const text of ['second', 'third']) {
      writeFileSync(at('cards/word.ts'), `export const word: string = '${text}';`);
      run();
      expect(start()).toBe(text);
      expect(existsSync(at(`dist/${first}`))).toBe(text === 'second');
    }
    expect(readdirSync(at('dist')).filter((name) => name.endsWith('.new'))).toEqual([]);
  });

  it('says what makes a folder that stands alone, and makes none itself', () => {
    const { status, stderr } = run(at('alone'));
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('npm run package -- <文件夹>') });
    expect([existsSync(at('alone')), existsSync(at('dist'))]).toEqual([false, false]);
  });

  it('fails with a sentence when it cannot be written', () => {
    mkdirSync(at('dist/main.js'), { recursive: true });
    const { status, stderr } = run();
    expect(status).toBe(1);
    expect(stderr).toContain(`编译好的程序写不进 ${at('dist')}`);
    expect(stderr).toContain('npm run build');
  });

  it('fails with a sentence when a file stands where it should go', () => {
    writeFileSync(at('dist'), '');
    for (const { status, stderr } of [run(), run('--if-older')]) {
      expect(status).toBe(1);
      expect(stderr).toContain(`编译好的程序写不进 ${at('dist')}`);
      expect(stderr).not.toMatch(/^\s+at /m);
    }
  });

  it('fails when the sources do not compile, and leaves the build before', () => {
    run();
    writeFileSync(at('cards/word.ts'), 'export const word: string =');
    const { status, stderr } = run();
    expect(status).toBe(1);
    expect(stderr).toContain('cards/word.ts:1');
    expect(start()).toBe('first');
  });
});

describe('the bot', () => {
  it('asks `node_modules` for nothing that package.json does not name: only that is sure to be there', () => {
    const made = spawnSync(process.execPath, ['build/bundle.mjs', '--if-older'], { cwd: root, encoding: 'utf8' });
    expect(made.status).toBe(0);
    const scripts = readdirSync(join(root, 'dist')).filter((name) => name.endsWith('.js'));
    const bundled = scripts.map((name) => readFileSync(join(root, 'dist', name), 'utf8')).join('\n');
    const asked = [...bundled.matchAll(/(?:\bfrom|\bimport\(|\brequire\(|__require\w*\()"([a-z@][\w@./:-]*)"/g)].map(
      ([, name]) => name,
    );
    expect(asked).toContain('better-sqlite3');
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const named = new Set([...Object.keys({ ...dependencies, ...devDependencies }), ...optional, ...builtinModules]);
    expect(asked.filter((name) => !named.has(name?.replace(/^node:/, '') ?? ''))).toEqual([]);
  });
});

/** Tried for by packages that do without them. */
const optional = ['pg-native', 'bufferutil', 'utf-8-validate', 'supports-color'];
