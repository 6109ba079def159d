/** Every document of the repository, with what it cites; and what comments in the code cite. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { root } from './imports.ts';

/** Installed, made by a build or a run, or kept by git. */
const notOurs: ReadonlySet<string> = new Set(['node_modules', 'data', 'coverage', 'dist', 'test-results', '.git']);

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}

const all = filesBelow('');

export const documents: readonly string[] = all.filter((path) => path.endsWith('.md'));
/** Whatever has comments in which somebody may be sent somewhere. */
export const commented: readonly string[] = all.filter((path) => /\.(?:tsx?|mjs|service|conf|yaml|yml)$/.test(path));

export const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Folders of the repository that a path may begin with. */
const TOP = '(?:src|cards|db|sandbox|bench|test|docs|build|tools|\\.ci|\\.github)';
const pathPattern = new RegExp(`(?<![\\w./:@-])(${TOP}/[\\w./-]*\\w/?)`, 'g');

/** Paths of files and folders that a text names, without what `*`, `…` or `<name>` leaves open. */
export function pathsIn(text: string): string[] {
  return [...text.matchAll(pathPattern)]
    .filter(({ 0: found, index }) => !/^(?:[*<{]|\.\*|[/-]?[*<…])/.test(text.slice(index + found.length)))
    .map(([, path = '']) => path);
}

/** What stands between backticks, and in fenced blocks. */
export function codeIn(markdown: string): string[] {
  const fenced = [...markdown.matchAll(/^```[^\n]*\n([\s\S]*?)^```/gm)].map(([, code = '']) => code);
  const rest = markdown.replace(/^```[\s\S]*?^```/gm, '');
  return [...fenced, ...[...rest.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)];
}

export interface Link {
  readonly target: string;
  /** `#…` without the sign; '' for the whole document. */
  readonly anchor: string;
}

/** Links to files, from a document's own place; those to the web are not looked at. */
export function linksIn(markdown: string): Link[] {
  const prose = markdown.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '`');
  const found = [
    ...prose.matchAll(/\]\(\s*<?(?!https?:|mailto:)([^)\s>]+)>?[^)]*\)/g),
    ...prose.matchAll(/<img[^>]*\bsrc="(?!https?:)([^"]+)"/g),
  ];
  return found.map(([, link = '']) => {
    const [target = '', anchor = ''] = decodeURIComponent(link).split('#');
    return { target, anchor };
  });
}

/** The anchors that GitHub gives a document's headings. */
export function anchorsOf(markdown: string): Set<string> {
  const used = new Map<string, number>();
  const anchors = new Set<string>();
  for (const [, heading = ''] of markdown.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#{1,6}\s+(.+)$/gm)) {
    const slug = heading
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
      .replaceAll(' ', '-');
    const before = used.get(slug) ?? 0;
    used.set(slug, before + 1);
    anchors.add(before === 0 ? slug : `${slug}-${before}`);
  }
  return anchors;
}

/** Where a document's link leads, from the top of the repository. */
export function placeOf(document: string, { target }: Link): string {
  return target === '' ? document : relative(root, resolve(root, dirname(document), target)).replaceAll('\\', '/');
}

/** What a source's comments say, without the code. */
export function commentsIn(path: string): string {
  const source = read(path);
  const line = /\.(?:service|conf|ya?ml)$/.test(path) ? /(?<!\S)#(.*)$/gm : /(?<![:'"`\w/])\/\/(.*)$/gm;
  const blocks = [...source.matchAll(/\/\*[\s\S]*?\*\//g)].map(([comment]) => comment);
  return [...blocks, ...[...source.matchAll(line)].map(([, comment = '']) => comment)].join('\n');
}

export const exists = (path: string) => existsSync(join(root, path));
