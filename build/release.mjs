/**
 * `npm run release -- 0.3.0`: the version in package.json and its lock, the changelog's heading dated, a commit, a tag and the archive
 * that people install. Pushes nothing. Refuses a tree with changes and a changelog that says nothing of the version.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const run = (/** @type {string} */ program, /** @type {string[]} */ ...words) =>
  execFileSync(program, words, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();

/** The changelog with the version's heading dated; throws when there is none that waits for it. */
export function dated(
  /** @type {string} */ changelog,
  /** @type {{ version: string, day: string }} */ { version, day },
) {
  const heading = `## ${version} (unreleased)`;
  const [before, after] = changelog.split(`${heading}\n`);
  if (before === undefined || after === undefined) throw new Error(`CHANGELOG.md has no “${heading}”.`);
  const [said = ''] = after.split(/^## /m);
  if (!/^- /m.test(said)) throw new Error(`CHANGELOG.md says nothing of ${version}.`);
  return `${before}## ${version} (${day})\n${after}`;
}

function main() {
  const [version = '', ...more] = process.argv.slice(2);
  if (!/^\d+\.\d+\.\d+$/.test(version) || more.length > 0) throw new Error('Usage: npm run release -- 1.2.3');
  if (run('git', 'status', '--porcelain') !== '')
    throw new Error('The tree has changes: commit or put them away first.');
  if (run('git', 'tag', '--list', `v${version}`) !== '') throw new Error(`v${version} is there already.`);
  const changelog = `${root}CHANGELOG.md`;
  writeFileSync(
    changelog,
    dated(readFileSync(changelog, 'utf8'), { version, day: new Date().toISOString().slice(0, 10) }),
  );
  run('npm', 'version', '--no-git-tag-version', version);
  run('git', 'commit', '--quiet', '--all', '--message', `Release ${version}`);
  run('git', 'tag', '--annotate', `v${version}`, '--message', `Daiban ${version}`);
  process.stdout.write(
    `${run('npm', 'pack', '--silent')}\nv${version} is committed and tagged here; push it with: git push --follow-tags\n`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    main();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  }
}
