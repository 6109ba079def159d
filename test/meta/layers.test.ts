import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/commands/index.ts';
import { settingNames } from '../../src/domain/setting.ts';
import { files, type Import, imports, root } from './imports.ts';

/**
 * Which folder may import which (`docs/ARCHITECTURE.md`). The first prefix that fits a file names its layer; types count like values,
 * because a type tells what a layer knows.
 */
const layers = {
  'src/domain/': [],
  'cards/': ['src/domain/'],
  'db/': ['src/domain/', 'build/program-file.ts'],
  'src/config.ts': ['src/domain/', 'src/lark/', 'db/', 'src/papers/address.ts', 'src/env-names.ts'],
  'src/refusals.ts': ['src/domain/'],
  'src/fault.ts': [],
  'src/cipher.ts': [],
  'src/vault.ts': ['src/cipher.ts', 'src/domain/'],
  'src/ctx.ts': ['db/', 'src/domain/', 'src/refusals.ts', 'src/vault.ts'],
  'src/lark/': ['cards/card.ts', 'src/fault.ts'],
  'src/services/': [
    'src/domain/',
    'cards/',
    'db/',
    'src/ctx.ts',
    'src/refusals.ts',
    'src/vault.ts',
    'build/typed-command.ts',
  ],
  'src/sheets/xlsx/': [],
  'src/sheets/reading/': ['src/domain/import/', 'build/program-file.ts'],
  'src/made-file.ts': [],
  'src/letters/docx/': ['src/letters/document.ts', 'src/letters/slip-sheet.ts'],
  'src/letters/': ['src/domain/', 'cards/', 'db/repositories/', 'src/ctx.ts', 'src/made-file.ts', 'src/services/'],
  'src/sheets/': [
    'src/domain/',
    'cards/',
    'db/repositories/',
    'src/ctx.ts',
    'src/made-file.ts',
    'src/services/',
    'build/program-file.ts',
  ],
  'src/commands/': ['src/domain/', 'cards/', 'db/repositories/', 'src/ctx.ts', 'src/refusals.ts', 'src/services/'],
  'src/actions/': [
    'src/domain/',
    'cards/',
    'db/repositories/',
    'src/ctx.ts',
    'src/refusals.ts',
    'src/services/',
    'src/commands/dispatch.ts',
  ],
  'src/deliveries/': [
    'cards/',
    'db/repositories/',
    'src/ctx.ts',
    'src/fault.ts',
    'src/refusals.ts',
    'src/lark/port.ts',
    'src/services/',
    'src/commands/',
    'src/actions/',
  ],
  'src/jobs/': ['src/domain/', 'cards/', 'db/repositories/', 'src/ctx.ts', 'src/refusals.ts', 'src/services/'],
} as const satisfies Record<string, readonly string[]>;
type Layer = keyof typeof layers;

function list(found: readonly Import[]): string[] {
  return found.map(({ from, to }) => `${from} → ${to}`);
}

describe('the layers', () => {
  it('are read at all', () => {
    expect(imports.length).toBeGreaterThan(300);
    expect(list(imports)).toContain('src/services/case/accept.ts → src/services/case/dossier.ts');
  });

  it.each(Object.keys(layers) as Layer[])('%s imports only what it may', (layer) => {
    const allowed: readonly string[] = [layer, ...layers[layer]];
    const own = imports.filter(({ from }) => from.startsWith(layer));
    expect(own.length + files.filter((file) => file.startsWith(layer)).length).toBeGreaterThan(0);
    expect(list(own.filter(({ to }) => !allowed.some((prefix) => to.startsWith(prefix))))).toEqual([]);
  });

  it('the program does not know the sandbox', () => {
    const known = imports.filter(({ from, to }) => /^(?:src|cards|db)\//.test(from) && to.startsWith('sandbox/'));
    expect(list(known)).toEqual([]);
  });

  it('the sandbox knows the platform, not the bot', () => {
    // What makes the documents' pictures and sheet looks into everything.
    const inside =
      /^sandbox\/(?:start|demo|stage|cast|inside|screenshots|slip-picture|agent-sheet)\.ts$|^sandbox\/(?:tour|history)\//;
    const known = imports.filter(({ from, to }) => from.startsWith('sandbox/') && /^(?:src|db)\//.test(to));
    expect(list(known.filter(({ from }) => !inside.test(from)))).toEqual([]);
  });

  it('the program knows no test and no bench', () => {
    // What makes the manual's pictures shows the same lists that the tests import, and the same case that they print.
    const pictures = [
      'sandbox/screenshots.ts → test/support/banner-lists.ts',
      'sandbox/slip-picture.ts → test/letters/slip-samples.ts',
    ];
    const known = imports.filter(({ from, to }) => !/^(?:test|bench)\//.test(from) && /^(?:test|bench)\//.test(to));
    expect(list(known).filter((one) => !pictures.includes(one))).toEqual([]);
  });

  it('only the services write, besides what receives, sends, schedules and seeds', () => {
    const writers =
      /^(?:src\/services\/|src\/entrance\.ts|src\/deliveries\/|src\/scheduler\.ts|src\/write-watch\.ts|src\/outbox\/database-store\.ts|src\/cli\/|db\/|bench\/|test\/|sandbox\/)/;
    const writing = imports.filter(({ to, names }) => to.startsWith('db/repositories/') && /\w+Writes\b/.test(names));
    expect(writing.length).toBeGreaterThan(20);
    expect(list(writing.filter(({ from }) => !writers.test(from)))).toEqual([]);
  });

  it('only config reads the environment', () => {
    const readers = files.filter(
      (file) => /^(?:src|cards|db)\//.test(file) && /process\.env\b/.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(readers.filter((file) => file !== 'src/config.ts' && !file.startsWith('src/cli/'))).toEqual([]);
  });
});

describe('the registries', () => {
  it('have no word twice, however it is written', () => {
    const words = commands
      .flatMap((command) => [command.name, ...command.aliases])
      .map((word) => word.normalize('NFKC').toLowerCase());
    // ? and ？ are one key on two keyboards.
    const doubled = words.filter((word, index) => words.indexOf(word) !== index && word !== '?');
    expect(doubled).toEqual([]);
  });

  it('every setting is read where it counts', () => {
    const sources = files
      .filter((file) => file.startsWith('src/'))
      .map((file) => readFileSync(join(root, file), 'utf8'));
    const isRead = (name: string) =>
      sources.some((text) => new RegExp(`settingOf\\([^)]*'${name}'|timeSetting: '${name}'`).test(text));
    expect(settingNames.filter((name) => !isRead(name))).toEqual([]);
  });

  it('every refusal is used', () => {
    const own = readFileSync(join(root, 'src/refusals.ts'), 'utf8');
    const codes = [...own.matchAll(/^ {2}([a-z_\d]+): '/gm)].flatMap((match) => match[1] ?? []);
    expect(codes.length).toBeGreaterThan(30);
    const rest = files
      .filter((file) => file.startsWith('src/') && file !== 'src/refusals.ts')
      .map((file) => readFileSync(join(root, file), 'utf8'))
      .join('\n');
    expect(codes.filter((code) => !rest.includes(`'${code}'`))).toEqual([]);
  });
});
