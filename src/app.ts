/** Wiring only: what `main`, the sandbox, the tests and the bench all run. */
import { dirname } from 'node:path';
import { seed } from '../db/seed/seed.ts';
import { type BackupOptions, clearLeftovers, freeShare, makeBackup } from './backup/make.ts';
import { asBackupProblem } from './backup/problem.ts';
import { type CatchUp, createCatchUp } from './catch-up.ts';
import { type Parts, systemCtx, type WritingParts } from './ctx.ts';
import { createDeliveryWatch, type DeliveryWatch } from './delivery-watch.ts';
import { createEntrance } from './entrance.ts';
import { createEventFlow, type EventFlow } from './event-flow.ts';
import { describeFault } from './fault.ts';
import { watchFile } from './file-watch.ts';
import { createForgetter } from './forgetter.ts';
import { createImporter, type Importer } from './importer.ts';
import { backupJob } from './jobs/backup.ts';
import { jobs } from './jobs/index.ts';
import type { OutsideJob } from './jobs/job.ts';
import type { MessageHistory } from './lark/history.ts';
import type { Entrance, LarkPort } from './lark/port.ts';
import type { WebhookRefusal } from './lark/webhook.ts';
import { type LevelSpeech, speakLocally } from './level-speech.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { type AnsweredUpdates, createAnsweredUpdates } from './outbox/answered.ts';
import { createDatabaseStore } from './outbox/database-store.ts';
import { createDispatcher, type Dispatcher } from './outbox/dispatcher.ts';
import { settlingPatiently } from './outbox/patient-store.ts';
import { createRender } from './outbox/render.ts';
import { createPaperKeeper, type PaperKeeper } from './papers/keeper.ts';
import { createMemoryStore, type PaperStore } from './papers/store.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';
import { makeAdmin, prepareSetup } from './services/agent/setup.ts';
import { settleDataKey } from './services/data-key/check.ts';
import { ensureLedgerKey } from './services/ledger/key.ts';
import { ensureCounters } from './services/stats/rebuild.ts';
import { createWatch, type Watch } from './watch.ts';
import { withinTime } from './within-time.ts';

export interface AppOptions extends Parts {
  readonly lark: LarkPort;
  readonly adminOpenIds?: readonly string[];
  /** Nightly backups; none where nothing is worth keeping (tests, sandbox). */
  readonly backups?: Omit<BackupOptions, 'clock' | 'zone'> | undefined;
  /** Where the papers of cases are kept; in memory, for as long as the program runs, unless given. */
  readonly papers?: PaperStore | undefined;
  /** What else is known of the platform: by it messages whose delivery did not come are taken in. */
  readonly platform?: PlatformLinks | undefined;
  /** Memory and CPU of the process among the metrics. */
  readonly processMetrics?: boolean;
}

export interface PlatformLinks {
  readonly history: MessageHistory;
  readonly botOpenId: () => string | undefined;
  /** Other processes may work on the same database. */
  readonly mayHaveSiblings?: boolean | undefined;
  /** Only of the long connection. */
  readonly connection?:
    | {
        /** Makes another one. */
        restart(): void;
        isCrowded(): boolean;
      }
    | undefined;
}

export interface App extends Entrance {
  readonly flow: EventFlow;
  /** Where the platform is known. */
  readonly catchUp: CatchUp | undefined;
  readonly dispatcher: Dispatcher;
  readonly importer: Importer;
  readonly papers: PaperKeeper;
  readonly scheduler: Scheduler;
  readonly watch: Watch;
  readonly metrics: Metrics;
  /** A request to the webhook was answered with 401. */
  webhookRefused(reason: WebhookRefusal): void;
  /** True while not one of the last deliveries was saved. */
  isLosingAll(): boolean;
  /** Before the first delivery. Refuses another key than the database's (WrongDataKey), seeds, makes administrators. Returns the first-use code to print while there is no administrator. */
  prepare(): Promise<string | undefined>;
  start(): Promise<void>;
  /** Finishes what is in hand within four seconds; what is not sent by then is sent after the next start. The database stays open: it belongs to the caller. */
  stop(): Promise<void>;
}

const SENDS_AT_ONCE = 16;
const STOP_SENDING_MS = 3_000;

export function buildApp(given: AppOptions): App {
  const speech = speakLocally(given.db);
  const options = { ...given, db: speech.db };
  const { db, vault, lark, clock, zone, log } = options;
  const outsideJobs = options.backups ? [nightlyBackup({ ...options.backups, clock, zone })] : [];
  const timed = [...jobs, ...outsideJobs];
  const jobNames = timed.map((job) => job.name);
  const flow = flowOf(options);
  const metrics = createMetrics({ db, clock, zone, jobNames, flow, process: options.processMetrics ?? false });
  const answered = createAnsweredUpdates();
  const outward = { lark: metrics.countingLark(lark), speak: speech.speak };
  const { dispatcher, papers, wake } = workersOf({ ...options, ...answered, ...outward });
  const parts = { db, vault, zone, clock, log, wake };
  const importer = createImporter({
    ...parts,
    speak: speech.speak,
    download: (wanted) => outward.lark.download(wanted),
  });
  const scheduler = createScheduler({
    ...parts,
    jobs,
    outsideJobs,
    onRun(run) {
      metrics.jobRan(run);
      if (!run.ok) void watch.look();
    },
  });
  const deliveries = createDeliveryWatch(clock);
  const databaseFile = options.backups?.databaseFile;
  const forgetter = databaseFile === undefined ? undefined : createForgetter({ db, file: databaseFile });
  const watch = watchOf(options, { ...parts, timed, deliveries, flow, speech });

  const entrance = entranceOf({ ...parts, answered, metrics, deliveries, importer });
  const catchUp = catchUpOf(options, { ...parts, flow, entrance, deliveries, metrics });
  return {
    ...entrance,
    flow,
    catchUp,
    dispatcher,
    importer,
    papers,
    scheduler,
    watch,
    metrics,
    webhookRefused(reason) {
      metrics.webhookRefused(reason);
      deliveries.note(reason);
    },
    isLosingAll: deliveries.isLosingAll,
    async prepare() {
      const firstUseCode = await prepareDatabase(options);
      await speech.refresh();
      await catchUp?.prepare();
      return firstUseCode;
    },
    async start() {
      forgetter?.start();
      await clearAway(options);
      dispatcher.start();
      importer.start();
      papers.start();
      catchUp?.start();
      await scheduler.start();
      await watch.look();
      watch.start();
    },
    async stop() {
      forgetter?.stop();
      await Promise.all([
        catchUp && withinTime(catchUp.stop(), STOP_SENDING_MS),
        scheduler.stop(),
        watch.stop(),
        importer.stop(),
        withinTime(papers.stop(), STOP_SENDING_MS),
        dispatcher.stop(STOP_SENDING_MS),
      ]);
    },
  };
}

interface WatchParts extends WritingParts, Pick<Watchers, 'deliveries'> {
  readonly timed: Parameters<typeof createWatch>[0]['jobs'];
  readonly flow: EventFlow;
  readonly speech: LevelSpeech;
}

function watchOf({ backups }: AppOptions, { timed, deliveries, flow, speech, ...parts }: WatchParts): Watch {
  const file = backups?.databaseFile;
  return createWatch({
    ...parts,
    jobs: timed,
    deliveries: { troubles: () => [...deliveries.troubles(), ...flow.troubles()] },
    beforeLook: speech.refresh,
    freeShare: file === undefined ? undefined : () => freeShare(dirname(file)),
    fileTrouble: file === undefined ? undefined : watchFile(file),
  });
}

function prepareDatabase(options: AppOptions): Promise<string | undefined> {
  return options.db.write(async (tx) => {
    const ctx = systemCtx(options, tx, 'start');
    await settleDataKey(ctx.tx, ctx.vault);
    await seed(ctx.tx);
    await ensureLedgerKey(ctx);
    await ensureCounters(ctx, {
      onRemake: () => options.log.warn('counting everything again from the ledger before starting'),
    });
    for (const openId of options.adminOpenIds ?? []) await makeAdmin(ctx, { openId });
    return prepareSetup(ctx);
  });
}

function flowOf({ clock, zone, platform }: AppOptions): EventFlow {
  const { connection, mayHaveSiblings } = platform ?? {};
  const link = { connects: connection !== undefined, isCrowded: connection?.isCrowded };
  return createEventFlow({ ...link, clock, zone, mayHaveSiblings });
}

function catchUpOf({ platform }: AppOptions, parts: CatchUpParts): CatchUp | undefined {
  const { deliveries, metrics, ...rest } = parts;
  if (!platform) return undefined;
  return createCatchUp({
    ...rest,
    ...platform,
    history: metrics.countingHistory(platform.history),
    isLosing: deliveries.isLosing,
    reconnect: () => platform.connection?.restart(),
    onCaughtUp: metrics.caughtUp,
  });
}

interface CatchUpParts extends WritingParts, Pick<Watchers, 'deliveries' | 'metrics'> {
  readonly flow: EventFlow;
  readonly entrance: Entrance;
}

interface Watchers {
  readonly answered: AnsweredUpdates;
  readonly metrics: Metrics;
  readonly deliveries: DeliveryWatch;
  readonly importer: Importer;
}

/** What somebody has sent is fetched once it is known to have come. */
function entranceOf({ answered, metrics, deliveries, importer, ...parts }: WritingParts & Watchers): Entrance {
  const entrance = createEntrance({
    ...parts,
    onShown: answered.note,
    onDealt(delivery) {
      metrics.dealt(delivery);
      deliveries.note(delivery.status === 'lost' ? 'lost' : 'dealt');
    },
  });
  return {
    ...entrance,
    async receive(inbound, arrival) {
      const answer = await entrance.receive(inbound, arrival);
      if (inbound.kind === 'message' && inbound.files.length > 0) importer.wake();
      return answer;
    },
  };
}

/** What goes on beside the deliveries, and what to call when one of them may have left something to do. */
function workersOf(parts: AppOptions & Pick<AnsweredUpdates, 'isShown'> & Pick<LevelSpeech, 'speak'>) {
  const { lark, clock, log, isShown, speak } = parts;
  const store = parts.papers ?? createMemoryStore();
  const render = createRender({ ...parts, papers: store });
  const dispatcher = createDispatcher({
    ...{ lark, clock, log, isShown },
    store: settlingPatiently(createDatabaseStore(parts), { log }),
    // A file is written outside of the transactions that read for it.
    render: (row) => speak(() => render(row)),
    concurrency: SENDS_AT_ONCE,
  });
  const papers = createPaperKeeper({ ...parts, store, wake: () => dispatcher.wake() });
  const wake = () => {
    dispatcher.wake();
    papers.wake();
  };
  return { dispatcher, papers, wake };
}

/** What cannot be cleared away is no reason not to start: the next backup says what is the matter. */
async function clearAway({ backups, log }: Pick<AppOptions, 'backups' | 'log'>): Promise<void> {
  try {
    if (backups) await clearLeftovers(backups);
  } catch (error) {
    log.warn({ fault: describeFault(error) }, 'what a killed backup may have left could not be cleared away');
  }
}

function nightlyBackup(options: BackupOptions): OutsideJob {
  return backupJob({
    make: (signal) => makeBackup(options, signal),
    problemOf: (failed) => asBackupProblem(failed, 'failed').code,
  });
}
