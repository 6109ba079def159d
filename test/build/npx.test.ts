/** What `npx daiban` runs: the archive that is published, beside the packages that npm installs with it. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('npx daiban', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  let folder: string;
  const at = (path: string) => join(folder, path);
  const program = () => at(`node_modules/daiban/${manifest.bin.daiban}`);
  /** Nothing of ours in the environment, and a folder without `.env`. */
  const how = () => ({ cwd: at('home'), env: { PATH: process.env['PATH'] ?? '', HOME: at('home'), PORT: '0' } });

  beforeAll(() => {
    // npm builds the page before it packs; here only where nobody has yet, for others may be looking at it.
    if (!existsSync(join(root, 'sandbox/web/dist/index.html'))) {
      execFileSync('npm', ['run', '--silent', 'prepack'], { cwd: root });
    }
    folder = mkdtempSync(join(tmpdir(), 'daiban-npx-'));
    for (const name of ['home', 'node_modules/daiban']) mkdirSync(at(name), { recursive: true });
    const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder];
    const archive = execFileSync('npm', pack, { cwd: root, encoding: 'utf8' }).trim();
    execFileSync('tar', ['-xzf', at(archive), '--strip-components=1', '-C', at('node_modules/daiban')]);
    linkPackages(at('node_modules'), { without: Object.keys(manifest.devDependencies) });
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('can be published: public, with a program that is packed and may be run, and the page of the sandbox', () => {
    expect(manifest).not.toHaveProperty('private');
    expect(manifest.bin).toEqual({ daiban: 'build/daiban.mjs' });
    expect(statSync(program()).mode & 0o111).toBe(0o111);
    expect(readFileSync(program(), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(manifest.scripts.prepack).toContain('sandbox/web/vite.config.ts');
    expect(existsSync(at('node_modules/daiban/sandbox/web/dist/index.html'))).toBe(true);
  });

  it.each(['help', '--help'])('lists the operator’s commands at %s', (word) => {
    const { status, stdout } = spawnSync(process.execPath, [program(), word], { ...how(), encoding: 'utf8' });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^用法：[\s\S]*\n {2}connect [\s\S]*\n {2}doctor /);
  });

  it('is built anew when npm has changed the packages beside it, such as the table of holidays', () => {
    const build = () => {
      const { status, stderr } = spawnSync(process.execPath, [program(), 'help'], { ...how(), encoding: 'utf8' });
      expect(status).toBe(0);
      return stderr;
    };
    build();
    expect(build()).toBe('');
    const npmsOwn = at('node_modules/.package-lock.json');
    writeFileSync(npmsOwn, '{}');
    const later = statSync(at('node_modules/daiban/dist/main.js')).mtimeMs / 1000 + 1;
    utimesSync(npmsOwn, later, later);
    expect(build()).toContain('正在编译');
  });

  it('without .env starts the sandbox with its page, and ends with it', async () => {
    const bot: ChildProcess = spawn(process.execPath, [program()], { ...how(), detached: true });
    let printed = '';
    for (const stream of [bot.stdout, bot.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
      });
    }
    const ended = once(bot, 'close');
    try {
      await eventually(() => expect(printed).toMatch(/请用浏览器打开 +http/));
      const [, url = ''] = /请用浏览器打开 +(\S+)/.exec(printed) ?? [];
      expect(await (await fetch(url)).text()).toContain('/assets/');
      // Its streams close when the last process that writes into them is gone.
      bot.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
    } finally {
      if (bot.pid !== undefined && bot.exitCode === null) process.kill(-bot.pid, 'SIGKILL');
    }
  });
});

/** Each installed package of `root` but for those, as npm lays them: beside the program. */
function linkPackages(folder: string, { without }: { without: readonly string[] }): void {
  const modules = join(root, 'node_modules');
  const names = readdirSync(modules)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) => (name.startsWith('@') ? readdirSync(join(modules, name)).map((one) => `${name}/${one}`) : name));
  for (const name of names.filter((one) => !without.includes(one))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    symlinkSync(join(modules, name), join(folder, name));
  }
}
