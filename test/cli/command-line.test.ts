import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cliCommands } from '../../src/cli/index.ts';
import { readConfig } from '../../src/config.ts';
import { builtProgram } from '../support/program.ts';
import { type Desk, openDesk, run } from './support.ts';

const sandbox = { readConfig: () => readConfig({}) };

describe('the command line', () => {
  it('shows every command when none is named, and on request', async () => {
    for (const line of ['', 'help', '--help', '-h']) {
      const { code, out } = await run(line, sandbox);
      expect(code).toBe(0);
      for (const command of cliCommands) {
        expect(out).toContain(command.usage);
        expect(out).toContain(command.does);
      }
    }
  });

  it('has no two commands of one name', () => {
    expect(new Set(cliCommands.map((command) => command.name)).size).toBe(cliCommands.length);
  });

  it('refuses an unknown command and shows the known ones', async () => {
    const { code, out, err } = await run('frobnicate', sandbox);
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toContain('没有“frobnicate”这个命令');
    expect(err).toContain('ledger verify');
  });

  it('tells a command’s usage', async () => {
    expect(await run('job --help', sandbox)).toMatchObject({ code: 0, out: expect.stringContaining('--at') });
  });

  it.each(['job report-reminder --when now', 'doctor --all', 'connect now'])(
    'refuses %j by the usage',
    async (line) => {
      const { code, err } = await run(line, sandbox);
      expect(code).toBe(1);
      expect(err).toContain('用法：npm run daiban -- ');
    },
  );

  it('says what is wrong with the configuration', async () => {
    const { code, err } = await run('ledger verify', { readConfig: () => readConfig({ PORT: 'x' }) });
    expect(code).toBe(1);
    expect(err).toContain('PORT: 应为');
  });

  it('shows no stack trace whatever happens', async () => {
    const broken = () => {
      throw new TypeError('cannot read properties of undefined');
    };
    const { code, err } = await run('ledger verify', { readConfig: broken });
    expect(code).toBe(1);
    expect(err).toBe('出错了，没有完成：cannot read properties of undefined');
  });

  it('runs as a program with its exit code', async () => {
    const { code, stderr } = await new Promise<{ code: unknown; stderr: string }>((resolve) => {
      const args = [builtProgram('daiban'), 'frobnicate'];
      execFile(process.execPath, args, { env: { PATH: process.env['PATH'] } }, (error, _stdout, stderr) =>
        resolve({ code: error?.code, stderr }),
      );
    });
    expect(code).toBe(1);
    expect(stderr).toContain('没有“frobnicate”这个命令');
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe('a .env that cannot be read', () => {
  let folder: string;
  const doctorThere = () =>
    new Promise<string>((resolve) => {
      const options = { cwd: folder, env: { PATH: process.env['PATH'] } };
      const args = [builtProgram('daiban'), 'doctor'];
      execFile(process.execPath, args, options, (_error, stdout, stderr) => resolve(stdout + stderr));
    });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'daiban-env-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it.each([
    ['of another encoding', Buffer.from('\ufeffLARK_APP_ID=cli_0123456789abcdef\n', 'utf16le')],
    ['with a byte order mark', Buffer.from('\ufeffLARK_APP_ID=cli_0123456789abcdef\n')],
  ])('for being %s is not passed over', async (_what, content) => {
    writeFileSync(join(folder, '.env'), content);
    expect(await doctorThere()).toBe('注意  .env 的编码不对，里面的设置读不出来。请另存为 UTF-8（不带 BOM）。\n');
  });

  it('for slips in names is not passed over', async () => {
    writeFileSync(join(folder, '.env'), 'LOG_LEVL=debug\nPORT＝3111\n');
    expect(await doctorThere()).toMatch(
      /^注意 {2}配置有问题：\n {2}LOG_LEVL: .*LOG_LEVEL？.*\n {2}PORT: .*半角的“=”\n$/,
    );
  });

  it('for being a folder is told of in words', async () => {
    mkdirSync(join(folder, '.env'));
    expect(await doctorThere()).toMatch(/^注意 {2}读不了 \.env（EISDIR）.*\n$/);
  });
});

describe('a database that cannot be used', () => {
  let folder: string;
  let file: string;
  const verify = () => run('ledger verify', { readConfig: () => readConfig({ DATABASE_URL: `file:${file}` }) });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'daiban-cli-'));
    file = join(folder, 'daiban.db');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('is not created when it is missing', async () => {
    const { code, err } = await verify();
    expect(code).toBe(1);
    expect(err).toContain(`找不到数据库 ${file}`);
    expect(err).toContain('npm start');
    expect((await verify()).err).toContain('找不到数据库');
  });

  it('that is the sandbox’s, for want of settings that a service or a container has, names the handbook', async () => {
    const sandbox = readConfig({});
    if (sandbox.mode !== 'sandbox') throw new Error('no sandbox');
    const config = { ...sandbox, database: { engine: 'sqlite', file } } as const;
    const { err } = await run('ledger verify', { readConfig: () => config });
    expect(err).toMatch(/找不到数据库 .*没有填 LARK_APP_ID.*systemd.*《运维手册》/);
    expect((await verify()).err).not.toContain('systemd');
  });

  it('is refused when it is no database', async () => {
    writeFileSync(file, 'certainly not a database, but long enough to be looked at as one');
    expect((await verify()).err).toContain('不是代办的数据库');
  });

  it('is refused when it is somebody else’s', async () => {
    const other = new Sqlite(file);
    other.exec('create table notes (text)');
    other.close();
    expect((await verify()).err).toContain('不是代办的数据库');
  });
});

describe('a database file that is damaged', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = await openDesk();
    await desk.db.close();
    const content = readFileSync(desk.file);
    const pageSize = content.readUInt16BE(16);
    // Behind the first pages, which hold the definitions of the tables.
    for (let at = 8 * pageSize; at < content.length; at += pageSize) content.fill(0xee, at, at + pageSize);
    writeFileSync(desk.file, content);
  });

  afterEach(() => rmSync(desk.folder, { recursive: true }));

  it.each(['ledger verify', 'stats rebuild', 'backup'])('is told of by %s in words that help', async (line) => {
    const { code, err } = await desk.daiban(line);
    expect(code).toBe(1);
    expect(err).toContain(`${desk.file} 不是完好的数据库文件`);
    expect(err).toContain('用备份恢复');
    expect(err).not.toMatch(/malformed/);
  });

  it('is one of the things that doctor finds', async () => {
    const { code, out } = await desk.daiban('doctor');
    expect(code).toBe(1);
    expect(out).toMatch(/^OK .*配置：/m);
    expect(out).toContain(`注意  ${desk.file} 不是完好的数据库文件`);
  });
});

describe('a database of another version', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = await openDesk();
  });

  afterEach(() => desk.close());

  it('is not upgraded behind the running bot’s back', async () => {
    desk.tamper((connection) => connection.exec('update __drizzle_migrations set created_at = 1'));
    const { code, err } = await desk.daiban('ledger verify');
    expect(code).toBe(1);
    expect(err).toContain('还是旧版本的，请重启机器人');
  });

  it('is left alone when it is newer than the program', async () => {
    desk.tamper((connection) => connection.exec('update __drizzle_migrations set created_at = created_at + 1'));
    expect((await desk.daiban('ledger verify')).err).toContain('请先升级程序');
  });
});
