/**
 * The bench: every contender in turn, several rounds, medians; then this bot under a steady load; then its start. Writes
 * `bench/results.md`. Runs in seven minutes. `--hour` or `--minutes N`, with `--rate N`: the long run instead.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Child, residentMib, runLoad, start } from './child.ts';
import { type Contender, contenders, type Scene, startBot } from './contenders.ts';
import { runFiles } from './files.ts';
import type { LoadResult } from './load-job.ts';
import { longRun } from './long-run.ts';
import { type BenchServer, openBenchServer } from './postgres.ts';
import { prepareDatabase } from './prepare.ts';
import { type Measured, type Results, report, type Steady } from './report.ts';
import { runScale } from './scale/main.ts';
import { measureStarts } from './starts.ts';

const { values: asked } = parseArgs({
  options: {
    /** One small round, to see that everything runs; its figures are rough. */
    quick: { type: 'boolean', default: false },
    /** Only these rows, by their keys: `--only sdk,register`. */
    only: { type: 'string' },
    /** The long run for an hour, or for so many minutes. */
    hour: { type: 'boolean', default: false },
    minutes: { type: 'string' },
    /** Registrations a second in the long run. The platform takes 50 messages a second: about 12 registrations. */
    rate: { type: 'string', default: '50' },
    /** Instead: how queries take so many cases, e.g. 10000,100000,1000000; see `scale/main.ts`. */
    scale: { type: 'string' },
    league: { type: 'boolean', default: false },
    /** Instead: Excel exports and the import; see `files.ts`. */
    files: { type: 'boolean', default: false },
    cases: { type: 'string', default: '100000' },
    folder: { type: 'string' },
  },
});
const { quick } = asked;
/** A host that others use is now faster, now slower: the middle of three is less often one of its bad minutes. */
const ROUNDS = quick ? 1 : 3;
const SHARE = quick ? 0.1 : 1;
const CONNECTIONS = 32;
const STEADY_RATE = 50;
const STEADY_SECONDS = quick ? 4 : 30;
/** As many as the registrations of a round. */
const DRAFTS = quick ? 1_300 : 12_000;
const IDLE_MS = 3000;
const STORED_WITHIN_MS = 60_000;

// Nothing that was started outlives a run that is broken off.
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'daiban-bench-'));
  const scene = { folder, template: join(folder, 'template.db'), draftsFile: join(folder, 'drafts.json') };
  let server: BenchServer | undefined;
  try {
    const platform = await start({ args: ['--import', 'tsx', 'bench/platform.ts'] });
    const client = await start({ args: ['--import', 'tsx', 'bench/load.ts'] });
    say('preparing a database with registration cards that wait');
    const drafts = await prepareDatabase({
      file: scene.template,
      drafts: Math.max(DRAFTS, STEADY_RATE * STEADY_SECONDS),
    });
    writeFileSync(scene.draftsFile, JSON.stringify(drafts));
    server = await openBenchServer({ prepared: scene.template });
    const { fresh: freshPostgres, expectCases } = server;
    const bots = { platformUrl: platform.url, freshPostgres, expectCases };
    const results = await measureAll({ scene: { ...scene, ...bots }, client });
    writeFileSync(new URL('results.md', import.meta.url), report(results));
    say('written to bench/results.md');
    await Promise.all([platform.stop(), client.stop()]);
  } finally {
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureAll(of: { scene: Scene; client: Child }): Promise<Results> {
  const { scene } = of;
  const measured: Measured[] = contenders.map(({ key, label, skipped }) => ({
    key,
    label,
    skipped: asked.only?.split(',').includes(key) === false ? 'not asked for' : skipped(),
    rounds: [],
  }));
  for (let round = 1; round <= ROUNDS; round++) {
    for (const [index, contender] of contenders.entries()) {
      if (measured[index]?.skipped !== undefined || round > (contender.roundsMax ?? ROUNDS)) continue;
      const result = await measureOnce({ ...of, contender });
      say(`round ${round}, ${contender.label}: ${Math.round(result.count / result.seconds)}/s`);
      measured[index]?.rounds.push(result);
    }
  }
  const steady = await measureSteady(of);
  say(`steady: p99 ${steady.result.p99Ms.toFixed(1)} ms`);
  const steadyPostgres = await measureSteady({ ...of, databaseUrl: await scene.freshPostgres() });
  say(`steady on PostgreSQL: p99 ${steadyPostgres.result.p99Ms.toFixed(1)} ms`);
  return {
    measured,
    steady,
    steadyPostgres,
    starts: await measureStarts(scene, quick ? 2 : 10),
    connections: CONNECTIONS,
    quick,
  };
}

async function measureOnce(of: { scene: Scene; client: Child; contender: Contender }): Promise<LoadResult> {
  const { scene, client, contender } = of;
  const children = await contender.start(scene);
  const [child] = children;
  try {
    const count = Math.round(contender.count * SHARE);
    const warmUp = Math.round(contender.warmUp * SHARE);
    const job = {
      urls: children.map(({ url }) => `${url}/lark/events`),
      pids: children.map(({ pid }) => pid),
      connections: CONNECTIONS,
      count,
      warmUp,
      rate: null,
    };
    const result = await runLoad(client, { ...job, ...contender.work(scene) });
    await contender.check?.(scene, count + warmUp);
    if (!contender.storedSoFar) return result;
    const lastStoredAt = await waitUntilStored(contender, { child, count: count + warmUp });
    return { ...result, seconds: Math.max(result.seconds, (lastStoredAt - result.startedAt) / 1000) };
  } finally {
    await Promise.all(children.map((one) => one.stop()));
  }
}

/** Who answers before storing is done when the last row is stored. */
async function waitUntilStored(contender: Contender, of: { child: Child; count: number }): Promise<number> {
  for (const until = Date.now() + STORED_WITHIN_MS; Date.now() < until; ) {
    const seen = await contender.storedSoFar?.(of.child);
    if (seen && seen.stored >= of.count) return seen.lastStoredAt;
    await pause(50);
  }
  throw new Error(`${contender.label} did not store everything`);
}

/** Registrations at a fixed rate on one process: times and memory. On PostgreSQL if there is an address. */
async function measureSteady(of: { scene: Scene; client: Child; databaseUrl?: string }): Promise<Steady> {
  const { scene, client } = of;
  const bot = await startBot(scene, of.databaseUrl);
  await pause(IDLE_MS);
  const idleMib = residentMib(bot.pid);
  const memory: number[] = [];
  const watch = setInterval(() => memory.push(residentMib(bot.pid)), (STEADY_SECONDS * 1000) / 6);
  const result = await runLoad(client, {
    urls: [`${bot.url}/lark/events`],
    pids: [bot.pid],
    connections: CONNECTIONS,
    count: STEADY_RATE * STEADY_SECONDS,
    warmUp: 0,
    rate: STEADY_RATE,
    expect: '登记成功',
    what: { kind: 'submit', draftsFile: scene.draftsFile, from: 0 },
  });
  clearInterval(watch);
  await bot.stop();
  return { result, rate: STEADY_RATE, idleMib, memory };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function say(text: string): void {
  console.log(text);
}

const minutes = asked.hour ? 60 : Number(asked.minutes ?? 0);
if (asked.scale !== undefined) runScale({ sizes: asked.scale, league: asked.league, folder: asked.folder });
else if (asked.files) runFiles({ cases: Number(asked.cases), folder: asked.folder });
else if (minutes > 0) await longRun({ minutes, rate: Number(asked.rate) });
else await main();
