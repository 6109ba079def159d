/**
 * `npm run bench -- --scale 10000,100000,1000000`: makes a database of each size, measures it and writes `bench/scale.md`.
 * `--league` spreads the cases over 14 banners; `--folder <path>` keeps the databases there and uses those it finds.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LedgerTiming } from '../ledger-file.ts';
import type { Measurement } from './measure.ts';
import { scaleReport } from './report.ts';

/** One banner's numbers end at 99,999 a town and year; beyond this the cases are a league's. */
const BANNER_MAX = 2_000_000;
/** The size whose whole ledger is written into files, too. */
const LEDGER_OF = 100_000;
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
    const results = sizes.map((cases) => {
      const place = league || cases > BANNER_MAX ? ('league' as const) : ('banner' as const);
      const kept = join(home, `${place}-${cases}.db`);
      const seconds = existsSync(kept) ? undefined : makeDatabase(kept, { cases, place });
      // Measuring registers cases, and what is kept must stay as it was made.
      const measured = `${kept}.measured`;
      copyFileSync(kept, measured);
      const measurement = runJob<Measurement>(['measure', measured]);
      for (const end of ['', '-wal', '-shm']) rmSync(measured + end, { force: true });
      console.log(
        `${place} ${cases}: ${measurement.timed.map((one) => `${one.name} ${one.p99Ms.toFixed(1)}`).join(', ')}`,
      );
      const ledger = cases === LEDGER_OF ? runJob<LedgerTiming>(['ledger', kept]) : undefined;
      return { place, generatedIn: seconds, measurement, ledger };
    });
    writeFileSync(new URL('../scale.md', import.meta.url), scaleReport(results));
    console.log('written to bench/scale.md');
  } finally {
    if (folder === undefined) rmSync(home, { recursive: true, force: true });
  }
}

/** Under its name only when it is complete: a run may be broken off. Returns the seconds it took. */
function makeDatabase(file: string, of: { cases: number; place: string }): number {
  const begun = `${file}.begun`;
  for (const end of ['', '-wal', '-shm']) rmSync(begun + end, { force: true });
  const { seconds } = runJob<{ seconds: number }>(['generate', begun, String(of.cases), of.place]);
  renameSync(begun, file);
  return seconds;
}

/** Guarantee of the cast: `job.ts` prints one line of JSON of this kind. */
function runJob<Result>(args: readonly string[]): Result {
  const node = ['--max-semi-space-size=64', '--max-old-space-size=8000', '--import', 'tsx', job];
  const printed = execFileSync(process.execPath, [...node, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(printed) as Result;
}
