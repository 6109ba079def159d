/** The only reader of the environment. Every problem is named at once, in one message. */
import * as z from 'zod';
import { type DatabaseAddress, parseDatabaseUrl } from '../db/open.ts';

const DATA_KEY_BYTES = 32;

/** An unset variable and an empty one are the same: `.env` files leave lines such as `PORT=`. */
const optionalText = z.preprocess((value) => (value === '' ? undefined : value), z.string().optional());

const domain = z
  .string()
  .regex(/^(feishu|lark|https?:\/\/[^/?#]+\/?)$/, '应为 feishu、lark 或一个地址，如 http://127.0.0.1:4000');

const environmentSchema = z.object({
  LARK_APP_ID: optionalText,
  LARK_APP_SECRET: optionalText,
  LARK_DOMAIN: optionalText.pipe(domain.default('feishu')),
  LARK_TRANSPORT: optionalText.pipe(z.enum(['websocket', 'webhook'], '应为 websocket 或 webhook').default('websocket')),
  LARK_ENCRYPT_KEY: optionalText,
  LARK_VERIFICATION_TOKEN: optionalText,
  DATABASE_URL: optionalText.pipe(
    z
      .string()
      .refine(
        (text) => parseDatabaseUrl(text) !== undefined,
        '应为 file: 开头的路径（如 file:./data/daiban.db），或 postgres://用户:密码@主机/库名',
      )
      .optional(),
  ),
  DATA_KEY: optionalText.pipe(
    z
      .string()
      .refine((text) => Buffer.from(text, 'base64').length === DATA_KEY_BYTES, '应为 32 字节的 base64')
      .optional(),
  ),
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
  TIME_ZONE: optionalText.pipe(z.string().refine(isTimeZone, '没有这个时区').default('Asia/Shanghai')),
  LOG_LEVEL: optionalText.pipe(
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], '不是日志级别').default('info'),
  ),
});

type Environment = z.infer<typeof environmentSchema>;

interface Common {
  readonly database: DatabaseAddress;
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

/** No credentials: the local look-alike of the platform. Its key is kept beside the database unless one is given. */
export interface SandboxConfig extends Common {
  readonly mode: 'sandbox';
  readonly dataKey: Buffer | undefined;
}

export type Config = LiveConfig | SandboxConfig;

/** Thrown with one line per problem. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads and checks the configuration (DESIGN §8).
 * @throws ConfigError naming every problem.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const parsed = environmentSchema.safeParse(environment);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`);
  problems.push(...missing(environment));
  if (!parsed.success || problems.length > 0) throw new ConfigError(['配置有问题：', ...problems].join('\n  '));
  return parsed.data.LARK_APP_ID === undefined ? sandboxConfig(parsed.data) : liveConfig(parsed.data);
}

/** Loads `.env` if there is one, then reads the process's environment. */
export function readProcessConfig(): Config {
  try {
    process.loadEnvFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return readConfig(process.env);
}

/** What one variable demands of another. */
function missing(environment: Readonly<Record<string, string | undefined>>): string[] {
  const has = (name: string) => Boolean(environment[name]);
  const problems: string[] = [];
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
    ...common(environment, './data/daiban.db'),
    mode: 'live',
    appId: environment.LARK_APP_ID ?? '',
    appSecret: environment.LARK_APP_SECRET ?? '',
    domain: environment.LARK_DOMAIN.replace(/\/$/, ''),
    transport,
    dataKey: Buffer.from(environment.DATA_KEY ?? '', 'base64'),
    metricsToken: environment.METRICS_TOKEN,
  };
}

function sandboxConfig(environment: Environment): SandboxConfig {
  const dataKey = environment.DATA_KEY === undefined ? undefined : Buffer.from(environment.DATA_KEY, 'base64');
  return { ...common(environment, './data/sandbox.db'), mode: 'sandbox', dataKey };
}

function common(environment: Environment, defaultFile: string): Common {
  return {
    database: parseDatabaseUrl(environment.DATABASE_URL ?? '') ?? { engine: 'sqlite', file: defaultFile },
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

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('zh-CN', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
