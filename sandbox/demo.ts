/** What `npm start` runs without credentials: the sandbox with people and groups, the bot connected to it, a page to open. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pino } from 'pino';
import type { Database } from '../db/database.ts';
import { openDatabase } from '../db/open.ts';
import { fileState, isSandbox, markAsSandbox } from '../db/sqlite/state.ts';
import { ConfigError, type SandboxConfig } from '../src/config.ts';
import { lockAgainstOthers } from '../src/database-file.ts';
import { localDay, startOfDay } from '../src/domain/calendar.ts';
import { publishedCalendar } from '../src/domain/working-calendar.ts';
import { createVault } from '../src/vault.ts';
import { elsewhere } from './history/people.ts';
import { writeHistory } from './history/write.ts';
import { mountPage } from './page.ts';
import { openStage, StageClock } from './stage.ts';
import { ensureWebBuilt, PageNotBuilt } from './web-build.ts';

const KEY_BYTES = 32;
const MORNING_MS = 9.5 * 3_600_000;
/** Eight weeks: the month before, and what has been going on since. */
const HISTORY_MS = 56 * 24 * 3_600_000;
/** The jobs of the morning have not run yet: their time can be set, but not into the night. */
const BEFORE_JOBS_MS = 3 * 3_600_000;
/** The pretended platform delivers an event again after 15 s, 5 min, …; so often it looks whether one is due. */
const EVENT_RETRY_LOOK_MS = 5_000;

interface Running {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts the demo and prints what to open. Its database begins anew each time, as the pretended platform does.
 * Returns the function that stops it. Refuses while another one runs on the same file.
 */
export async function startDemo(config: SandboxConfig): Promise<() => Promise<void>> {
  await buildPage();
  const { file } = config.database;
  mkdirSync(dirname(file), { recursive: true });
  const release = lockAgainstOthers(file, '另一个本地沙箱');
  let running = await begin(config, reset);

  async function reset(): Promise<void> {
    const port = Number(new URL(running.url).port);
    await running.stop();
    running = await begin({ ...config, port }, reset);
  }

  console.log('代办沙箱已启动（没有设置 LARK_APP_ID，不连接飞书）');
  console.log(`请用浏览器打开  ${running.url}`);
  console.log('在终端里看一遍完整流程：npm run tour');
  return async () => {
    await running.stop();
    release();
  };
}

/** First of all: what it lacks is told before a database is begun. */
async function buildPage(): Promise<void> {
  try {
    await ensureWebBuilt();
  } catch (error) {
    throw error instanceof PageNotBuilt ? new ConfigError(error.message) : error;
  }
}

async function begin(config: SandboxConfig, reset: () => Promise<void>): Promise<Running> {
  const { database, logLevel } = config;
  const db = await openAnew(database.file);
  const { zone } = config;
  const vault = createVault(keyBeside(database.file));
  const morning = workingMorning(Date.now(), zone);
  const since = morning - HISTORY_MS;
  const clock = new StageClock();
  clock.moveTo(morning - BEFORE_JOBS_MS);
  const stage = await openStage({
    ...{ clock, db, vault, zone, since },
    others: elsewhere,
    before: () => writeHistory({ db, vault, zone, from: since, until: clock.now() }),
    log: pino({ level: logLevel === 'info' ? 'warn' : logLevel }),
    port: config.port,
    autostart: true,
  });
  await mountPage({ db, sandbox: stage.sandbox, reset });
  await stage.passTo(morning);
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

/** 09:30 of today if it is a working day, else of the last one: the weeks before are over, and offices have just opened. */
function workingMorning(now: number, zone: string): number {
  return startOfDay(publishedCalendar.lastWorkingDayUpTo(localDay(now, zone)), zone) + MORNING_MS;
}

/** An empty database with the sandbox's mark, in the place of one that bears it. Whatever else stands there stays. */
function openAnew(file: string): Promise<Database> {
  if (fileState(file) !== 'missing') {
    if (!isSandbox(file)) {
      throw new ConfigError(`${resolve(file)} 不是沙箱建的数据库，没有动它。请把它移到别处，再启动沙箱。`);
    }
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  }
  markAsSandbox(file);
  return openDatabase({ engine: 'sqlite', file });
}

/** The demo's key, made at the first start. It protects nothing but invented people. */
function keyBeside(databaseFile: string): Buffer {
  const file = `${databaseFile}.key`;
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600 });
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length !== KEY_BYTES) throw new ConfigError(`密钥文件 ${resolve(file)} 已损坏，请删掉它再启动沙箱。`);
  return key;
}
