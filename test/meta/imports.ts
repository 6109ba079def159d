/** Which of our files imports which, read from the sources. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Import {
  readonly from: string;
  readonly to: string;
  readonly names: string;
}

export const files = ['src', 'cards', 'db', 'sandbox', 'bench', 'test'].flatMap((folder) => sourcesBelow(folder));
/** Imports of our own files, static and dynamic, of types and of values. */
export const imports = files.flatMap(importsOf);

function sourcesBelow(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('node_modules'));
}

function importsOf(from: string): Import[] {
  const source = readFileSync(join(root, from), 'utf8');
  const found = [
    ...source.matchAll(/^(?:import|export)\s+([^;'"]*?)\s*from\s+'(\.[^']+)'/gm),
    ...source.matchAll(/(import)\s*\(?\s*'(\.[^']+)'/g),
  ];
  return found.map(([, names = '', path = '']) => ({
    from,
    names,
    to: relative(root, resolve(root, dirname(from), path)).replaceAll('\\', '/'),
  }));
}

/** One circle of imports, its first file repeated at the end, for each import that closes one; of the files given only. */
export function circlesAmong(among: readonly string[], edges: readonly Pick<Import, 'from' | 'to'>[]): string[][] {
  const targets = new Map<string, string[]>(among.map((file) => [file, []]));
  for (const { from, to } of edges) if (targets.has(to)) targets.get(from)?.push(to);
  const done = new Set<string>();
  const path: string[] = [];
  const circles: string[][] = [];
  const visit = (file: string): void => {
    const start = path.indexOf(file);
    if (start !== -1) circles.push([...path.slice(start), file]);
    if (start !== -1 || done.has(file)) return;
    path.push(file);
    for (const target of targets.get(file) ?? []) visit(target);
    path.pop();
    done.add(file);
  };
  for (const file of among) visit(file);
  return circles;
}
