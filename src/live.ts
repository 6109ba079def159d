/** The bot connected to the platform, as the configuration names it. */
import { dirname, join } from 'node:path';
import { openDatabase } from '../db/open.ts';
import type { LiveConfig } from './config.ts';
import { createLog } from './log.ts';
import { serve } from './serve.ts';
import { createVault } from './vault.ts';

/** Starts the bot and prints where it listens. Returns the function that stops it and closes its database. */
export async function startLive(config: LiveConfig): Promise<() => Promise<void>> {
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
