/** What is bundled, what is left out, and when it is made anew. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@larksuiteoapi/node-sdk';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../../build/ensure-built.mjs';
import { apisUsed } from '../../build/plugins.mjs';
import { isFresh, keyOf } from '../../build/stamp.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = join(root, 'dist');

describe('the bundle', () => {
  let bundled = '';

  beforeAll(async () => {
    await ensureBuilt();
    const { files } = JSON.parse(readFileSync(join(dist, 'stamp.json'), 'utf8')) as { files: string[] };
    const scripts = files.filter((name) => name.endsWith('.js'));
    bundled = scripts.map((name) => readFileSync(join(dist, name), 'utf8')).join('\n');
  }, 60_000);

  it('is not made again while nothing has changed', async () => {
    const said: string[] = [];
    await ensureBuilt({ say: (line) => said.push(line) });
    expect(said).toEqual([]);
  });

  it('has of the SDK the APIs that the bot calls, and no others', () => {
    expect(bundled).toContain('/open-apis/im/v1/messages');
    expect(bundled).not.toMatch(/\/open-apis\/(?:hire|corehr|mail|vc)\//);
  });

  it('has of zod what is used: `import * as z`, for nothing can be left out of `import { z }`', () => {
    // Of the error texts in forty languages.
    expect(bundled).not.toContain('Ongeldige invoer');
  });

  it('asks `node_modules` for nothing that package.json does not name: only that is sure to be there', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const asked = [...bundled.matchAll(/(?:\bfrom|\bimport\(|\brequire\(|__require\w*\()"([a-z@][^"]*)"/g)].map(
      ([, name]) => name,
    );
    expect(asked).toContain('better-sqlite3');
    const named = new Set([...Object.keys({ ...dependencies, ...devDependencies }), ...optional, ...builtinModules]);
    expect(asked.filter((name) => !named.has(name?.replace(/^node:/, '') ?? ''))).toEqual([]);
  });

  it('leaves out no API that the sources call', () => {
    const client = new Client({ appId: 'a', appSecret: 'b', logger: silent });
    const apis = Object.entries(client).filter(
      ([, value]) => typeof value === 'object' && value !== null && 'v1' in value,
    );
    expect(apis.length).toBeGreaterThan(20);
    const sources = readdirSync(join(root, 'src/lark')).map((name) =>
      readFileSync(join(root, 'src/lark', name), 'utf8'),
    );
    const called = apis
      .map(([name]) => name)
      .filter((name) => sources.some((text) => text.includes(`client.${name}.`)));
    expect(called).toEqual(apisUsed);
  });

  it('keeps packages for development outside, so that it is built without them too', () => {
    expect(bundled).toMatch(/import\("vite"\)/);
    expect(bundled).toMatch(/from"ws"/);
  });
});

/** Tried for by packages that do without them. */
const optional = ['pg-native', 'bufferutil', 'utf-8-validate', 'supports-color'];

const quiet = () => {};
const silent = { error: quiet, warn: quiet, info: quiet, debug: quiet, trace: quiet };

describe('the stamp', () => {
  let folder: string;
  const put = (path: string, text: string) => writeFileSync(join(folder, path), text);
  const stamp = () => ({ key: keyOf(['src/a.ts'], folder) ?? '', inputs: ['src/a.ts'], files: ['main.js'] });
  const fresh = (of: ReturnType<typeof stamp>) => isFresh(of, { root: folder, folder: join(folder, 'dist') });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'daiban-stamp-'));
    for (const name of ['src', 'build', 'dist', 'node_modules']) mkdirSync(join(folder, name));
    for (const path of [
      'src/a.ts',
      'build/bundle.mjs',
      'package.json',
      'node_modules/.package-lock.json',
      'dist/main.js',
    ]) {
      put(path, path);
    }
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('holds while all is as it was', () => {
    expect(fresh(stamp())).toBe(true);
  });

  it.each(['src/a.ts', 'build/bundle.mjs', 'package.json', 'node_modules/.package-lock.json'])(
    'does not hold any more when %s has changed or is gone',
    (path) => {
      const before = stamp();
      put(path, 'changed');
      expect(fresh(before)).toBe(false);
      rmSync(join(folder, path));
      expect(fresh(before)).toBe(false);
    },
  );

  it('of an installation that does not tell its packages’ versions never holds', () => {
    rmSync(join(folder, 'node_modules/.package-lock.json'));
    const { key: _, ...nothing } = stamp();
    expect(
      isFresh({ ...nothing, key: keyOf(['src/a.ts'], folder) }, { root: folder, folder: join(folder, 'dist') }),
    ).toBe(false);
  });

  it('does not hold when a part of the bundle is gone', () => {
    const before = stamp();
    rmSync(join(folder, 'dist/main.js'));
    expect(fresh(before)).toBe(false);
  });
});
