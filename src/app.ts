/** Wiring only: what `main`, the sandbox, the tests and the bench all run. */
import { dirname } from 'node:path';
import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import { seed } from '../db/seed/seed.ts';
import type { Vault } from '../db/vault.ts';
import { type BackupOptions, freeShare, makeBackup } from './backup/make.ts';
import { asBackupProblem } from './backup/problem.ts';
import type { Ctx } from './ctx.ts';
import { createEntrance } from './entrance.ts';
import { backupJob } from './jobs/backup.ts';
import { jobs } from './jobs/index.ts';
import type { OutsideJob } from './jobs/job.ts';
import type { KeepUnreadable, LarkPort, Receive } from './lark/port.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { createDatabaseStore } from './outbox/database-store.ts';
import { createDispatcher, type Dispatcher } from './outbox/dispatcher.ts';
import { settlingPatiently } from './outbox/patient-store.ts';
import { createRender } from './outbox/render.ts';
import type { OutboxRow } from './outbox/store.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';
import { makeAdmin, prepareSetup } from './services/agent/setup.ts';
import { outboxContentSchema } from './services/message/content.ts';
import { notify, notifyAdmins } from './services/message/notify.ts';
import { ensureCounters } from './services/stats/rebuild.ts';
import { createWatch, type Watch } from './watch.ts';

export interface AppOptions {
  readonly db: Database;
  readonly vault: Vault;
  readonly lark: LarkPort;
  readonly clock: { now(): number };
  readonly zone: string;
  readonly log: Logger;
  readonly adminOpenIds?: readonly string[];
  /** Nightly backups; none where nothing is worth keeping (tests, sandbox). */
  readonly backups?: Omit<BackupOptions, 'clock' | 'zone'> | undefined;
  /** Memory and CPU of the process among the metrics. */
  readonly processMetrics?: boolean;
}

export interface App {
  readonly receive: Receive;
  readonly keepUnreadable: KeepUnreadable;
  readonly dispatcher: Dispatcher;
  readonly scheduler: Scheduler;
  readonly watch: Watch;
  readonly metrics: Metrics;
  /** Seeds, makes administrators. Returns the first-use code to print while there is no administrator. */
  prepare(): Promise<string | undefined>;
  start(): Promise<void>;
  /** Finishes what is in hand within four seconds; what is not sent by then is sent after the next start. The database stays open: it belongs to the caller. */
  stop(): Promise<void>;
}

const SENDS_AT_ONCE = 16;
const STOP_SENDING_MS = 3_000;

export function buildApp(options: AppOptions): App {
  const { db, vault, lark, clock, zone, log } = options;
  const outsideJobs = options.backups ? [nightlyBackup({ ...options.backups, clock, zone })] : [];
  const timed = [...jobs, ...outsideJobs];
  const jobNames = timed.map((job) => job.name);
  const metrics = createMetrics({ db, clock, jobNames, process: options.processMetrics ?? false });
  const dispatcher = createDispatcher({
    store: settlingPatiently(createDatabaseStore({ db, vault, zone }), { log }),
    render: createRender({ db, vault, zone, clock }),
    lark: metrics.countingLark(lark),
    clock,
    log,
    concurrency: SENDS_AT_ONCE,
    onDead: reportDead,
  });
  const wake = () => dispatcher.wake();
  const shared = { db, vault, zone, clock, log, wake };
  const scheduler = createScheduler({
    ...shared,
    jobs,
    outsideJobs,
    onRun(run) {
      metrics.jobRan(run);
      if (!run.ok) void watch.look();
    },
  });
  const databaseFile = options.backups?.databaseFile;
  const watch = createWatch({
    ...shared,
    jobs: timed,
    freeShare: databaseFile === undefined ? undefined : () => freeShare(dirname(databaseFile)),
  });

  function inSystem<Result>(name: string, work: (ctx: Ctx) => Promise<Result>): Promise<Result> {
    return db.write((tx) => work({ tx, now: clock.now(), zone, vault, actor: { kind: 'system', name } }));
  }

  /** A message nobody received is shown to the administrators, unless it was to one of them: that would go round in circles. */
  async function reportDead(row: OutboxRow, error: string): Promise<void> {
    if (outboxContentSchema.safeParse(row.content).data?.kind === 'sheet') {
      // Whoever asked is waiting for it.
      await inSystem('outbox', (ctx) => notify(ctx, { target: row.target, notice: undeliveredSheet }));
    }
    if (row.target.startsWith('ou_')) return;
    await inSystem('outbox', (ctx) =>
      notifyAdmins(ctx, {
        title: '有消息没有送到',
        lines: [
          `群 ${row.target} 的一条消息没有送到：${error}`,
          '请确认机器人还在群里；消息已留存，可用 doctor 命令查看。',
        ],
      }),
    );
  }

  return {
    ...createEntrance({ ...shared, onDealt: metrics.dealt }),
    dispatcher,
    scheduler,
    watch,
    metrics,
    prepare: () =>
      inSystem('start', async (ctx) => {
        await seed(ctx.tx);
        await ensureCounters(ctx, {
          onRemake: () => log.warn('counting everything again from the ledger before starting'),
        });
        for (const openId of options.adminOpenIds ?? []) await makeAdmin(ctx, { openId });
        return prepareSetup(ctx);
      }),
    async start() {
      dispatcher.start();
      await scheduler.start();
      await watch.look();
      watch.start();
    },
    async stop() {
      await Promise.all([scheduler.stop(), watch.stop(), dispatcher.stop(STOP_SENDING_MS)]);
    },
  };
}

const undeliveredSheet = {
  tone: 'error',
  title: 'Excel 文件没有发出',
  lines: ['文件没有发成，请过一会儿再要一次；还不行，请联系系统管理员。'],
} as const;

function nightlyBackup(options: BackupOptions): OutsideJob {
  return backupJob({
    make: (signal) => makeBackup(options, signal),
    problemOf: (failed) => asBackupProblem(failed, 'failed').code,
  });
}
