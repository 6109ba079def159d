/** A start that cannot succeed: one clear sentence, no stack trace, exit code 1. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqlite } from '../../../db/sqlite/open.ts';
import { botEnvironment, startBot } from '../bot-process.ts';

const NOBODY = 65_534;
/** The administrator of the machine may write everywhere, so the bot runs as somebody who may not. */
const asNobody = process.getuid?.() === 0 ? { userId: NOBODY } : {};

let folder: string;
let file: string;
let blocker: Server | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daiban-start-'));
  file = join(folder, 'daiban.db');
  chmodSync(folder, 0o755);
});
afterEach(() => {
  blocker?.close();
  blocker = undefined;
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true, force: true });
});

async function fails(over: Record<string, string> = {}): Promise<string> {
  const bot = startBot({
    environment: { ...botEnvironment, DATABASE_URL: `file:${file}`, ...over },
    clockShiftMs: 0,
    ...asNobody,
  });
  expect([await bot.started, await bot.ended]).toEqual([false, 1]);
  return bot.output();
}

describe('a database that cannot be written', () => {
  it('is named when the file is read-only', async () => {
    await openSqlite({ file }).close();
    chmodSync(file, 0o444);
    chmodSync(folder, 0o555);
    expect(await fails()).toBe(
      `数据库 ${file} 不能写入。请检查这个文件和它所在文件夹的权限，或磁盘是不是只读，再启动。\n`,
    );
  });

  it('is named when its folder cannot be made', async () => {
    chmodSync(folder, 0o555);
    const deep = join(folder, 'deep', 'daiban.db');
    expect(await fails({ DATABASE_URL: `file:${deep}` })).toContain(`数据库 ${deep} 不能写入。`);
  });

  it('is named when there is none yet and the folder is read-only', async () => {
    chmodSync(folder, 0o555);
    expect(await fails()).toContain(`数据库 ${file} 打不开。`);
  });
});

describe('a path that leads nowhere', () => {
  it.each(['daiban.db', 'deep/daiban.db'])('a file where the folder of %s should be is named', async (below) => {
    const notFolder = join(folder, 'data');
    writeFileSync(notFolder, '');
    const output = await fails({ DATABASE_URL: `file:${join(notFolder, below)}` });
    expect(output).toContain(`建不了数据库 ${join(notFolder, below)} 所在的文件夹`);
    expect(output.trimEnd()).not.toContain('\n');
  });

  it('a folder where the file should be is named', async () => {
    mkdirSync(file);
    chmodSync(file, 0o777);
    expect(await fails()).toContain(`${file} 不是代办的数据库`);
  });
});

describe('other obstacles', () => {
  it('a file that is no database is left as it is', async () => {
    const letter = 'an old letter\n'.repeat(500);
    writeFileSync(file, letter);
    chmodSync(file, 0o666);
    expect(await fails()).toBe(
      `${file} 不是代办的数据库，或者已经损坏，没有动它。请检查 DATABASE_URL，或用备份恢复。\n`,
    );
    expect(readFileSync(file, 'utf8')).toBe(letter);
  });

  it('a database that a newer version has used is named', async () => {
    await openSqlite({ file }).close();
    chmodSync(file, 0o666);
    const connection = new Sqlite(file);
    connection.exec("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('of tomorrow', 9000000000000)");
    connection.close();
    chmodSync(folder, 0o777);
    expect(await fails()).toBe(
      '数据库由更新版本的程序使用过，请升级程序后再启动 (database is newer than this program)\n',
    );
  });

  it('a port in use is named', async () => {
    const port = await new Promise<number>((resolve) => {
      const server = createServer();
      blocker = server;
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    const own = join(folder, 'own');
    mkdirSync(own);
    chmodSync(own, 0o777);
    const over = { PORT: String(port), DATABASE_URL: `file:${join(own, 'daiban.db')}` };
    expect(await fails(over)).toBe(
      `127.0.0.1:${port} 已被占用。请在 .env 里换一个（如 PORT=${port + 1}），或先停掉占用它的程序。\n`,
    );
  });

  it.each([
    ['10.255.255.1', '4000', '不能在 10.255.255.1:4000 上接听'],
    ['no.such.host.invalid', '4000', '不能在 no.such.host.invalid:4000 上接听'],
  ])('an address that this machine does not have is named: %s', async (host, port, words) => {
    chmodSync(folder, 0o777);
    const output = await fails({ HOST: host, PORT: port });
    expect(output).toContain(words);
    expect(output.trimEnd()).not.toContain('\n');
  });

  it('an app id that is none is named, and nothing is written', async () => {
    chmodSync(folder, 0o777);
    expect(await fails({ LARK_APP_ID: 'cli_1', LARK_TRANSPORT: 'websocket' })).toMatch(
      /^配置有问题：\n {2}LARK_APP_ID: 应为 cli_.*\n$/,
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});
