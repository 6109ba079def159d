/** The process: config → service → stop on signals. */
import { dirname, join } from 'node:path';
import { describeDatabase, openDatabase } from '../db/open.ts';
import { type Config, ConfigError, type LiveConfig, readProcessConfig } from './config.ts';
import { createLog } from './log.ts';
import { serve } from './serve.ts';
import { startProblem } from './start-problem.ts';
import { createVault } from './vault.ts';
import { withinTime } from './within-time.ts';

/** Whoever runs the program waits about ten seconds before it is killed. */
const STOP_WITHIN_MS = 5_000;

async function startLive(config: LiveConfig): Promise<() => Promise<void>> {
  const log = createLog(config.logLevel);
  const db = await openDatabase(config.database);
  const vault = createVault(config.dataKey);
  const service = await serve({
    connection: config,
    db,
    vault,
    clock: { now: () => Date.now() },
    zone: config.zone,
    log,
    adminOpenIds: config.adminOpenIds,
    backups: backupsOf(config),
    processMetrics: true,
  });
  console.log(`代办已启动：${service.url}`);
  if (service.setupCode) console.log(`还没有管理员。请私信机器人：/初始化 ${service.setupCode}`);
  return async () => {
    await service.stop();
    await db.close();
  };
}

/** A PostgreSQL server is backed up by its own tools. */
function backupsOf({ database, dataKey }: LiveConfig) {
  if (database.engine !== 'sqlite') return undefined;
  return { databaseFile: database.file, folder: join(dirname(database.file), 'backups'), dataKey };
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
    const sentence = startProblem(error, { ...config, database: describeDatabase(config.database) });
    throw sentence === undefined ? error : new ConfigError(sentence);
  }
}

async function main(): Promise<void> {
  const started = start(readProcessConfig());
  let stopping = false;
  const onSignal = () => {
    if (stopping) return;
    stopping = true;
    // What is not finished then is safe in the database, and goes on after the next start.
    started
      .then((stop) => withinTime(stop(), STOP_WITHIN_MS))
      .then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
  };
  // From the beginning: whoever stops the program while it starts gets an orderly end too.
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  await started;
}

function fail(error: unknown): never {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
}

main().catch(fail);
