/** Parts of documents that are written from the code, and what is shown in documents. */
import { dirname, resolve } from 'node:path';
import { read } from './documents.ts';
import { root } from './imports.ts';

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

/** Whole paths of the pictures that a document shows. */
export function pictures(path: string): string[] {
  const sources = read(path).matchAll(/<img src="([^"]+)"|!\[[^\]]*\]\(([^)]+)\)/g);
  return [...sources].map(([, tag, mark]) => resolve(root, dirname(path), tag ?? mark ?? ''));
}
