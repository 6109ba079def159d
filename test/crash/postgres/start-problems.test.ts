/** A start that cannot succeed on a PostgreSQL server: one clear sentence, no stack trace, no password, exit code 1. */
import pg from 'pg';
import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import { openPostgres } from '../../../db/postgres/open.ts';
import { createPostgresDatabase } from '../../support/databases.ts';
import { botEnvironment, startBot } from '../bot-process.ts';

let url: URL;
let drop: () => Promise<void>;

beforeEach(async () => {
  const created = await createPostgresDatabase({ template: false });
  url = new URL(created.url);
  drop = created.drop;
});
afterEach(() => drop());

async function fails(): Promise<string> {
  const bot = startBot({ environment: { ...botEnvironment, DATABASE_URL: url.href }, clockShiftMs: 0 });
  expect([await bot.started, await bot.ended]).toEqual([false, 1]);
  expect(bot.output()).not.toContain(`:${url.password}@`);
  expect(bot.output().trimEnd()).not.toContain('\n');
  return bot.output();
}

const unreachable = (cause: string) =>
  `连不上数据库 postgres://${url.host}${url.pathname}：${cause}。请检查 DATABASE_URL，确认数据库服务器在运行。\n`;

it('names a server that is not there', async () => {
  url.port = '9';
  expect(await fails()).toBe(unreachable('没有服务器在这个地址上接听'));
});

it('names a wrong password', async () => {
  url.password = 'a-wrong-one';
  expect(await fails()).toBe(unreachable('用户名或密码不对'));
});

it('names a database that is not there', async () => {
  url.pathname = '/nowhere';
  expect(await fails()).toBe(unreachable('服务器上没有这个库'));
});

it('names a user who may not make tables', async () => {
  await asOwner("DROP ROLE IF EXISTS reader; CREATE ROLE reader LOGIN PASSWORD 'reading-only'");
  [url.username, url.password] = ['reader', 'reading-only'];
  expect(await fails()).toBe(unreachable('这个用户没有权限'));
});

it('names a database that only lets one read', async () => {
  await asOwner(`ALTER DATABASE ${url.pathname.slice(1)} SET default_transaction_read_only = on`);
  expect(await fails()).toBe(unreachable('这个库现在只能读，不能写'));
});

it('names a database that a newer version has used', async () => {
  await (await openPostgres({ url: url.href })).close();
  await query("INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ('of tomorrow', 9000000000000)");
  expect(await fails()).toBe(
    '数据库由更新版本的程序使用过，请升级程序后再启动 (database is newer than this program)\n',
  );
});

it('names another encoding than UTF-8, and leaves that database empty', async () => {
  const name = `latin_${process.pid}`;
  await asOwner(`CREATE DATABASE ${name} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`);
  url.pathname = `/${name}`;
  expect(await fails()).toBe('数据库的编码是 LATIN1，请另建一个 UTF8 编码的数据库。\n');
  expect(await query("SELECT 1 FROM information_schema.tables WHERE table_schema = 'public'")).toEqual([]);
  await asOwner(`DROP DATABASE ${name}`);
});

function asOwner(statement: string): Promise<unknown[]> {
  return query(statement, inject('postgresUrl'));
}

async function query(statement: string, on = url.href): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: on });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}
