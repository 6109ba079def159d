/** This bot under a steady load for as long as asked, and what its memory does meanwhile. Writes `bench/memory.md`. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { outboxReads } from '../db/repositories/outbox.ts';
import { openSqlite } from '../db/sqlite/open.ts';
import { type Child, residentMib, runLoad, start } from './child.ts';
import { startBot } from './contenders.ts';
import type { LoadResult } from './load-job.ts';
import { type LongRun, type MemorySample, memoryReport, quarterMedians, slopePerHour } from './memory.ts';
import { prepareLongRun } from './prepare.ts';

const SAMPLE_EVERY_MS = 10_000;
const IDLE_MS = 3_000;
const CONNECTIONS = 32;
/** Caches fill and the heap finds its size first; of a short run a tenth must do. */
const WARM_UP_MAX_MINUTES = 5;

export interface LongRunOptions {
  readonly minutes: number;
  /** Registrations a second. */
  readonly rate: number;
}

/** Prepares enough forms, holds the rate, samples, writes the page. Takes the minutes asked for and a tenth more. */
export async function longRun({ minutes, rate }: LongRunOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'daiban-bench-'));
  const files = { template: join(folder, 'template.db'), draftsFile: join(folder, 'drafts.json') };
  const warmUpMinutes = Math.min(WARM_UP_MAX_MINUTES, minutes / 10);
  const count = Math.ceil((minutes + warmUpMinutes) * 60 * rate);
  try {
    console.log(`preparing ${count} registration cards that wait`);
    const drafts = await prepareLongRun({ file: files.template, drafts: count });
    writeFileSync(files.draftsFile, JSON.stringify(drafts));
    const platform = await start({ args: ['--import', 'tsx', 'bench/platform.ts'] });
    const client = await start({ args: ['--import', 'tsx', 'bench/load.ts'] });
    const bot = await startBot({
      ...files,
      folder,
      platformUrl: platform.url,
      freshPostgres: notNeeded,
      expectCases: notNeeded,
    });
    await pause(IDLE_MS);
    const idleMib = residentMib(bot.pid);
    const watch = sampleLater(bot, warmUpMinutes * 60_000);
    const result = await holdRate({ bot, client, count, rate, draftsFile: files.draftsFile });
    const samples = watch.end();
    await Promise.all([bot.stop(), platform.stop(), client.stop()]);
    const run = { result, rate, minutes, warmUpMinutes, idleMib, samples, unsent: await unsent(folder) };
    writeFileSync(new URL('memory.md', import.meta.url), memoryReport(run));
    console.log(summary(run));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const notNeeded = () => Promise.reject(new Error('the long run is on SQLite'));

function holdRate(run: {
  bot: Child;
  client: Child;
  count: number;
  rate: number;
  draftsFile: string;
}): Promise<LoadResult> {
  const { bot, client, count, rate, draftsFile } = run;
  return runLoad(client, {
    urls: [`${bot.url}/lark/events`],
    pids: [bot.pid],
    connections: CONNECTIONS,
    count,
    warmUp: 0,
    rate,
    expect: '登记成功',
    what: { kind: 'submit', draftsFile, from: 0 },
  });
}

/** Samples from then on, and prints what it sees. */
function sampleLater(bot: Child, afterMs: number): { end(): readonly MemorySample[] } {
  const samples: MemorySample[] = [];
  const from = performance.now() + afterMs;
  const timer = setInterval(() => {
    const second = (performance.now() - from) / 1000;
    const mib = residentMib(bot.pid);
    console.log(`${second.toFixed(0).padStart(5)} s ${mib.toFixed(1)} MiB`);
    if (second >= 0) samples.push({ second, mib });
  }, SAMPLE_EVERY_MS);
  return {
    end() {
      clearInterval(timer);
      return samples;
    },
  };
}

async function unsent(folder: string): Promise<number> {
  const db = openSqlite({ file: join(folder, 'bot.db') });
  const counts = await db.read((tx) => outboxReads.counts(tx));
  await db.close();
  return (counts.get('waiting') ?? 0) + (counts.get('sending') ?? 0);
}

/** One line of JSON. */
function summary({ result, rate, minutes, samples, unsent: left }: LongRun): string {
  const { first, last } = quarterMedians(samples);
  const memory = { slopeMibPerHour: slopePerHour(samples), firstQuarterMib: first, lastQuarterMib: last };
  const { count, failed, firstProblem, p50Ms, p99Ms } = result;
  return JSON.stringify({ rate, minutes, count, failed, firstProblem, p50Ms, p99Ms, ...memory, unsent: left });
}
