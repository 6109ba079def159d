/** How long the ledger of a whole database takes as Excel files, and what it costs the process that makes them. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Database } from '../db/database.ts';
import { unitReads } from '../db/repositories/unit.ts';
import { CASES_PER_FILE } from '../src/services/ledger/order.ts';
import { countCases } from '../src/services/ledger/scope.ts';
import { makeSheet } from '../src/sheets/make.ts';
import type { ReadPage } from '../src/sheets/sheet.ts';
import type { Vault } from '../src/vault.ts';

export interface LedgerTiming {
  readonly cases: number;
  readonly files: number;
  readonly bytes: number;
  readonly ms: number;
  readonly cpuMs: number;
  /** Above what the process held before. */
  readonly peakRssBytes: number;
  /** How long something else may have had to wait for its turn: at most, and for one in a hundred. */
  readonly delayMaxMs: number;
  readonly delayP99Ms: number;
}

const ZONE = 'Asia/Shanghai';
const LOOK_EVERY_MS = 20;

/** Makes every file of the banner's ledger from the first case on; nothing is uploaded. `full`: with the applicants' full data. */
export async function timeLedger(run: {
  db: Database;
  vault: Vault;
  now: number;
  full?: boolean;
}): Promise<LedgerTiming> {
  const { db, vault, now } = run;
  const read: ReadPage = (work) => db.read((tx) => work({ tx, now, zone: ZONE, vault }));
  const [banner] = await db.read((tx) => unitReads.ofLevels(tx, ['banner']));
  if (!banner) throw new Error('there is no banner');
  const scope = { unitId: banner.id, from: '2000-01-01', to: '2099-12-31', askedAt: now };
  const cases = await read((ctx) => countCases(ctx, scope));
  const files = Math.ceil(cases / CASES_PER_FILE);
  const full = run.full ? { reason: 'measuring', entry: { townId: 1, seq: 1 } } : null;
  const order = { name: 'ledger' as const, ...scope, label: 'all', agentId: 1, full, parts: files };
  const before = process.memoryUsage.rss();
  let peak = before;
  const look = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, LOOK_EVERY_MS);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const cpu = process.cpuUsage();
  const began = performance.now();
  let bytes = 0;
  for (let part = 1; part <= files; part++) {
    const made = await makeSheet(read, { order: { ...order, part }, zone: ZONE });
    if ('card' in made) throw new Error('a file is too large');
    bytes += made.file.bytes;
    made.file.close();
  }
  const ms = performance.now() - began;
  const used = process.cpuUsage(cpu);
  delay.disable();
  clearInterval(look);
  return {
    ...{ cases, files, bytes, ms },
    cpuMs: (used.user + used.system) / 1000,
    peakRssBytes: peak - before,
    delayMaxMs: delay.max / 1e6,
    delayP99Ms: delay.percentile(99) / 1e6,
  };
}
