/** The unit, judged by systemd's own checker, which only Linux with systemd has: `npm run test:letters` runs it with the other installed programs. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const unit = readFileSync(fileURLToPath(new URL('../../../build/deploy/daiban.service', import.meta.url)), 'utf8');
/** “OK” begins at 4, “safe” ends at 2. */
const EXPOSURE_MAX = 2;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'daiban-unit-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function analyze(text: string, ...words: string[]) {
  const file = join(folder, 'daiban.service');
  // The program it starts is not installed here; this one is.
  writeFileSync(file, text.replace('/usr/bin/node', process.execPath));
  return spawnSync('systemd-analyze', [...words, file], { encoding: 'utf8' });
}

const verify = (text: string) => analyze(text, 'verify', '--man=no');

function exposure(text: string): number {
  const { stdout } = analyze(text, 'security', '--offline=true', '--no-pager');
  return Number(/Overall exposure level for daiban\.service: ([\d.]+)/.exec(stdout)?.[1]);
}

it('is understood, every line of it', () => {
  expect(verify(unit)).toMatchObject({ status: 0, stdout: '', stderr: '' });
  expect(verify(unit.replace('LimitNOFILE', 'LimitNOFIL')).stderr).toContain('Unknown key');
});

it('exposes little', () => {
  expect(exposure(unit)).toBeLessThanOrEqual(EXPOSURE_MAX);
  expect(exposure(unit.replace(/^Protect.*$/gm, ''))).toBeGreaterThan(EXPOSURE_MAX);
});
