/** What a text tells its reader to type must run where they read it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandLine, startLine } from '../../build/typed-command.ts';
import { files, root } from '../meta/imports.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daiban-typed-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A folder with the program in it, as a clone or a package has it, or as `npm run package` makes it. */
function program(name: string, { hasScripts = true } = {}): string {
  const made = join(folder, name);
  mkdirSync(join(made, 'build'), { recursive: true });
  if (hasScripts) writeFileSync(join(made, 'build/bundle.mjs'), '');
  return made;
}

const lines = (place: { program: string; cwd: string }) => [
  commandLine('doctor --self-test', place),
  startLine('', place),
  startLine('--new', place),
];

describe('what is typed to run the program', () => {
  it('in a clone: npm’s scripts', () => {
    const clone = program('clone');
    expect(lines({ program: clone, cwd: clone })).toEqual([
      'npm run daiban -- doctor --self-test',
      'npm start',
      'npm start -- --new',
    ]);
  });

  it('where npm installed the package: npx, whatever lies in it', () => {
    const installed = program('node_modules/daiban');
    expect(lines({ program: installed, cwd: folder })).toEqual([
      'npx daiban doctor --self-test',
      'npx daiban',
      'npx daiban --new',
    ]);
  });

  it('in a packaged folder, which has no scripts: node', () => {
    const packaged = program('opt', { hasScripts: false });
    expect(lines({ program: packaged, cwd: packaged })).toEqual([
      'node dist/daiban.js doctor --self-test',
      'node dist/main.js',
      'node dist/main.js --new',
    ]);
  });

  it.each([
    ['a packaged folder', { hasScripts: false }],
    ['a clone', {}],
  ])('somewhere else than in %s: node with the whole path', (_name, kind) => {
    const elsewhere = program('a b', kind);
    expect(lines({ program: elsewhere, cwd: folder })).toEqual([
      `node "${elsewhere}/dist/daiban.js" doctor --self-test`,
      `node "${elsewhere}/dist/main.js"`,
      `node "${elsewhere}/dist/main.js" --new`,
    ]);
  });

  it('is written down nowhere else in the program', () => {
    const said = files
      .filter((file) => /^(?:src|cards|db|sandbox)\//.test(file))
      .flatMap((file) => readFileSync(join(root, file), 'utf8').split('\n'))
      .filter((line) => !/^\s*(?:\/\*|\*|\/\/)/.test(line) && /npm run daiban|npm start|npx daiban/.test(line));
    expect(said).toEqual([]);
  });
});
