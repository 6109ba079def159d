/** What is counted, for Prometheus. What can be read from the database is read when it is asked for. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Database } from '../db/database.ts';
import { cronReads } from '../db/repositories/cron.ts';
import { ledgerReads } from '../db/repositories/ledger.ts';
import { outboxReads } from '../db/repositories/outbox.ts';
import { unitReads } from '../db/repositories/unit.ts';
import type { EventFlow } from './event-flow.ts';
import { toLarkError } from './lark/errors.ts';
import type { MessageHistory } from './lark/history.ts';
import type { LarkPort } from './lark/port.ts';
import { backupState } from './services/backup/record.ts';
import { monthlyCalls } from './services/message/calls.ts';

/** How one delivery ended. */
export interface Dealt {
  readonly kind: string;
  /** `repeated`: dealt with before; `unreadable`: kept aside; `lost`: our own fault, the platform sends it again. */
  readonly status: 'done' | 'refused' | 'failed' | 'repeated' | 'unreadable' | 'lost';
  /** Button or event; no typed text. */
  readonly step: string;
  readonly refusal?: string | undefined;
  /** From its arrival to the commit. */
  readonly tookMs: number;
}

export interface Metrics {
  dealt(delivery: Dealt): void;
  /** A request to the webhook was answered with 401. */
  webhookRefused(reason: string): void;
  jobRan(run: { job: string; ok: boolean }): void;
  /** Messages whose delivery did not come were taken in. */
  caughtUp(done: { messages: number; why: string }): void;
  /** The same port, with its failures counted. */
  countingLark(lark: LarkPort): LarkPort;
  /** The same lists, with their failures counted among those of the port. */
  countingHistory(history: MessageHistory): MessageHistory;
  readonly contentType: string;
  /** In the text format of Prometheus; rejects when the database cannot be read. */
  text(): Promise<string>;
}

/** Under 3 s the platform still shows the answer. */
const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3];

/** @param options.process adds memory, CPU and event loop of the process. */
export function createMetrics(options: {
  db: Database;
  clock: { now(): number };
  /** IANA time zone of the months in which calls are counted. */
  zone: string;
  jobNames: readonly string[];
  flow?: Pick<EventFlow, 'lastEventAt' | 'upSince' | 'losses'>;
  process?: boolean;
}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (options.process) collectDefaultMetrics({ register: registry });
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter({ name: `daiban_${name}`, help, labelNames, registers });
  const events = counter('events_total', 'Deliveries by kind and how they ended.', ['kind', 'status']);
  const refusals = counter('refusals_total', 'Refusals by code.', ['code']);
  const webhookRefusals = counter('webhook_refused_total', 'Requests answered with 401, by reason.', ['reason']);
  const larkErrors = counter('lark_errors_total', 'Failed calls to the platform by its code.', ['code', 'failure']);
  const jobRuns = counter('job_runs_total', 'Runs of jobs in this process.', ['job', 'result']);
  const caughtUp = counter('caught_up_messages_total', 'Messages taken in from the lists of chats, by why.', ['why']);
  const steps = new Histogram({
    ...{ name: 'daiban_step_seconds', help: 'From arrival to commit.', labelNames: ['step'] as const },
    ...{ buckets: SECONDS, registers },
  });
  const gauges = createGauges(registers);
  const counted = async <Result>(call: Promise<Result>): Promise<Result> => {
    try {
      return await call;
    } catch (error) {
      const { code, failure } = toLarkError(error);
      larkErrors.inc({ code: code ?? 'none', failure });
      throw error;
    }
  };
  return {
    contentType: registry.contentType,
    dealt({ kind, status, step, refusal, tookMs }) {
      events.inc({ kind, status });
      if (refusal !== undefined) refusals.inc({ code: refusal });
      if (status !== 'unreadable') steps.observe({ step }, tookMs / 1000);
    },
    webhookRefused: (reason) => webhookRefusals.inc({ reason }),
    caughtUp: ({ messages, why }) => caughtUp.inc({ why }, messages),
    jobRan: ({ job, ok }) => jobRuns.inc({ job, result: ok ? 'ok' : 'failed' }),
    countingLark: (lark) => ({
      post: (message) => counted(lark.post(message)),
      reply: (message) => counted(lark.reply(message)),
      update: (message) => counted(lark.update(message)),
      upload: (file) => counted(lark.upload(file)),
      postFile: (message) => counted(lark.postFile(message)),
      download: (wanted) => counted(lark.download(wanted)),
    }),
    countingHistory: (history) => ({
      ...history,
      list: (chat, since) => counted(history.list(chat, since)),
      readsGroups: () => counted(history.readsGroups()),
    }),
    async text() {
      await fillGauges(gauges, options);
      return registry.metrics();
    },
  };
}

type Gauges = ReturnType<typeof createGauges>;

function createGauges(registers: Registry[]) {
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Gauge({ name: `daiban_${name}`, help, labelNames, registers });
  return {
    depth: gauge('outbox_rows', 'Messages not delivered, by status.', ['status']),
    age: gauge('outbox_oldest_seconds', 'Age of the oldest message not yet sent; 0 when there is none.', []),
    height: gauge('ledger_height', 'Entries in the chain of each town.', ['town']),
    ran: gauge('job_last_run_timestamp_seconds', 'When the newest slot of a job ran.', ['job']),
    calls: gauge('platform_calls_this_month', 'Calls of what was delivered this month, by kind.', ['kind']),
    event: gauge('last_event_timestamp_seconds', 'When something was delivered last; 0 before the first.', []),
    up: gauge('connection_up', '1 while deliveries can come.', []),
    losses: gauge('connection_losses', 'How often the long connection was lost since the start.', []),
    backup: gauge('backup_last_success_timestamp_seconds', 'When the last backup came off; 0 before the first.', []),
  };
}

async function fillGauges(gauges: Gauges, sources: Parameters<typeof createMetrics>[0]): Promise<void> {
  const { flow } = sources;
  gauges.event.set((flow?.lastEventAt() ?? 0) / 1000);
  gauges.up.set(flow?.upSince() === undefined ? 0 : 1);
  gauges.losses.set(flow?.losses() ?? 0);
  await sources.db.read(async (tx) => {
    const counts = await outboxReads.counts(tx);
    for (const status of ['waiting', 'sending', 'dead'] as const) {
      gauges.depth.set({ status }, counts.get(status) ?? 0);
    }
    const oldest = await outboxReads.oldestUnsent(tx);
    gauges.age.set(oldest === undefined ? 0 : Math.max(0, sources.clock.now() - oldest) / 1000);
    for (const { townId, seq } of await ledgerReads.heads(tx)) {
      gauges.height.set({ town: (await unitReads.byId(tx, townId))?.name ?? String(townId) }, seq);
    }
    for (const job of sources.jobNames) {
      const newest = await cronReads.newest(tx, job);
      if (newest) gauges.ran.set({ job }, newest.ranAt / 1000);
    }
    const { byKind } = await monthlyCalls({ tx, now: sources.clock.now(), zone: sources.zone });
    for (const [kind, calls] of Object.entries(byKind)) gauges.calls.set({ kind }, calls);
    gauges.backup.set(((await backupState(tx)).lastGoodAt ?? 0) / 1000);
  });
}
