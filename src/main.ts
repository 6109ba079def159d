/** The process: config → service → stop on signals. */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openSqlite } from '../db/client.ts';
import { createVault } from '../db/vault.ts';
import { type Config, ConfigError, type LiveConfig, readProcessConfig } from './config.ts';
import { createLog } from './log.ts';
import { serve } from './serve.ts';
import { withinTime } from './within-time.ts';

/** Whoever runs the program waits about ten seconds before it is killed. */
const STOP_WITHIN_MS = 5_000;

import { startProblem } from './start-problem.ts';

async function startLive(config: LiveConfig): Promise<() => Promise<void>> {
  const log = createLog(config.logLevel);
  mkdirSync(dirname(config.databaseFile), { recursive: true });
  const db = openSqlite({ file: config.databaseFile });
  const vault = createVault(config.dataKey);
  const service = await serve({
    connection: config,
    db,
    vault,
    clock: { now: () => Date.now() },
    zone: config.zone,
    log,
    adminOpenIds: config.adminOpenIds,
    backups: {
      databaseFile: config.databaseFile,
      folder: join(dirname(config.databaseFile), 'backups'),
      dataKey: config.dataKey,
    },
    processMetrics: true,
  });
  console.log(`代办已启动：${service.url}`);
  if (service.setupCode) console.log(`还没有管理员。请私信机器人：/初始化 ${service.setupCode}`);
  return async () => {
    await service.stop();
    await db.close();
  };
}

/** Without credentials there is no platform to talk to: only then, and only here, the local look-alike is loaded. */
async function startSandboxMode(config: Extract<Config, { mode: 'sandbox' }>): Promise<() => Promise<void>> {
  const { startDemo } = await import('../sandbox/demo.ts');
  return startDemo(config);
}

/** Rejects with `ConfigError` for what whoever runs the program can put right. */
async function start(config: Config): Promise<() => Promise<void>> {
  try {
    return config.mode === 'live' ? await startLive(config) : await startSandboxMode(config);
  } catch (error) {
    const sentence = startProblem(error, config);
    throw sentence === undefined ? error : new ConfigError(sentence);
  }
}

async function main(): Promise<void> {
  const config = readProcessConfig();
  const stop = await start(config);
  let stopping = false;
  const onSignal = () => {
    if (stopping) return;
    stopping = true;
    // What is not finished then is safe in the database, and goes on after the next start.
    withinTime(stop(), STOP_WITHIN_MS).then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}

function fail(error: unknown): never {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
}

main().catch(fail);
