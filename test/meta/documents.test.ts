/** What a document or a comment sends its reader to is there. */
import { describe, expect, it } from 'vitest';
import {
  anchorsOf,
  codeIn,
  commented,
  commentsIn,
  documents,
  exists,
  linksIn,
  pathsIn,
  placeOf,
  read,
} from './documents.ts';
import { files } from './imports.ts';

/** Made by a command that its reader has just been told to run. */
const made = /^dist\/|^docs\/images\//;

describe('the documents', () => {
  it('are looked at, all of them', () => {
    expect(documents).toEqual(
      expect.arrayContaining(['README.md', '.github/SECURITY.md', 'bench/results.md', 'docs/RULES.md']),
    );
  });

  it('are found from README.md, each that stands in docs', () => {
    const found = linksIn(read('README.md')).map((link) => placeOf('README.md', link));
    const pages = documents.filter((document) => /^docs\/[^/]+\.md$/.test(document));
    expect(pages.filter((page) => !found.includes(page))).toEqual([]);
  });

  it.each(documents)('%s names only files that exist', (document) => {
    // What has been was called as it was called then.
    const text = document === 'CHANGELOG.md' ? '' : codeIn(read(document)).join('\n');
    expect(pathsIn(text).filter((path) => !exists(path) && !made.test(path))).toEqual([]);
  });

  it('CHANGELOG.md says nothing twice', () => {
    const begins = read('CHANGELOG.md')
      .split('\n')
      .filter((line) => line.startsWith('- '))
      .map((line) => line.replaceAll('’', "'").slice(0, 40));
    expect(begins.length).toBeGreaterThan(50);
    expect(begins.filter((line, index) => begins.indexOf(line) !== index)).toEqual([]);
  });

  it.each(documents)('%s links to what is there', (document) => {
    const broken = linksIn(read(document)).filter((link) => {
      const place = placeOf(document, link);
      return (
        !exists(place) || (link.anchor !== '' && !(place.endsWith('.md') && anchorsOf(read(place)).has(link.anchor)))
      );
    });
    expect(broken).toEqual([]);
  });

  it.each(documents)('%s has no table that is torn, and no row with other cells than its head', (document) => {
    const cells = (line: string) => line.replaceAll('\\|', '').split('|').length;
    const lines = read(document).split('\n');
    const torn = lines.filter((line, index) => {
      if (!line.startsWith('|')) return false;
      const begins = !lines[index - 1]?.startsWith('|');
      return begins ? !/^\|[ :|-]+$/.test(lines[index + 1] ?? '') : cells(line) !== cells(lines[index - 1] ?? '');
    });
    expect(torn).toEqual([]);
  });

  it.each([
    'docs/GLOSSARY.md',
    'docs/ARCHITECTURE.md',
    'docs/SECURITY.md',
    'docs/PRIVACY.md',
    'docs/RULES.md',
    'CONTRIBUTING.md',
  ])('%s uses names that the program has', (document) => {
    const names = codeIn(read(document))
      .join(' ')
      .match(/(?<![\w./…<-])[a-z]+(?:[A-Z][a-z\d]*)+(?![\w./…*-])/g);
    expect((names ?? []).filter((name) => !words.has(name))).toEqual([]);
  });
});

/** Every word of the sources, with those that tests are written in. */
const words = new Set(
  files.filter((file) => !/^test\/(?!support\/)/.test(file)).flatMap((file) => read(file).match(/[A-Za-z]\w*/g) ?? []),
);

describe('comments in the code', () => {
  const cited = commented.map((path) => ({ path, comments: commentsIn(path) }));

  it('name only files that exist', () => {
    expect(cited.length).toBeGreaterThan(700);
    const absent = cited.flatMap(({ path, comments }) =>
      pathsIn(comments).flatMap((named) => (exists(named) || made.test(named) ? [] : [`${path}: ${named}`])),
    );
    expect(absent).toEqual([]);
  });

  it('send nobody to a document that there is not', () => {
    const absent = cited.flatMap(({ path, comments }) =>
      [...comments.matchAll(/\b([A-Z][A-Z-]{3,})(?:\.md|(?= §))/g)].flatMap(([named, name = '']) =>
        documents.some((document) => document.endsWith(`${name}.md`)) ? [] : [`${path}: ${named}`],
      ),
    );
    expect(absent).toEqual([]);
  });
});

describe('what is looked for', () => {
  it('is a path wherever it stands, unless it is left open', () => {
    expect(
      pathsIn('see src/a.ts, `db/b/` and test/c.test.ts; not src/services/<noun>/x, src/*/y, https://z/src/a'),
    ).toEqual(['src/a.ts', 'db/b/', 'test/c.test.ts']);
  });

  it('is a heading by GitHub’s anchor', () => {
    expect([...anchorsOf('# A b: c\n## 恢复\n## 恢复\n```\n# no\n```\n### `x` · y')]).toEqual([
      'a-b-c',
      '恢复',
      '恢复-1',
      'x--y',
    ]);
  });
});

describe('the decisions', () => {
  const written = documents.filter((document) => /^docs\/decisions\/\d/.test(document));

  it.each(written)('%s has its number, its parts and its length', (document) => {
    const lines = read(document).trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(lines[0]).toMatch(
      new RegExp(`^# ${document.slice('docs/decisions/'.length, 'docs/decisions/000'.length)} \\S`),
    );
    expect(lines[2]).toMatch(/^20\d\d-\d\d-\d\d/);
    const parts = lines.filter((line) => line.startsWith('## ') && line !== '## Alternatives');
    expect(parts).toEqual(['## Context', '## Decision', '## Consequences', '## What would make us reconsider']);
  });

  it('have a number each, without a gap', () => {
    const numbers = written.map((document) =>
      Number(document.slice('docs/decisions/'.length, 'docs/decisions/000'.length)),
    );
    expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers.map((_number, index) => index + 1));
  });
});
