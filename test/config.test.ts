import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

const KEY = randomBytes(32).toString('base64');
const APP_ID = 'cli_0123456789abcdef';
const live = { LARK_APP_ID: APP_ID, LARK_APP_SECRET: 'secret', DATA_KEY: KEY };

/** The whole message of a configuration that is refused. */
function problemsOf(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

describe('configuration', () => {
  it('takes the sandbox when nothing is set, with the defaults of the design', () => {
    expect(readConfig({})).toEqual({
      mode: 'sandbox',
      database: { engine: 'sqlite', file: './data/sandbox.db' },
      files: { kind: 'folder', folder: './data/papers' },
      adminOpenIds: [],
      port: 3000,
      host: '127.0.0.1',
      zone: 'Asia/Shanghai',
      logLevel: 'info',
    });
  });

  it.each(['short', '           spaces          ', '口令口令口令口令口令口令口令口令'])(
    'refuses the METRICS_TOKEN %j',
    (token) => {
      expect(problemsOf({ ...live, METRICS_TOKEN: token })).toContain('METRICS_TOKEN: 至少 16 个字符');
    },
  );

  it('takes empty variables for unset ones, so that the example file is a valid configuration', () => {
    const lines = readFileSync(new URL('../.env.example', import.meta.url), 'utf8').split('\n');
    const names = lines.filter((line) => /^[A-Z_]+=$/.test(line)).map((line) => line.slice(0, -1));
    const empty = Object.fromEntries(names.map((name) => [name, '']));
    expect(readConfig(empty)).toEqual(readConfig({}));
    expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toHaveLength(names.length);
  });

  it('has a line with a comment in the example file for every variable of the design', () => {
    const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
    for (const name of [
      ...['LARK_APP_ID', 'LARK_APP_SECRET', 'LARK_DOMAIN', 'LARK_TRANSPORT', 'LARK_ENCRYPT_KEY'],
      ...['LARK_VERIFICATION_TOKEN', 'DATABASE_URL', 'DATA_KEY', 'ADMIN_OPEN_IDS', 'PORT', 'HOST', 'TIME_ZONE'],
      ...['LOG_LEVEL', 'FILES_URL'],
    ]) {
      expect(example).toMatch(new RegExp(`^# .+\\n${name}=$`, 'm'));
    }
  });

  it('is never the sandbox when a database or its key is named: a lost credential must not empty a ledger', () => {
    const file = 'file:/var/lib/daiban.db';
    expect(readConfig({ DATABASE_URL: file })).toMatchObject({
      mode: 'detached',
      database: { engine: 'sqlite', file: '/var/lib/daiban.db' },
      dataKey: undefined,
    });
    expect(readConfig({ DATA_KEY: KEY })).toMatchObject({
      mode: 'detached',
      database: { engine: 'sqlite', file: './data/daiban.db' },
      dataKey: Buffer.from(KEY, 'base64'),
    });
    const server = 'postgres://127.0.0.1/daiban';
    expect(readConfig({ DATABASE_URL: server, DATA_KEY: KEY, LARK_APP_ID: '' }).mode).toBe('detached');
  });

  it.each(['cli_1', 'cli_0123456789abcdeg', ' cli_0123456789abcdef', 'cli_0123456789abcdef0', '飞书'])(
    'refuses the app id %j',
    (id) => {
      expect(problemsOf({ ...live, LARK_APP_ID: id })).toMatch(/LARK_APP_ID: 应为 cli_/);
    },
  );

  it('takes an app id in capitals', () => {
    expect(readConfig({ ...live, LARK_APP_ID: 'cli_0123456789ABCDEF' })).toMatchObject({ mode: 'live' });
  });

  it.each(['Asia/Shanghai', 'Asia/Urumqi', 'UTC', 'PRC', 'Etc/UTC', 'America/Argentina/Buenos_Aires'])(
    'takes the time zone %s',
    (zone) => {
      expect(readConfig({ TIME_ZONE: zone }).zone).toBe(zone);
    },
  );

  it.each([
    'CST',
    'cst',
    'EST',
    'PST8PDT',
    'IST',
    'BST',
    'GMT',
    '+08:00',
    'Etc/GMT-8',
    'Etc/GMT+8',
    'Asia/Ewenki',
    '/',
  ])('refuses the time zone %s, which is not one place, and says what to write', (zone) => {
    expect(problemsOf({ TIME_ZONE: zone })).toMatch(/TIME_ZONE: .*请写 Asia\/Shanghai/);
  });

  it.each([
    ['file:./data/daiban.db', './data/daiban.db'],
    ['file:data/daiban.db', 'data/daiban.db'],
    ['file:/var/lib/daiban.db', '/var/lib/daiban.db'],
    ['file:///var/lib/daiban.db', '/var/lib/daiban.db'],
    ['file:/srv/代办 数据/daiban.db', '/srv/代办 数据/daiban.db'],
  ])('takes %s for the path %s', (url, file) => {
    expect(readConfig({ ...live, DATABASE_URL: url }).database).toEqual({ engine: 'sqlite', file });
  });

  it.each([
    ['file:~/daiban.db', '~'],
    ['file:./daiban.db?mode=ro', '?'],
    ['file:./daiban.db#main', '#'],
    ['file://data/daiban.db', '主机名'],
    ['file: ./daiban.db', '空格'],
    ['file:./daiban.db ', '空格'],
    ['file:./daiban.db\r', '空格'],
    ['file:./dai\nban.db', '看不见'],
    ['file::memory:', '内存'],
    ['file:file:./daiban.db', '两遍'],
    ['file:$HOME/daiban.db', '变量'],
    [`file:/srv/\${NAME}/daiban.db`, '变量'],
    ['file:///srv/my%20data/daiban.db', '%20'],
    ['file:data\\daiban.db', '/ 分隔'],
    ['file:./data/', '文件名'],
    ['file:..', '文件名'],
  ])('refuses %j, which would be a file of that name, and says why', (url, word) => {
    const message = problemsOf({ ...live, DATABASE_URL: url });
    expect(message).toContain('DATABASE_URL: ');
    expect(message).toContain(word);
  });

  it.each([`${KEY.slice(0, -2)}!=`, `${KEY} `, KEY.slice(4), Buffer.alloc(32).toString('hex')])(
    'refuses the key of case %#',
    (key) => {
      expect(problemsOf({ ...live, DATA_KEY: key })).toContain('DATA_KEY: 应为 32 字节的 base64');
    },
  );

  it('connects to the platform by websocket when there are credentials', () => {
    expect(readConfig(live)).toMatchObject({
      mode: 'live',
      appId: APP_ID,
      appSecret: 'secret',
      domain: 'feishu',
      transport: { kind: 'websocket' },
      database: { engine: 'sqlite', file: './data/daiban.db' },
    });
  });

  it('reads every other value', () => {
    const config = readConfig({
      ...live,
      LARK_DOMAIN: 'http://127.0.0.1:4000/',
      LARK_TRANSPORT: 'webhook',
      LARK_ENCRYPT_KEY: 'ek',
      LARK_VERIFICATION_TOKEN: 'vt',
      DATABASE_URL: 'file:/var/lib/daiban.db',
      ADMIN_OPEN_IDS: 'ou_a, ou_b,',
      PORT: '0',
      HOST: '0.0.0.0',
      TIME_ZONE: 'Asia/Urumqi',
      LOG_LEVEL: 'debug',
    });
    expect(config).toMatchObject({
      domain: 'http://127.0.0.1:4000',
      transport: { kind: 'webhook', encryptKey: 'ek', verificationToken: 'vt' },
      database: { engine: 'sqlite', file: '/var/lib/daiban.db' },
      adminOpenIds: ['ou_a', 'ou_b'],
      port: 0,
      host: '0.0.0.0',
      zone: 'Asia/Urumqi',
      logLevel: 'debug',
    });
  });

  it('takes a database on a server', () => {
    const url = 'postgres://daiban:p%40ss@db.example:5432/daiban?sslmode=require';
    expect(readConfig({ ...live, DATABASE_URL: url }).database).toEqual({ engine: 'postgres', url });
    const same = 'postgresql://127.0.0.1/daiban';
    expect(readConfig({ ...live, DATABASE_URL: same }).database).toEqual({ engine: 'postgres', url: same });
  });

  it.each(['mysql://127.0.0.1/daiban', 'postgres://', 'postgres://127.0.0.1', 'postgres://127.0.0.1/', 'file:'])(
    'refuses the database %j',
    (url) => {
      expect(problemsOf({ DATABASE_URL: url })).toMatch(/DATABASE_URL: 应为.*postgres/);
    },
  );

  it.each([
    'open.feishu.cn',
    'https://exa mple.cn',
    'https://127.0.0.1:99999',
    'https://feishu.cn/x',
    'ftp://feishu.cn',
  ])('refuses the domain %j in words, before anything starts', (domain) => {
    expect(problemsOf({ ...live, LARK_DOMAIN: domain })).toContain('LARK_DOMAIN: 应为 feishu、lark');
  });

  it('names every problem at once', () => {
    const message = problemsOf({
      LARK_APP_ID: APP_ID,
      LARK_DOMAIN: 'open.feishu.cn',
      LARK_TRANSPORT: 'pigeon',
      DATABASE_URL: 'daiban.db',
      DATA_KEY: 'c2hvcnQ=',
      ADMIN_OPEN_IDS: '张三',
      PORT: '70000',
      TIME_ZONE: 'Asia/Ewenki',
      LOG_LEVEL: 'loud',
    });
    for (const name of [
      ...['LARK_APP_SECRET', 'LARK_DOMAIN', 'LARK_TRANSPORT', 'DATABASE_URL', 'DATA_KEY', 'ADMIN_OPEN_IDS', 'PORT'],
      ...['TIME_ZONE', 'LOG_LEVEL'],
    ]) {
      expect(message).toMatch(new RegExp(`^  .*${name}.*: .*[\\u4e00-\\u9fff]`, 'm'));
    }
  });

  it.each(['-1', '80a', '65536', '3.5', ' '])('refuses the port %j', (port) => {
    expect(problemsOf({ PORT: port })).toContain('PORT: 应为 0 到 65535 的端口号');
  });

  it('demands both credentials or none', () => {
    expect(problemsOf({ LARK_APP_ID: APP_ID, DATA_KEY: KEY })).toContain('要么都填');
    expect(problemsOf({ LARK_APP_SECRET: 'secret', DATA_KEY: KEY })).toContain('要么都填');
  });

  it('demands a key outside the sandbox and says how to make one', () => {
    const { DATA_KEY: _without, ...rest } = live;
    expect(problemsOf(rest)).toMatch(/DATA_KEY: 必填.*openssl/);
  });

  it('demands both secrets for the webhook, each by name, also when empty', () => {
    const both = problemsOf({ ...live, LARK_TRANSPORT: 'webhook', LARK_ENCRYPT_KEY: '' });
    expect(both).toContain('LARK_ENCRYPT_KEY');
    expect(both).toContain('LARK_VERIFICATION_TOKEN');
    const one = problemsOf({ ...live, LARK_TRANSPORT: 'webhook', LARK_ENCRYPT_KEY: 'ek' });
    expect(one).not.toContain('LARK_ENCRYPT_KEY');
    expect(one).toContain('LARK_VERIFICATION_TOKEN');
  });

  it('never repeats a secret in its message', () => {
    const message = problemsOf({ ...live, LARK_APP_SECRET: 'hunter2', DATA_KEY: 'aHVudGVyMg==', PORT: 'x' });
    expect(message).not.toContain('hunter2');
    expect(message).not.toContain('aHVudGVyMg==');
  });
});
