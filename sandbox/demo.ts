/** What `npm start` runs without credentials: the sandbox with people and groups, the bot connected to it, a page to open. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { pino } from 'pino';
import { openDatabase } from '../db/open.ts';
import { ConfigError, type SandboxConfig } from '../src/config.ts';
import { createVault } from '../src/vault.ts';
import { mountPage } from './page.ts';
import { openStage, StageClock } from './stage.ts';

const KEY_BYTES = 32;
/** The pretended platform delivers an event again after 15 s, 5 min, …; so often it looks whether one is due. */
const EVENT_RETRY_LOOK_MS = 5_000;

interface Running {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts the demo and prints what to open. Its database begins anew each time, as the pretended platform does.
 * Returns the function that stops it.
 */
export async function startDemo(config: SandboxConfig): Promise<() => Promise<void>> {
  let running = await begin(config, reset);

  async function reset(): Promise<void> {
    const port = Number(new URL(running.url).port);
    await running.stop();
    running = await begin({ ...config, port }, reset);
  }

  console.log('代办沙箱已启动（没有设置 LARK_APP_ID，不连接飞书）');
  console.log(`请用浏览器打开  ${running.url}`);
  console.log('在终端里看一遍完整流程：npm run tour');
  return () => running.stop();
}

async function begin(config: SandboxConfig, reset: () => Promise<void>): Promise<Running> {
  const { database, logLevel } = config;
  // Nobody's database on a server is emptied for a demonstration.
  if (database.engine !== 'sqlite') throw new ConfigError('沙箱每次启动都清空数据，DATABASE_URL 只能用 file: 或不填。');
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${database.file}${suffix}`, { force: true });
  const db = await openDatabase(database);
  const stage = await openStage({
    clock: new StageClock(),
    db,
    vault: createVault(config.dataKey ?? keyBeside(database.file)),
    zone: config.zone,
    log: pino({ level: logLevel === 'info' ? 'warn' : logLevel }),
    port: config.port,
    autostart: true,
  });
  await mountPage({ db, sandbox: stage.sandbox, reset });
  const retries = setInterval(() => void stage.sandbox.advance(), EVENT_RETRY_LOOK_MS);
  return {
    url: stage.sandbox.url,
    async stop() {
      clearInterval(retries);
      await stage.stop();
      await db.close();
    },
  };
}

/** The demo's key, made at the first start. It protects nothing but invented people. */
function keyBeside(databaseFile: string): Buffer {
  const file = `${databaseFile}.key`;
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600 });
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
}
