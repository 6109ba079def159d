/** The process: config → service → stop on signals. */
import { pino } from 'pino';
import { openDatabase } from '../db/open.ts';
import { createVault } from '../db/vault.ts';
import { type Config, ConfigError, type LiveConfig, readProcessConfig } from './config.ts';
import { serve } from './serve.ts';

async function startLive(config: LiveConfig): Promise<() => Promise<void>> {
  const log = pino({ level: config.logLevel });
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

async function main(): Promise<void> {
  const config = readProcessConfig();
  const stop = config.mode === 'live' ? await startLive(config) : await startSandboxMode(config);
  let stopping = false;
  const onSignal = () => {
    if (stopping) return;
    stopping = true;
    stop().then(
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
