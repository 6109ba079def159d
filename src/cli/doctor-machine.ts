/** What `doctor` says of the machine: Node, disk, backups, and the year to come. */
import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import holidayPackage from 'chinese-days/package.json' with { type: 'json' };
import { programFile } from '../../build/program-file.ts';
import { commandLine } from '../../build/typed-command.ts';
import type { Tx } from '../../db/database.ts';
import { failedBackupWords } from '../backup/failure.ts';
import type { Config } from '../config.ts';
import type { Reading } from '../ctx.ts';
import { localTime } from '../domain/calendar.ts';
import { backupState } from '../services/backup/record.ts';
import { workingCalendar } from '../services/setting/calendar.ts';
import { agoWords, type Finding } from './finding.ts';

/** Node 20 has reached the end of its life. https://nodejs.org/en/about/previous-releases */
const NODE_SUPPORTED = 22;
const DISK_LOW_BYTES = 2 * 1024 ** 3;
const BACKUP_LATE_MS = 36 * 3_600_000;
/** The State Council announces a year's holidays in October or November of the year before. */
const ANNOUNCED_FROM_MONTH = 11;

export function nodeFinding(version: string): Finding {
  const supported = Number(version.split('.')[0]) >= NODE_SUPPORTED;
  if (supported) return { level: 'ok', text: `Node.js：${version}` };
  return { level: 'note', text: `Node.js：${version} 还能用，但官方不再维护，请换成 22 或 24。` };
}

/** The disk of the database's file; of a server its own people know. */
export async function diskFinding({ database }: Config): Promise<Finding[]> {
  if (database.engine !== 'sqlite') return [];
  const { bavail, bsize } = await statfs(dirname(database.file));
  const free = bavail * bsize;
  const text = `磁盘：还有 ${(free / 1024 ** 3).toFixed(1)} GB`;
  if (free >= DISK_LOW_BYTES) return [{ level: 'ok', text }];
  return [{ level: 'note', text: `${text}，不多了。写满了就登记不了，请清理或换大的盘。` }];
}

/** Read back and verified before it got its name: that is its proof. */
export async function backupFinding(tx: Tx, { config, now }: { config: Config; now: number }): Promise<Finding[]> {
  if (config.mode === 'sandbox') return [];
  if (config.database.engine !== 'sqlite') {
    return [{ level: 'ok', text: '备份：PostgreSQL 由它自己的工具备份，请确认有人在做' }];
  }
  const { lastGoodAt, failed } = await backupState(tx);
  if (failed) {
    const why = `最近一次备份失败（${agoWords(now - failed.at)}）：${failedBackupWords(failed.problem)}`;
    return [{ level: 'note', text: `备份：${why}要再试，请运行 ${commandLine('backup')}。` }];
  }
  if (lastGoodAt === undefined) return [{ level: 'note', text: '备份：还没有过，每天 02:00 自动做。' }];
  const text = `备份：${agoWords(now - lastGoodAt)}做好，写完读回核对过`;
  if (now - lastGoodAt <= BACKUP_LATE_MS) return [{ level: 'ok', text }];
  return [{ level: 'note', text: `${text}，之后没有再做。请看看机器人夜里是不是开着。` }];
}

/** The years that should be known by now, and are not. */
export async function unannouncedYears({ tx, now, zone }: Pick<Reading, 'tx' | 'now' | 'zone'>): Promise<number[]> {
  const { year, month } = localTime(now, zone);
  const wanted = month >= ANNOUNCED_FROM_MONTH ? [year, year + 1] : [year];
  const { announced } = await workingCalendar({ tx });
  return wanted.filter((one) => !announced(one));
}

/** The version of the holiday table that is newer than the program's own; undefined when there is none, or nobody knows. */
export async function newerHolidayTable(
  newestOf: ((name: string) => Promise<string | undefined>) | undefined,
): Promise<string | undefined> {
  const newest = await newestOf?.('chinese-days');
  return newest !== undefined && isNewer(newest, holidayPackage.version) ? newest : undefined;
}

/** Deadlines of a year without a table are counted by plain weeks. */
export function holidayFinding({
  unannounced,
  newer,
  canInstall = existsSync(programFile('build/bundle.mjs')),
}: {
  unannounced: readonly number[];
  newer: string | undefined;
  /** The program is built where it runs; a packaged folder has its table inside. */
  canInstall?: boolean;
}): Finding {
  const how = canInstall ? `请在程序的文件夹里运行 npm install chinese-days@${newer} 再重启` : '请升级到新版程序';
  const table =
    newer === undefined ? undefined : `节假日表有新版本 ${newer}（现在是 ${holidayPackage.version}），${how}`;
  // No note: the days that matter are known, and a new version may say nothing new of them.
  if (unannounced.length === 0)
    return { level: 'ok', text: ['节假日：该公布的年份都有', table].filter(Boolean).join('；') };
  const advice = `${table ?? '国务院公布后升级程序'}；等不及的，系统管理员可以在 /设置 里自己填。`;
  return { level: 'note', text: `节假日：${unannounced.join('、')} 年的安排还没有，期限先按平常的周末算。${advice}` };
}

/** By numbers: 1.10 comes after 1.9. */
function isNewer(one: string, other: string): boolean {
  return one.localeCompare(other, 'en', { numeric: true }) > 0;
}
