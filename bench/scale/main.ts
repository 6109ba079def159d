/**
 * `npm run bench -- --scale 10000,100000,1000000`: makes a database of each size, measures it and writes `bench/scale.md`.
 * `--league` spreads the cases over 14 banners; `--folder <path>` keeps the databases there and uses those it finds.
 */
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LedgerTiming } from '../ledger-file.ts';
import type { Measurement } from './measure.ts';
import { scaleReport } from './report.ts';

/** One banner's numbers end at 99,999 a town and year; beyond this the cases are a league's. */
const BANNER_MAX = 2_000_000;
/** All sizes in turn, so often: a machine may be half as fast for a minute, and the sizes are compared with each other. */
const ROUNDS = 3;
/** The size whose whole ledger is written into files, too. */
const LEDGER_OF = 100_000;
const READ_BYTES = 1 << 20;
const job = fileURLToPath(new URL('job.ts', import.meta.url));

/** @param options.sizes numbers of cases with commas between; `folder`: where databases are kept, else a temporary one. */
export function runScale(options: { sizes: string; league: boolean; folder: string | undefined }): void {
  const { league, folder } = options;
  const sizes = options.sizes.split(',').map(Number);
  if (sizes.some((size) => !Number.isInteger(size) || size < 1))
    throw new Error(`not a list of sizes: ${options.sizes}`);
  const home = folder ?? mkdtempSync(join(tmpdir(), 'daiban-scale-'));
  mkdirSync(home, { recursive: true });
  try {
    const made = sizes.map((cases) => {
      const place = league || cases > BANNER_MAX ? ('league' as const) : ('banner' as const);
      const kept = join(home, `${place}-${cases}.db`);
      const generatedIn = existsSync(kept) ? undefined : makeDatabase(kept, { cases, place });
      return { cases, place, kept, generatedIn, rounds: [] as Measurement[] };
    });
    for (let round = 1; round <= ROUNDS; round++) {
      for (const { cases, place, kept, rounds } of made) {
        const measurement = measureCopy(kept);
        rounds.push(measurement);
        const p99 = measurement.timed.map((one) => `${one.name} ${one.p99Ms.toFixed(1)}`);
        console.log(`round ${round}, ${place} ${cases}: ${p99.join(', ')}`);
      }
    }
    const results = made.map(({ cases, place, kept, generatedIn, rounds }) => {
      const ledger = cases === LEDGER_OF ? runJob<LedgerTiming>(['ledger', kept]) : undefined;
      return { place, generatedIn, measurement: quietest(rounds), ledger };
    });
    writeFileSync(new URL('../scale.md', import.meta.url), scaleReport(results, ROUNDS));
    console.log('written to bench/scale.md');
  } finally {
    if (folder === undefined) rmSync(home, { recursive: true, force: true });
  }
}

/** Measuring registers cases, and what is kept must stay as it was made. */
function measureCopy(kept: string): Measurement {
  const measured = `${kept}.measured`;
  // A run that was broken off leaves its log behind, which would be taken for the new copy's.
  const clear = () => ['', '-wal', '-shm'].forEach((end) => void rmSync(measured + end, { force: true }));
  clear();
  copyFileSync(kept, measured);
  readThrough(measured);
  const measurement = runJob<Measurement>(['measure', measured]);
  clear();
  return measurement;
}

/**
 * Brings the file into the system's page cache, where a machine with enough memory has it after a while. A page from the disk takes
 * 50 µs instead of 4, and only the questions of a large file would still meet any.
 */
function readThrough(file: string): void {
  const piece = Buffer.alloc(READ_BYTES);
  const fd = openSync(file, 'r');
  while (readSync(fd, piece) > 0);
  closeSync(fd);
}

/** Of each question the round in which it took the least processor time, with all its figures. */
function quietest(rounds: readonly Measurement[]): Measurement {
  const [first] = rounds;
  if (!first) throw new Error('nothing was measured');
  const timed = first.timed.map((one) => {
    const all = rounds.flatMap((round) => round.timed.filter(({ name }) => name === one.name));
    return all.reduce((best, other) => (other.medianCpuMs < best.medianCpuMs ? other : best));
  });
  return { ...first, timed, withoutCountersMs: Math.min(...rounds.map((round) => round.withoutCountersMs)) };
}

/** Under its name only when it is complete: a run may be broken off. Returns the seconds it took. */
function makeDatabase(file: string, size: { cases: number; place: string }): number {
  const begun = `${file}.begun`;
  for (const end of ['', '-wal', '-shm']) rmSync(begun + end, { force: true });
  const { seconds } = runJob<{ seconds: number }>(['generate', begun, String(size.cases), size.place]);
  renameSync(begun, file);
  return seconds;
}

/** Guarantee of the cast: `job.ts` prints one line of JSON of this kind. */
function runJob<Result>(args: readonly string[]): Result {
  const node = ['--max-old-space-size=8000', '--import', 'tsx', job];
  const printed = execFileSync(process.execPath, [...node, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(printed) as Result;
}
