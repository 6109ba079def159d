/** Who is measured, and with what. */
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../test/support/free-port.ts';
import { askStored, type Child, start } from './child.ts';
import type { LoadJob } from './load-job.ts';
import { DATA_KEY } from './prepare.ts';
import { app } from './wire.ts';

export interface Scene {
  /** For databases; deleted after the run. */
  readonly folder: string;
  readonly platformUrl: string;
  /** The prepared database, and the drafts in it as a JSON file. */
  readonly template: string;
  readonly draftsFile: string;
  /** Address of a copy of the prepared database on a PostgreSQL server; the copy made before is gone then. */
  freshPostgres(): Promise<string>;
  /** Throws unless that copy holds so many cases, each once and each with its entry in the ledger. */
  expectCases(count: number): Promise<void>;
}

type Work = Pick<LoadJob, 'what' | 'expect' | 'twiceEvery'>;

export interface Contender {
  readonly key: 'sdk' | 'help' | 'register' | 'postgres' | 'koishi' | 'processes';
  readonly label: string;
  /** Requests counted per round, and those before that are not. */
  readonly count: number;
  readonly warmUp: number;
  /** Where fewer rounds will do: who is ten times slower than everybody else is so in each. */
  readonly roundsMax?: number;
  /** Why it cannot take part here; undefined when it can. */
  skipped(): string | undefined;
  work(scene: Scene): Work;
  start(scene: Scene): Promise<readonly [Child, ...Child[]]>;
  /** Throws when what was answered is not what stands in the database. */
  readonly check?: (scene: Scene, count: number) => Promise<void>;
  /** How many it has stored so far, for those who answer before they store. */
  readonly storedSoFar?: (child: Child) => Promise<{ stored: number; lastStoredAt: number }>;
}

const peers = fileURLToPath(new URL('peers/', import.meta.url));
const TSX = ['--import', 'tsx'];
/** As in the `start` script of package.json; `prebench` there has the bundle made. */
const BOT = ['--enable-source-maps', 'dist/main.js'];
const READY = /代办已启动：(\S+)/;

/** The program itself, as `npm start` runs it, on a copy of the prepared database. */
export async function startBot(scene: Scene, databaseUrl?: string): Promise<Child> {
  const file = join(scene.folder, 'bot.db');
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  copyFileSync(scene.template, file);
  const env = { ...botEnvironment(scene, file), ...(databaseUrl && { DATABASE_URL: databaseUrl }) };
  return start({ args: BOT, ready: READY, env });
}

export function botEnvironment(scene: Scene, file: string): Readonly<Record<string, string>> {
  return {
    LARK_APP_ID: app.id,
    LARK_APP_SECRET: app.secret,
    LARK_DOMAIN: scene.platformUrl,
    LARK_TRANSPORT: 'webhook',
    LARK_ENCRYPT_KEY: app.encryptKey,
    LARK_VERIFICATION_TOKEN: app.verificationToken,
    DATABASE_URL: `file:${file}`,
    DATA_KEY: DATA_KEY.toString('base64'),
    PORT: '0',
    LOG_LEVEL: 'warn',
  };
}

/** So many before anything is counted: until then the compiler is what is measured, and it has more to do in the larger program. */
const LONG = { count: 15_000, warmUp: 8_000 };
const takesPart = () => undefined;
const help: Work = { what: { kind: 'message', text: '/帮助' }, expect: '' };
const submit = (scene: Scene): Work => ({
  what: { kind: 'submit', draftsFile: scene.draftsFile, from: 0 },
  expect: '登记成功',
});

export const contenders: readonly Contender[] = [
  {
    key: 'sdk',
    label: '(a) the SDK’s Express adapter, doing nothing',
    ...LONG,
    skipped: takesPart,
    work: () => help,
    start: async () => [await start({ args: [...TSX, 'bench/sdk-adapter.ts'] })],
  },
  {
    key: 'help',
    label: '(b) this bot, answering /帮助',
    ...LONG,
    skipped: takesPart,
    work: () => help,
    start: async (scene) => [await startBot(scene)],
  },
  {
    key: 'register',
    label: '(c) this bot, registering a case (SQLite, synchronous=FULL)',
    count: 4000,
    warmUp: 3000,
    skipped: takesPart,
    work: submit,
    start: async (scene) => [await startBot(scene)],
  },
  {
    key: 'postgres',
    label: '(d) the same on PostgreSQL (fsync, synchronous_commit; its server on the same machine)',
    count: 1500,
    warmUp: 500,
    roundsMax: 3,
    skipped: takesPart,
    work: submit,
    start: async (scene) => [await startBot(scene, await scene.freshPostgres())],
  },
  {
    key: 'processes',
    label: '(f) three processes of it on one PostgreSQL database, every tenth delivery sent to two of them',
    count: 1500,
    warmUp: 500,
    roundsMax: 3,
    skipped: takesPart,
    work: (scene) => ({ ...submit(scene), twiceEvery: 10 }),
    start: async (scene) => {
      const url = await scene.freshPostgres();
      return [await startBot(scene, url), await startBot(scene, url), await startBot(scene, url)];
    },
    check: (scene, count) => scene.expectCases(count),
  },
  {
    key: 'koishi',
    label: '(e) Koishi with its Lark adapter, storing one row (its SQLite driver’s defaults)',
    count: 800,
    warmUp: 200,
    roundsMax: 3,
    skipped: () =>
      existsSync(join(peers, 'node_modules/koishi')) ? undefined : 'skipped: run `npm ci` in bench/peers first',
    work: () => ({ what: { kind: 'message', text: 'register 低保 张三丰 13800000000' }, expect: '' }),
    start: startKoishi,
    storedSoFar: askStored,
  },
];

async function startKoishi(scene: Scene): Promise<readonly [Child]> {
  const file = join(scene.folder, 'koishi.db');
  rmSync(file, { force: true });
  const { id: appId, secret: appSecret, encryptKey, verificationToken } = app;
  // Its server takes port 0 for "none".
  const port = await freePort();
  const settings = { port, file, platform: scene.platformUrl, appId, appSecret, encryptKey, verificationToken };
  return [await start({ args: ['bench/peers/koishi.mjs'], env: { BENCH_KOISHI: JSON.stringify(settings) } })];
}
