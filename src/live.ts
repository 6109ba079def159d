/** The bot connected to the platform, as the configuration names it. */
import { dirname, join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { openDatabase } from '../db/open.ts';
import { ConfigError, type LiveConfig } from './config.ts';
import { type BegunFile, beginFile } from './database-file.ts';
import { findCredentialProblem } from './lark/credentials.ts';
import { createLog } from './log.ts';
import { paperStoreAt } from './papers/store-at.ts';
import { serve } from './serve.ts';
import { createVault } from './vault.ts';

/** A platform that cannot be reached delays the start by so long, and no more. */
const CREDENTIALS_WITHIN_MS = 3_000;

/**
 * Starts the bot and prints where it listens. Returns the function that stops it and closes its database. `mayBeNew`: an empty
 * database is begun also where one was expected.
 */
export async function startLive(
  config: LiveConfig,
  { mayBeNew }: { readonly mayBeNew: boolean },
): Promise<() => Promise<void>> {
  const late = setTimeout(CREDENTIALS_WITHIN_MS, undefined, { ref: false });
  const problem = await Promise.race([findCredentialProblem(config), late]);
  if (problem !== undefined) throw new ConfigError(problem);
  const begun = config.database.engine === 'sqlite' ? beginFile(config.database.file, { mayBeNew }) : undefined;
  const db = await openDatabase(config.database);
  const service = await serve({
    connection: config,
    db,
    vault: createVault(config.dataKey, config.formerKey),
    clock: { now: () => Date.now() },
    zone: config.zone,
    log: createLog(config.logLevel),
    adminOpenIds: config.adminOpenIds,
    backups: backupsOf(config),
    papers: paperStoreAt(config.files),
    processMetrics: true,
    mayHaveSiblings: config.database.engine !== 'sqlite',
  });
  if (begun) sayWhichFile(config, { begun, mayBeNew });
  console.log(`代办已启动：${service.url}`);
  if (service.setupCode) console.log(`还没有管理员。请私信机器人：/初始化 ${service.setupCode}`);
  return async () => {
    await service.stop();
    await db.close();
    begun?.release();
  };
}

function sayWhichFile({ database }: LiveConfig, { begun, mayBeNew }: { begun: BegunFile; mayBeNew: boolean }): void {
  if (database.engine !== 'sqlite') return;
  if (begun.isNew) console.log(`新建了数据库 ${resolve(database.file)}`);
  else if (mayBeNew) console.log('数据库已经在，--new 没有作用，请从启动命令里去掉它。');
}

/** A PostgreSQL server is backed up by its own tools. */
function backupsOf({ database, files, dataKey, formerKey }: LiveConfig) {
  if (database.engine !== 'sqlite') return undefined;
  return {
    databaseFile: database.file,
    folder: join(dirname(database.file), 'backups'),
    papers: paperStoreAt(files),
    dataKey,
    formerKey,
  };
}
