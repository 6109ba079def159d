/** Looks every minute at what nobody else would notice: messages that do not leave, backups, jobs and the disk. */
import { DateTime } from 'luxon';
import type { Tx } from '../db/database.ts';
import { cronReads } from '../db/repositories/cron.ts';
import { outboxReads } from '../db/repositories/outbox.ts';
import { paperReads } from '../db/repositories/paper.ts';
import { failedBackupWords } from './backup/failure.ts';
import { isUnproven } from './backup/problem.ts';
import { type Reading, systemCtx, type WritingParts } from './ctx.ts';
import type { DeliveryWatch } from './delivery-watch.ts';
import { addDays, localDay, weekdayOf } from './domain/calendar.ts';
import { local } from './domain/level-names.ts';
import { quietUntil } from './domain/quiet.ts';
import { describeFault } from './fault.ts';
import { asSet } from './jobs/as-set.ts';
import type { Timed } from './jobs/job.ts';
import { ranThatDay, slotsBetween } from './scheduler.ts';
import { nothingToRaise, raiseAlerts, type Trouble, watchedSince } from './services/alert/raise.ts';
import { backupState } from './services/backup/record.ts';
import { lacksWitness } from './services/ledger/fingerprint.ts';
import { quotaTroubles } from './services/message/quota.ts';
import { undeliveredTroubles } from './services/message/undelivered.ts';
import { workingCalendar, yearAnnounced } from './services/setting/calendar.ts';
import { settingOf } from './services/settings.ts';

export interface WatchOptions extends WritingParts {
  readonly jobs: readonly Timed[];
  readonly deliveries: Pick<DeliveryWatch, 'troubles'>;
  /** undefined where no backups are made. Gives the free share of the disk that holds database and backups, 0 to 1. */
  readonly freeShare: (() => Promise<number>) | undefined;
  /** What else is looked up anew each minute. */
  readonly beforeLook?: () => Promise<void>;
  /** undefined where the database is no file. See `watchFile`. */
  readonly fileTrouble?: (() => Trouble | undefined) | undefined;
}

export interface Watch {
  /** What is wrong now. Rejects when the database cannot be read. */
  troubles(): Promise<Trouble[]>;
  /** Looks, and tells the administrators what they were not told lately. Never rejects. */
  look(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

const MINUTE_MS = 60_000;
const LOOK_EVERY_MS = MINUTE_MS;
const OUTBOX_STUCK_MS = 15 * MINUTE_MS;
/** A few slow photos are no trouble; nor is a short night's network. */
const PAPERS_STUCK_MS = 60 * MINUTE_MS;
const JOB_GRACE_MS = 15 * MINUTE_MS;
/** A night and two hours for it. */
const BACKUP_EXPECTED_MS = 26 * 60 * MINUTE_MS;
const DISK_FREE_MIN = 0.05;
/** So far back the newest slot of a job is looked for: a month, for those that run once in it. */
const LOOK_BACK_MS = 40 * 24 * 60 * MINUTE_MS;

export function createWatch(options: WatchOptions): Watch {
  const { db, vault, zone, clock, log } = options;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;

  async function troubles(): Promise<Trouble[]> {
    const fileTrouble = options.fileTrouble?.();
    // The folder may be gone with the file.
    const free = fileTrouble ? undefined : await options.freeShare?.();
    const now = clock.now();
    return db.read(async (tx) => [
      ...(fileTrouble ? [fileTrouble] : []),
      ...(await messageTroubles({ tx, now, zone, vault })),
      ...(await paperTroubles({ tx, now })),
      ...(options.freeShare ? await backupTrouble(tx, now) : []),
      ...(free !== undefined && free < DISK_FREE_MIN ? [diskTrouble(free)] : []),
      ...(await jobTroubles(tx, { now, zone, jobs: options.jobs })),
      ...((await lacksWitness(tx)) ? [witnessTrouble] : []),
      ...(await calendarTrouble(tx, localDay(now, zone))),
      ...options.deliveries.troubles(),
    ]);
  }

  async function lookOnce(): Promise<void> {
    try {
      await options.beforeLook?.();
      const found = await troubles();
      const now = clock.now();
      if (await db.read((tx) => nothingToRaise(tx, { now, troubles: found }))) return;
      const raised = await db.write((tx) => raiseAlerts(systemCtx(options, tx, 'watch'), found));
      if (raised.length === 0) return;
      log.error({ troubles: raised }, 'administrators are told of trouble');
      options.wake();
    } catch (error) {
      log.error({ fault: describeFault(error) }, 'the watch could not look');
    }
  }

  function look(): Promise<void> {
    looking ??= lookOnce().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  return {
    troubles,
    look,
    start() {
      timer = setInterval(() => void look(), LOOK_EVERY_MS);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}

const witnessTrouble: Trouble = {
  key: 'witness',
  gathered: true,
  title: '台账指纹没有群可以发',
  get lines() {
    return [
      local`旗县和苏木乡镇都没有绑定群。`,
      local`请在旗县的群里@机器人发 /绑定 单位名称，以后每周五把台账指纹发到那里。`,
    ];
  },
};

/**
 * The State Council publishes a year's holidays in November; the program has them with its next version. Told anew each week: the key
 * is the week's Monday.
 */
async function calendarTrouble(tx: Tx, day: string): Promise<Trouble[]> {
  const next = Number(day.slice(0, 4)) + 1;
  if (day.slice(5, 7) !== '12' || (await yearAnnounced({ tx }, next))) return [];
  const lines = [
    `程序里还没有${next}年的放假安排，${next}年的期限先按普通周计算，卡片上会注明。`,
    `国务院公布后，发 /设置，在“自定放假和上班的日子”里照通知填全年；或请管机器的同事升级程序。`,
  ];
  const monday = addDays(day, -weekdayOf(day));
  return [{ key: `calendar:${next}:${monday}`, title: `还没有${next}年的放假安排`, lines, gathered: true }];
}

/** While the month's calls are used up, that alone is why nothing leaves. */
async function messageTroubles(ctx: Reading): Promise<Trouble[]> {
  const quota = await quotaTroubles(ctx.tx, ctx.now);
  return [...(quota.length > 0 ? quota : await stuckTroubles(ctx)), ...(await undeliveredTroubles(ctx))];
}

async function stuckTroubles({ tx, now }: Reading): Promise<Trouble[]> {
  const oldest = await outboxReads.oldestUnsent(tx);
  if (oldest === undefined || now - oldest < OUTBOX_STUCK_MS) return [];
  const minutes = Math.floor((now - oldest) / MINUTE_MS);
  const lines = [`最早的一条已经等了 ${minutes} 分钟。`, '请检查网络和飞书应用的权限；消息都留着，恢复后会自动发出。'];
  return [{ key: 'outbox', title: '有消息发不出去', lines, once: true }];
}

const notMade = { key: 'backup', title: '数据库备份没有成功' };
const unsound = { key: 'unsound', title: '数据库核对不上，备份没有通过' };

/** Papers are fetched after they were sent: the network, a permission or a full disk may keep them. */
async function paperTroubles({ tx, now }: Pick<Reading, 'tx' | 'now'>): Promise<Trouble[]> {
  const waiting = await paperReads.waitingSince(tx);
  if (waiting === undefined || now - waiting.at < PAPERS_STUCK_MS) return [];
  const lines = [
    `有 ${waiting.papers} 份材料没有存下来，最早的已经等了 ${Math.floor((now - waiting.at) / (60 * MINUTE_MS))} 小时。`,
    '请检查飞书应用读取消息文件的权限、材料文件夹（FILES_URL）和磁盘；恢复后会自动再取，三天取不到就不再取。',
  ];
  return [{ key: 'papers', title: '有材料取不下来', lines, once: true }];
}

async function backupTrouble(tx: Tx, now: number): Promise<Trouble[]> {
  const { lastGoodAt, failed } = await backupState(tx);
  // How a command is run depends on how the program was set up there: nobody who reads this in a chat could tell.
  const advice = '请管机器的同事运行 backup，按提示处理（怎么运行见《运维手册》）。';
  if (failed) {
    const of = isUnproven(failed.problem) ? unsound : notMade;
    return [{ ...of, lines: [failedBackupWords(failed.problem), advice] }];
  }
  if (now - (lastGoodAt ?? (await watchedSince(tx, now))) <= BACKUP_EXPECTED_MS) return [];
  return [{ key: 'backup', title: '数据库超过一天没有备份', lines: [advice] }];
}

function diskTrouble(free: number): Trouble {
  const lines = [`存放数据的磁盘只剩 ${(free * 100).toFixed(1)}%。`, '请尽快清理磁盘，写满后机器人就不能登记了。'];
  return { key: 'disk', title: '磁盘快满了', lines };
}

async function jobTroubles(tx: Tx, look: { now: number; zone: string; jobs: readonly Timed[] }): Promise<Trouble[]> {
  const { now, zone } = look;
  const since = Math.max(await watchedSince(tx, now), now - LOOK_BACK_MS);
  const days = { zone, calendar: await workingCalendar({ tx }) };
  const waits = quietUntil(now - JOB_GRACE_MS, await settingOf({ tx }, 'quietHours'), zone) !== undefined;
  const found: Trouble[] = [];
  for (const planned of look.jobs) {
    if (planned.comesAgain || (planned.keepsQuiet && waits)) continue;
    const job = await asSet({ tx }, planned);
    const slot = slotsBetween(job, { ...days, after: since, until: now - JOB_GRACE_MS }).at(-1);
    if (slot === undefined || (await cronReads.hasRun(tx, { job: job.name, slot }))) continue;
    if (await ranThatDay(tx, { job, slot, zone })) continue;
    const time = DateTime.fromMillis(slot, { zone }).toFormat('MM-dd HH:mm');
    const late = now - slot > job.catchUpMs;
    const advice = late
      ? '时间过去太久，不会自动补；需要的话请在服务器上用 job 命令手动执行。'
      : '程序每分钟会再试一次；一直不行请看服务器上的日志。';
    const title = '有定时任务没有执行';
    found.push({
      key: `job:${job.name}:${slot}`,
      title,
      lines: [`${job.name}（${time}）没有执行。`, advice],
      gathered: true,
    });
  }
  return found;
}
