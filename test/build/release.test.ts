import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { dated } from '../../build/release.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('the changelog of a release', () => {
  const changelog = '# Changelog\n\n## 0.3.0 (unreleased)\n\n- It flies.\n\n## 0.2.0 (2026-10-01)\n\n- It walks.\n';

  it('gets its day, and keeps all else', () => {
    expect(dated(changelog, { version: '0.3.0', day: '2026-12-01' })).toBe(
      changelog.replace('0.3.0 (unreleased)', '0.3.0 (2026-12-01)'),
    );
  });

  it('has to wait for that version, and to say something of it', () => {
    expect(() => dated(changelog, { version: '0.4.0', day: '2026-12-01' })).toThrow('has no');
    const silent = changelog.replace('- It flies.\n', '');
    expect(() => dated(silent, { version: '0.3.0', day: '2026-12-01' })).toThrow('says nothing');
  });
});

it('the archive holds what is installed and built from, and nothing of the workplace', () => {
  const [packed]: { files: { path: string }[] }[] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root, encoding: 'utf8' }),
  );
  const paths = packed?.files.map(({ path }) => path) ?? [];
  for (const needed of [
    'package.json',
    'build/bundle.mjs',
    'build/package.mjs',
    'src/main.ts',
    'db/seed/units.json',
    'LICENSE',
    'docs/OPERATION.md',
  ]) {
    expect(paths).toContain(needed);
  }
  expect(
    paths.filter((path) =>
      /^(?:test|bench|node_modules|\.ci|\.github|data|test-results)\/|(?:^|\/)\.env$|\.test\.ts$/.test(path),
    ),
  ).toEqual([]);
});
