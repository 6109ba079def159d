/** The configurations of the tests: what they name is there, and no two of them write the same file. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ViteUserConfig } from 'vitest/config';
import { files, root } from './imports.ts';

const names = readdirSync(root).filter((name) => /^vitest\.(?:\w+\.)?config\.ts$/.test(name));
const configs = await Promise.all(
  names.map(async (name) => {
    const read: { default: ViteUserConfig } = await import(pathToFileURL(join(root, name)).href);
    return { name, config: read.default };
  }),
);

/** `a/{b,c}.ts` as `a/b.ts` and `a/c.ts`. */
function alternatives(pattern: string): string[] {
  const [whole, before = '', within, after = ''] = /^([^{]*)\{([^}]*)\}(.*)$/.exec(pattern) ?? [];
  if (whole === undefined || within === undefined) return [pattern];
  return within.split(',').flatMap((one) => alternatives(`${before}${one}${after}`));
}

function matches(pattern: string): boolean {
  const parts = pattern.split(/(\*\*\/|\*\*|\*)/).map((part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    return part === '*' ? '[^/]*' : part.replaceAll(/[.+?^$()[\]\\|]/g, '\\$&');
  });
  return files.some((file) => new RegExp(`^${parts.join('')}$`).test(file));
}

/** With those of its projects. */
function patternsOf({ test }: ViteUserConfig): string[] {
  const projects = (test?.projects ?? []).map((project) => project as ViteUserConfig);
  return [...(test?.include ?? []), ...(test?.exclude ?? []), ...projects.flatMap(patternsOf)];
}

describe.each(configs)('$name', ({ config }) => {
  it('names only files that are there', () => {
    const named = patternsOf(config).flatMap(alternatives);
    expect(named).not.toEqual([]);
    expect(named.filter((pattern) => !matches(pattern))).toEqual([]);
  });
});

it('remembers earlier runs apart from the others', () => {
  const places = configs.map(({ config }) => config.cacheDir);
  expect(places).not.toContain(undefined);
  expect(new Set(places).size).toBe(names.length);
});
