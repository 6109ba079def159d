/** The only reader of the environment. Every problem is named at once, in one message. */
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { type DatabaseAddress, databaseUrlProblem, parseDatabaseUrl } from '../db/open.ts';
import { missedLines } from './env-names.ts';
import { type FilesAddress, parseFilesUrl } from './papers/address.ts';

/** 32 bytes in base64, of either alphabet. */
const dataKeyPattern = /^[\w+/-]{43}=?$/;
/** What the platform gives every app; the long connection takes nothing else. */
const appIdPattern = /^cli_[\da-f]{16}$/i;
const DEFAULT_ZONE = 'Asia/Shanghai';
/** The database where `DATABASE_URL` names none. */
export const LIVE_FILE = './data/daiban.db';
const FILES_FOLDER = './data/papers';
const FILES_DEFAULT = `file:${FILES_FOLDER}`;
const SANDBOX_FILE = './data/sandbox.db';

/** An unset variable and an empty one are the same: `.env` files leave lines such as `PORT=`. */
const optionalText = z.preprocess((value) => (value === '' ? undefined : value), z.string().optional());

const domainPattern = /^(feishu|lark|https?:\/\/[^/?#]+\/?)$/;

const domain = z.string().refine(isDomain, '应为 feishu、lark 或一个地址，如 http://127.0.0.1:4000');

const environmentSchema = z.object({
  LARK_APP_ID: optionalText.pipe(
    z
      .string()
      .regex(appIdPattern, '应为 cli_ 加 16 位数字或 a 到 f 的字母，请到开放平台“凭证与基础信息”里重新复制')
      .optional(),
  ),
  LARK_APP_SECRET: optionalText,
  LARK_DOMAIN: optionalText.pipe(domain.default('feishu')),
  LARK_TRANSPORT: optionalText.pipe(z.enum(['websocket', 'webhook'], '应为 websocket 或 webhook').default('websocket')),
  LARK_ENCRYPT_KEY: optionalText,
  LARK_VERIFICATION_TOKEN: optionalText,
  DATABASE_URL: optionalText.pipe(z.string().superRefine(because(databaseUrlProblem)).optional()),
  DATA_KEY: optionalText.pipe(z.string().regex(dataKeyPattern, '应为 32 字节的 base64').optional()),
  DATA_KEY_FORMER: optionalText.pipe(z.string().regex(dataKeyPattern, '应为 32 字节的 base64').optional()),
  FILES_URL: optionalText.pipe(z.string().superRefine(because(filesUrlProblem)).optional()),
  ADMIN_OPEN_IDS: optionalText.pipe(
    z
      .string()
      .regex(/^\s*ou_[\w-]+(\s*,\s*ou_[\w-]+)*\s*,?\s*$/, '应为用逗号隔开的 open_id（ou_ 开头）')
      .optional(),
  ),
  PORT: optionalText.pipe(
    z
      .string()
      .regex(/^\d{1,5}$/, '应为 0 到 65535 的端口号')
      .transform(Number)
      .refine((port) => port <= 65_535, '应为 0 到 65535 的端口号')
      .default(3000),
  ),
  HOST: optionalText.pipe(z.string().default('127.0.0.1')),
  METRICS_TOKEN: optionalText.pipe(
    z
      .string()
      .regex(/^[\x21-\x7e]{16,}$/, '至少 16 个字符，不含空格')
      .optional(),
  ),
  TIME_ZONE: optionalText.pipe(z.string().superRefine(because(zoneProblem)).default(DEFAULT_ZONE)),
  LOG_LEVEL: optionalText.pipe(
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], '不是日志级别').default('info'),
  ),
});

type Environment = z.infer<typeof environmentSchema>;

/** Could `LARK_APP_ID` be this? */
export function isAppId(text: string): boolean {
  return appIdPattern.test(text);
}

/** Could `LARK_DOMAIN` be this? */
export function isDomain(text: string): boolean {
  return domainPattern.test(text) && (!text.includes('://') || URL.canParse(text));
}

interface Common {
  readonly database: DatabaseAddress;
  /** While `DATA_KEY` is being changed: the other key that opens, too. */
  readonly formerKey?: Buffer | undefined;
  /** Where the papers of cases are kept; the sandbox keeps them in memory. */
  readonly files: FilesAddress;
  readonly adminOpenIds: readonly string[];
  readonly port: number;
  readonly host: string;
  readonly zone: string;
  readonly logLevel: Environment['LOG_LEVEL'];
}

/** Connected to the platform. */
export interface LiveConfig extends Common {
  readonly mode: 'live';
  readonly appId: string;
  readonly appSecret: string;
  /** `feishu`, `lark` or an origin. */
  readonly domain: string;
  readonly transport: { readonly kind: 'websocket' } | WebhookTransport;
  readonly dataKey: Buffer;
  /** Whoever has it may read the figures; see `src/http/health.ts`. */
  readonly metricsToken?: string | undefined;
}

export interface WebhookTransport {
  readonly kind: 'webhook';
  readonly encryptKey: string;
  readonly verificationToken: string;
}

/** Nothing names a platform or a database: the local look-alike, with a database and a key of its own. */
export interface SandboxConfig extends Common {
  readonly mode: 'sandbox';
  readonly database: Extract<DatabaseAddress, { engine: 'sqlite' }>;
}

/**
 * A database or its key is named and no credentials are: the operator's commands can work on it, and the bot does not start, because
 * a lost credential must never put the look-alike in the place of a ledger.
 */
export interface DetachedConfig extends Common {
  readonly mode: 'detached';
  readonly dataKey: Buffer | undefined;
}

export type Config = LiveConfig | SandboxConfig | DetachedConfig;

/** Why the bot does not start on a `DetachedConfig`, and what to do. */
export const DETACHED_WORDS =
  '填了 DATABASE_URL 或 DATA_KEY，却没有 LARK_APP_ID 和 LARK_APP_SECRET。要连接飞书，请把这两个填上；只想试用本地沙箱，请去掉 DATABASE_URL 和 DATA_KEY。';

/** Thrown with one line per problem. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads and checks the configuration (`.env.example` names all of it).
 * @param missed what the file says in vain, a sentence each.
 * @throws ConfigError naming every problem.
 */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  missed: readonly string[] = [],
): Config {
  const parsed = environmentSchema.safeParse(environment);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`);
  problems.push(...missing(environment), ...missed);
  if (!parsed.success || problems.length > 0) throw new ConfigError(['配置有问题：', ...problems].join('\n  '));
  return configOf(parsed.data);
}

/**
 * Loads `.env` if there is one, then reads the process's environment.
 * @throws ConfigError also for a `.env` that cannot be read.
 */
export function readProcessConfig(): Config {
  let missed: string[] = [];
  try {
    process.loadEnvFile();
    const content = readFileSync('.env');
    requireUtf8(content);
    missed = missedLines(content.toString('utf8'), Object.keys(environmentSchema.shape));
  } catch (error) {
    const told = error instanceof Error && 'code' in error ? String(error.code) : '';
    // Of a folder Node 20 says that its contents are no string.
    const code = told === 'ERR_INVALID_ARG_TYPE' ? 'EISDIR' : told;
    if (['EACCES', 'EPERM', 'EISDIR'].includes(code)) {
      throw new ConfigError(`读不了 .env（${code}）。请检查它是不是一个文件、运行程序的用户能不能读。`);
    }
    if (code !== 'ENOENT') throw error;
  }
  return readConfig(process.env, missed);
}

/** Of another encoding no line is understood, or with a mark at its beginning all but the first: what it says would not count, unnoticed. */
function requireUtf8(content: Buffer): void {
  const hasMark = ['\xef\xbb\xbf', '\xff\xfe', '\xfe\xff'].some((mark) => content.indexOf(mark, 0, 'latin1') === 0);
  if (!hasMark && !content.includes(0)) return;
  throw new ConfigError('.env 的编码不对，里面的设置读不出来。请另存为 UTF-8（不带 BOM）。');
}

function configOf(environment: Environment): Config {
  if (environment.LARK_APP_ID !== undefined) return liveConfig(environment);
  const { DATABASE_URL: url, DATA_KEY: key } = environment;
  if (url === undefined && key === undefined) {
    return { ...common(environment), mode: 'sandbox', database: { engine: 'sqlite', file: SANDBOX_FILE } };
  }
  const dataKey = key === undefined ? undefined : Buffer.from(key, 'base64');
  return { ...common(environment), mode: 'detached', database: namedDatabase(environment), dataKey };
}

/** What one variable demands of another. */
function missing(environment: Readonly<Record<string, string | undefined>>): string[] {
  const has = (name: string) => Boolean(environment[name]);
  const problems: string[] = [];
  if (has('DATA_KEY_FORMER')) problems.push(...formerKeyProblems(environment));
  if (has('LARK_APP_ID') !== has('LARK_APP_SECRET')) {
    problems.push('LARK_APP_ID 和 LARK_APP_SECRET: 要么都填，要么都不填（不填则用本地沙箱）');
  }
  if (!has('LARK_APP_ID')) return problems;
  if (!has('DATA_KEY')) problems.push('DATA_KEY: 必填，32 字节的 base64，可用 openssl rand -base64 32 生成');
  if (environment['LARK_TRANSPORT'] === 'webhook') {
    for (const name of ['LARK_ENCRYPT_KEY', 'LARK_VERIFICATION_TOKEN']) {
      if (!has(name)) problems.push(`${name}: webhook 方式必填，否则无法验证请求来自飞书`);
    }
  }
  return problems;
}

function formerKeyProblems({ DATA_KEY: key, DATA_KEY_FORMER: former }: Readonly<Record<string, string | undefined>>) {
  if (!key) return ['DATA_KEY_FORMER: 只在换密钥时填，DATA_KEY 也要填'];
  const same = Buffer.from(key, 'base64').equals(Buffer.from(former ?? '', 'base64'));
  return same ? ['DATA_KEY_FORMER: 和 DATA_KEY 相同；这里填原来的密钥，DATA_KEY 填新的'] : [];
}

function liveConfig(environment: Environment): LiveConfig {
  const transport =
    environment.LARK_TRANSPORT === 'websocket'
      ? { kind: 'websocket' as const }
      : {
          kind: 'webhook' as const,
          encryptKey: environment.LARK_ENCRYPT_KEY ?? '',
          verificationToken: environment.LARK_VERIFICATION_TOKEN ?? '',
        };
  return {
    ...common(environment),
    mode: 'live',
    database: namedDatabase(environment),
    appId: environment.LARK_APP_ID ?? '',
    appSecret: environment.LARK_APP_SECRET ?? '',
    domain: environment.LARK_DOMAIN.replace(/\/$/, ''),
    transport,
    dataKey: Buffer.from(environment.DATA_KEY ?? '', 'base64'),
    metricsToken: environment.METRICS_TOKEN,
  };
}

function namedDatabase(environment: Environment): DatabaseAddress {
  return parseDatabaseUrl(environment.DATABASE_URL ?? '') ?? { engine: 'sqlite', file: LIVE_FILE };
}

function common(environment: Environment): Omit<Common, 'database'> {
  const { DATA_KEY_FORMER: former } = environment;
  return {
    formerKey: former === undefined ? undefined : Buffer.from(former, 'base64'),
    files: parseFilesUrl(environment.FILES_URL ?? FILES_DEFAULT) ?? { kind: 'folder', folder: FILES_FOLDER },
    adminOpenIds: (environment.ADMIN_OPEN_IDS ?? '')
      .split(',')
      .map((id) => id.trim())
      .filter((id) => id !== ''),
    port: environment.PORT,
    host: environment.HOST,
    zone: environment.TIME_ZONE,
    logLevel: environment.LOG_LEVEL,
  };
}

function filesUrlProblem(url: string): string | undefined {
  if (parseFilesUrl(url) !== undefined) return undefined;
  return `应为 file: 开头的文件夹，如 ${FILES_DEFAULT}，或 https://密钥编号:密钥@主机/存储桶（S3 对象存储）`;
}

/** A refinement that says by itself what is wrong. */
function because(problemOf: (text: string) => string | undefined) {
  return (text: string, ctx: z.RefinementCtx) => {
    const message = problemOf(text);
    if (message !== undefined) ctx.addIssue({ code: 'custom', message });
  };
}

/**
 * Only names that mean one place: `CST` is America's to Node and China's to a server there, and `Etc/GMT+8` lies eight hours behind.
 * https://www.iana.org/time-zones
 */
function zoneProblem(name: string): string | undefined {
  if (name === 'CST') return `CST 有几种意思，请写 ${DEFAULT_ZONE}`;
  const plain = name === 'UTC' || name === 'PRC' || (name.includes('/') && !/^Etc\/GMT[+-]/i.test(name));
  if (!plain) return `应为 洲/城市 这样的名称，请写 ${DEFAULT_ZONE}`;
  try {
    new Intl.DateTimeFormat('zh-CN', { timeZone: name });
    return undefined;
  } catch {
    return `没有这个时区，请写 ${DEFAULT_ZONE}`;
  }
}
