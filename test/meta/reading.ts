/** The documents for readers, as files. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { root } from './imports.ts';

export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** All of them, by their paths below the root. */
export function documents(): string[] {
  const below = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' });
  const docs = below.filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`);
  return [...readdirSync(root).filter((name) => name.endsWith('.md')), ...docs];
}

/** Each part by its name, between its marks `<!-- name: how to write it anew -->` and `<!-- /name -->`. @throws without the marks. */
export function withParts(path: string, parts: Readonly<Record<string, readonly string[]>>): string {
  let text = read(path);
  for (const [name, lines] of Object.entries(parts)) {
    const marks = new RegExp(`(<!-- ${name}: [^>]*-->\n)[^]*?(<!-- /${name} -->)`);
    if (!marks.test(text)) throw new Error(`${path} has no place for ${name}`);
    text = text.replace(marks, (_, begin: string, end: string) => `${begin}${lines.join('\n')}\n${end}`);
  }
  return text;
}

export function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** What is shown and what is linked to, below the root. */
export function pictures(path: string): string[] {
  const sources = read(path).matchAll(/<img src="([^"]+)"|!\[[^\]]*\]\(([^)]+)\)/g);
  return [...sources].map(([, tag, mark]) => resolve(root, dirname(path), tag ?? mark ?? ''));
}
