import { randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { renderUnicodeCompact } from 'uqr';
import { commandLine, startLine } from '../../build/typed-command.ts';
import { commands } from '../commands/index.ts';
import { type Config, isAppId, isDomain, LIVE_FILE, type LiveConfig } from '../config.ts';
import { readEnvFile, UnreadableEnvFile, withSettings, writeEnvFile } from '../env-file.ts';
import { connectionSteps } from '../lark/console-setup.ts';
import type { Credentials } from '../lark/credentials.ts';
import { toLarkError } from '../lark/errors.ts';
import { originOf } from '../lark/http.ts';
import { FEISHU_ACCOUNTS, NotRegistered, type RegisteredApp, registerBot } from '../lark/register-app.ts';
import { registerSlashCommands, SLASH_COMMANDS_MAX } from '../lark/slash-commands.ts';
import { type KnownApp, lookAtApp } from './app-check.ts';
import { type CliCommand, type CliIo, CliProblem } from './command.ts';

const DATA_KEY_BYTES = 32;
const WHITE_ON_BLACK = '\u001b[38;5;231;48;5;16m';
const PLAIN = '\u001b[0m';

const options = {
  lark: { type: 'boolean' },
  domain: { type: 'string' },
  accounts: { type: 'string' },
  app: { type: 'string' },
  'by-hand': { type: 'boolean' },
  new: { type: 'boolean' },
  'new-key': { type: 'boolean' },
  'no-start': { type: 'boolean' },
} as const;

type Flags = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

interface Wish {
  /** `feishu`, `lark` or an origin. */
  readonly domain: string;
  readonly accounts: string;
  readonly appId: string | undefined;
  readonly byHand: boolean;
  readonly isNew: boolean;
  readonly start: boolean;
}

/**
 * From nothing to a bot in a tenant: the app is made by one scan, `.env` written, the commands registered, the bot started. With
 * credentials there already it looks whether they are good, and changes nothing.
 */
export const connect: CliCommand = {
  name: 'connect',
  usage:
    'connect [--lark | --domain 地址] [--accounts 登录地址] [--app cli_… | --by-hand | --new] [--new-key] [--no-start]',
  does: '接入飞书：扫码建应用，写好 .env，登记命令，启动；已经填了凭证的，检查能不能用',
  async run(io, args) {
    const { values } = parseArgs({ args: [...args], options });
    const config = io.readConfig();
    const wantsApp = values.new || values['by-hand'] || values.app !== undefined;
    if (config.mode === 'live' && !wantsApp) return check(io, config);
    const wish = readWish(values);
    requireWritable(io.envFile);
    const dataKey = keyToWrite(io, { config, newKey: values['new-key'] === true });
    const app = wish.byHand ? await typedApp(io, wish) : await scannedApp(io, wish);
    const settings = settingsOf(app, { wish, config, dataKey });
    writeSettings(io.envFile, settings);
    io.print(`OK    ${io.envFile}：写好了，只有当前用户能读`);
    if (dataKey !== undefined) {
      io.print('OK    密钥：新生成了 DATA_KEY，在 .env 里。请另外抄一份保管：丢了它，群众的信息谁也解不开');
    }
    const credentials = { appId: app.appId, appSecret: app.appSecret, domain: settings['LARK_DOMAIN'] ?? wish.domain };
    await greet(io, { app, credentials });
    if (!wish.start) {
      io.print(`接着运行 ${startLine()}，程序开着才能保存上面第 1 步。`);
      return 0;
    }
    io.print(`正在启动机器人，让这个窗口开着；停下按 Ctrl-C，以后用 ${startLine()} 启动。`);
    const code = await io.startBot(settings);
    if (code !== 0)
      io.complain(`机器人没有在运行了，原因在上面。${io.envFile} 已经写好，改好以后运行 ${startLine()}，不用再扫码。`);
    return code;
  },
};

/**
 * Before anybody scans: an app would be made, and its secret have no place.
 * @throws CliProblem when the file could not be written.
 */
function requireWritable(file: string): void {
  try {
    withSettings(readEnvFile(file), { LARK_APP_ID: 'cli_0123456789abcdef' });
    accessSync(dirname(file), constants.W_OK);
  } catch (error) {
    if (error instanceof UnreadableEnvFile) throw unreadable(file);
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new CliProblem(`${file} 写不了（${code}），没有开始。请检查这个文件夹的权限，再运行一次。`, { cause: error });
  }
}

/** @throws CliProblem when the file's other lines keep them from being read; the file is as it was. */
function writeSettings(file: string, settings: Readonly<Record<string, string>>): void {
  try {
    writeEnvFile(file, withSettings(readEnvFile(file), settings));
  } catch (error) {
    if (!(error instanceof UnreadableEnvFile)) throw error;
    throw unreadable(file);
  }
}

function unreadable(file: string): CliProblem {
  return new CliProblem(`${file} 里有读不懂的行（如没有配对的引号），没有改它。请改好，或把它移走，再运行一次。`);
}

/** What is configured, tried out. */
async function check(io: CliIo, config: LiveConfig): Promise<number> {
  const app = await lookAtApp(config);
  io.print(`OK    凭证：${config.appId} 可用（${app.origin}）`);
  sayBot(io, app);
  io.print(`OK    接收方式：${transportWords(config)}`);
  io.print(
    `\n已经接好了，什么也没有改。启动用 ${startLine()}；收不收得到，用 ${commandLine('doctor --self-test')} 试；要换应用，加 --new 或 --app cli_…。`,
  );
  return app.isEnabled ? 0 : 1;
}

function sayBot(io: CliIo, { botName, isEnabled, missingScopes }: KnownApp): void {
  io.print(isEnabled ? `OK    机器人：${botName}` : `注意  机器人：${botName} 还没有启用，请在飞书管理后台启用它。`);
  if (missingScopes === undefined) return;
  const advice = '请在开放平台“权限管理”开通，创建版本并发布';
  io.print(
    missingScopes.length === 0 ? 'OK    权限：要用的都有了' : `注意  权限：还缺 ${missingScopes.join('、')}，${advice}`,
  );
}

/** What the flags ask for, filled up. @throws CliProblem for flags that contradict each other or cannot be read. */
export function readWish(values: Flags): Wish {
  if (values.lark && values.domain !== undefined) throw new CliProblem('--lark 和 --domain 只能写一个。');
  if ([values.new, values['by-hand'], values.app !== undefined].filter(Boolean).length > 1) {
    throw new CliProblem('--app、--by-hand、--new 只能写一个。');
  }
  const domain = values.domain ?? (values.lark ? 'lark' : 'feishu');
  if (!isDomain(domain)) throw new CliProblem('--domain 应为 feishu、lark 或一个地址，如 https://open.example.cn。');
  if (values.app !== undefined && !isAppId(values.app)) {
    throw new CliProblem('--app 应为 cli_ 加 16 位数字或 a 到 f 的字母，在开放平台“凭证与基础信息”里。');
  }
  return {
    domain,
    accounts: values.accounts ?? accountsOf(domain),
    appId: values.app,
    byHand: values['by-hand'] === true,
    isNew: values.new === true,
    start: values['no-start'] !== true,
  };
}

/** Where people log in. Of a private deployment its own host, by the platform's naming: `open.` is `accounts.` there. */
function accountsOf(domain: string): string {
  if (domain === 'feishu') return FEISHU_ACCOUNTS;
  if (domain === 'lark') return 'accounts.larksuite.com';
  const { protocol, host } = new URL(domain);
  return protocol === 'http:' ? domain : host.replace(/^open\./, 'accounts.');
}

/**
 * A fresh key, where there is none; undefined where one is configured.
 * @throws CliProblem where a database may be waiting for the key that is not here: its people could never be read again.
 */
function keyToWrite(io: CliIo, { config, newKey }: { config: Config; newKey: boolean }): string | undefined {
  if (config.mode !== 'sandbox' && config.dataKey !== undefined) return undefined;
  const { database } = config;
  const file = config.mode === 'sandbox' ? join(dirname(io.envFile), LIVE_FILE) : fileOf(database);
  const waits = file === undefined ? !newKey : existsSync(file);
  if (waits) {
    const which = file ?? 'DATABASE_URL 里的数据库';
    const advice = file === undefined ? '确定是空的数据库，请加 --new-key。' : '要从头开始，请先把它移走。';
    throw new CliProblem(`${which} 的 DATA_KEY 没有填。请把原来的 DATA_KEY 写回 .env 再试；${advice}`);
  }
  return randomBytes(DATA_KEY_BYTES).toString('base64');
}

function fileOf(database: Config['database']): string | undefined {
  return database.engine === 'sqlite' ? database.file : undefined;
}

/** An app whose id and secret are copied from the console. */
async function typedApp(io: CliIo, { domain }: Wish): Promise<RegisteredApp> {
  const appId = await io.ask('App ID（开放平台“凭证与基础信息”里，cli_ 开头）：', { secret: false });
  if (!isAppId(appId)) throw new CliProblem('App ID 应为 cli_ 加 16 位数字或 a 到 f 的字母，没有写 .env。');
  const appSecret = await io.ask('App Secret（同一页，打字时不显示）：', { secret: true });
  if (!/^\S+$/.test(appSecret)) throw new CliProblem('没有填 App Secret，没有写 .env。');
  await lookAtApp({ appId, appSecret, domain });
  return { appId, appSecret, openId: undefined, isLark: domain === 'lark' };
}

async function scannedApp(io: CliIo, { accounts, appId, isNew }: Wish): Promise<RegisteredApp> {
  try {
    const app = await registerBot({
      ...{ accounts, appId, createOnly: isNew },
      onCode: (code) => showCode(io, code),
      onTrouble: once((message) => io.print(`网络断了一下（${message}），还在等，不用重扫……`)),
    });
    io.print(`OK    应用：${app.appId}`);
    return app;
  } catch (error) {
    if (error instanceof NotRegistered) throw new CliProblem(unregisteredWords(error));
    const { message } = toLarkError(error);
    throw new CliProblem(
      `没有连上 ${accounts}（${message}）。请检查网络和代理；私有部署请加 --accounts，或用 --by-hand 填已有的应用。`,
    );
  }
}

function once(tell: (words: string) => void): (words: string) => void {
  let told = false;
  return (words) => {
    if (!told) tell(words);
    told = true;
  };
}

function showCode(io: CliIo, { url, seconds }: { url: string; seconds: number }): void {
  const minutes = Math.max(1, Math.round(seconds / 60));
  io.print(`请用飞书手机端扫一扫（${minutes} 分钟内有效），在打开的页面核对名称和权限后确认：\n`);
  for (const line of scannable(url, io.columns)) io.print(line);
  io.print(`\n扫不了的，在登录了飞书的浏览器里打开：\n${url}\n\n等待确认……（不做了按 Ctrl-C，什么也不会改）`);
}

/** White on black whatever the terminal's own colours are, or a line that says why there is none. */
function scannable(url: string, columns: number | undefined): string[] {
  const lines = renderUnicodeCompact(url, { border: 1, ecc: 'L' }).split('\n');
  const width = lines[0]?.length ?? 0;
  if (columns === undefined) return lines;
  if (width <= columns) return lines.map((line) => `${WHITE_ON_BLACK}${line}${PLAIN}`);
  return [`（二维码要 ${width} 列，这个窗口只有 ${columns} 列，画不下。请把窗口拉宽再运行一次，或用下面的网址。）`];
}

function unregisteredWords({ reason, message }: NotRegistered): string {
  if (reason === 'denied') return '扫码的人没有同意，什么也没有改。请让能建应用的人（企业管理员）扫，再运行一次。';
  if (reason === 'expired') return '二维码过期了，什么也没有改。请再运行一次。';
  return `平台没有建应用：${message}。可以在开放平台建好应用，再用 --by-hand 填进来。`;
}

/** What goes into `.env`. Who scanned is the first administrator; those who are already named stay. */
export function settingsOf(
  app: RegisteredApp,
  {
    wish,
    config,
    dataKey,
  }: { wish: Pick<Wish, 'domain'>; config: Pick<Config, 'adminOpenIds'>; dataKey: string | undefined },
): Record<string, string> {
  const domain = app.isLark && wish.domain === 'feishu' ? 'lark' : wish.domain;
  const admins = new Set([...config.adminOpenIds, ...(app.openId === undefined ? [] : [app.openId])]);
  return {
    LARK_APP_ID: app.appId,
    LARK_APP_SECRET: app.appSecret,
    LARK_DOMAIN: domain,
    ...(dataKey === undefined ? {} : { DATA_KEY: dataKey }),
    ...(admins.size === 0 ? {} : { ADMIN_OPEN_IDS: [...admins].join(',') }),
  };
}

/** What the platform says of the app, the list behind “/”, and what a person has to do in the console. */
async function greet(io: CliIo, { app, credentials }: { app: RegisteredApp; credentials: Credentials }): Promise<void> {
  const known = await knownApp(io, credentials);
  if (known) {
    sayBot(io, known);
    await sayCommands(io, known);
  }
  io.print(
    app.openId === undefined
      ? '注意  管理员：平台没有说是谁扫的码；启动后把打印出来的口令私信机器人（/初始化 口令 姓名）'
      : 'OK    管理员：扫码的人一启动就是系统管理员',
  );
  io.print(`\n程序替不了的，请到开放平台逐项做（${commandLine('doctor')} 看做到了没有）：`);
  for (const [index, step] of connectionSteps(`${originOf(credentials.domain)}/app/${app.appId}`).entries()) {
    io.print(`  ${index + 1}. ${step}`);
  }
  io.print('');
}

/** All is written by now: what the platform does not say of a new app it says later, to `doctor`. */
async function knownApp(io: CliIo, credentials: Credentials): Promise<KnownApp | undefined> {
  try {
    return await lookAtApp(credentials);
  } catch (error) {
    if (!(error instanceof CliProblem)) throw error;
    io.print(`注意  平台：${error.message}（${io.envFile} 已经写好，过一会儿用 ${commandLine('doctor')} 再看）`);
    return undefined;
  }
}

/** The list is an aid: without it everything works. */
async function sayCommands(io: CliIo, app: KnownApp): Promise<void> {
  const wanted = commands.filter(({ hidden }) => !hidden).map(({ name, summary }) => ({ name, does: summary }));
  try {
    const { added, changed } = await registerSlashCommands(wanted.slice(0, SLASH_COMMANDS_MAX), app);
    io.print(`OK    命令面板：私聊里打“/”就列出命令（新加 ${added} 个，改了 ${changed} 个）`);
  } catch (error) {
    io.print(`注意  命令面板：没有登记上（${toLarkError(error).message}），不影响使用，命令照样可以打出来`);
  }
}

function transportWords(config: LiveConfig): string {
  if (config.transport.kind === 'websocket') return '长连接，不需要公网地址';
  return '回调地址（webhook），请在开放平台把事件和卡片回调都填成 公网地址/lark/events';
}
