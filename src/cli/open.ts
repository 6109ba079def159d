/** Opens what the configuration names, beside a bot that may be running on it. */
import { readFileSync } from 'node:fs';
import { startLine } from '../../build/typed-command.ts';
import type { Database } from '../../db/database.ts';
import { openDatabase } from '../../db/open.ts';
import type { Config } from '../config.ts';
import { requireDataKey } from '../services/data-key/check.ts';
import { createVault, type Vault } from '../vault.ts';
import { CliProblem } from './command.ts';
import { databaseTrouble, fileTrouble } from './database-state.ts';

/** Whoever runs a command is watching: verifying or recounting a large ledger takes as long as it takes. */
export const UNHURRIED = { answerWithinMs: Number.POSITIVE_INFINITY };

/**
 * Runs `work` on the database, which stays open only so long. Never creates or upgrades one: that is the bot's business.
 * @throws CliProblem when there is no database of this version, or when SQLite cannot work with its file.
 */
export async function withDatabase<Result>(
  config: Pick<Config, 'database' | 'mode'>,
  work: (db: Database) => Promise<Result>,
): Promise<Result> {
  const trouble = await databaseTrouble(config.database);
  // Whoever types the bare line beside a service or outside a container has none of the bot's settings, and would begin a sandbox.
  const hint =
    config.mode === 'sandbox'
      ? '没有填 LARK_APP_ID，看的是沙箱的数据库；设置在 systemd 或 Docker 里的，怎么运行见《运维手册》。'
      : '';
  if (trouble !== undefined) throw new CliProblem(`${trouble}${hint}`);
  try {
    const db = await openDatabase(config.database, UNHURRIED);
    try {
      return await work(db);
    } finally {
      await db.close();
    }
  } catch (error) {
    const words = fileTrouble(error, config.database);
    throw words === undefined ? error : new CliProblem(words, { cause: error });
  }
}

/**
 * As `withDatabase`, with the vault under `DATA_KEY`, or under the sandbox's key; before anything else is done it has shown to be the
 * key of this database.
 * @throws CliProblem also without a key; WrongDataKey.
 */
export async function withVault<Result>(
  config: Config,
  work: (db: Database, vault: Vault) => Promise<Result>,
): Promise<Result> {
  return withDatabase(config, async (db) => {
    const vault = vaultOf(config);
    await db.read((tx) => requireDataKey(tx, vault));
    return work(db, vault);
  });
}

/**
 * The vault that the configuration's keys open, whether they are those of a database or not.
 * @throws CliProblem without a key.
 */
export function vaultOf(config: Config): Vault {
  return createVault(openKey(config), config.formerKey);
}

/**
 * `DATA_KEY`; in the sandbox the key kept beside its database.
 * @throws CliProblem when there is none.
 */
export function openKey(config: Config): Buffer {
  if (config.mode === 'sandbox') return keyBeside(config.database.file);
  if (config.dataKey === undefined) throw new CliProblem('请设置 DATA_KEY，要和机器人用的一样。');
  return config.dataKey;
}

/**
 * The file that `backup` and `restore` work on.
 * @throws CliProblem for a PostgreSQL server, whose own tools do that.
 */
export function fileOf({ database }: Config): string {
  if (database.engine === 'sqlite') return database.file;
  throw new CliProblem('PostgreSQL 数据库请用 pg_dump 备份、pg_restore 恢复；恢复后用 ledger verify 核对台账。');
}

function keyBeside(databaseFile: string): Buffer {
  const file = `${databaseFile}.key`;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new CliProblem(`读不到沙箱的密钥文件 ${file}。请先启动一次沙箱（${startLine()}），或设置 DATA_KEY。`);
  }
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== 32) throw new CliProblem(`密钥文件 ${file} 已损坏：应为 32 字节的 base64。`);
  return key;
}
