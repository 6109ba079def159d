/** `npm run tour`: plays one whole case and the 15th through the sandbox and prints what each group saw. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { openSqlite } from '../../db/sqlite/open.ts';
import { verifyLedger } from '../../src/services/ledger/verify.ts';
import { createVault } from '../../src/vault.ts';
import { openStage, StageClock } from '../stage.ts';
import { playCase } from './case.ts';
import { createNarrator } from './narrator.ts';
import { playReport } from './report.ts';

const ZONE = 'Asia/Shanghai';

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'daiban-tour-'));
  const db = openSqlite({ file: join(folder, 'tour.db') });
  const vault = createVault(Buffer.alloc(32, 1));
  const stage = await openStage({
    clock: new StageClock(Date.parse('2026-11-23T10:00:00+08:00')),
    db,
    vault,
    zone: ZONE,
    log: pino({ level: 'error' }),
    autostart: false,
  });
  try {
    const narrator = createNarrator({ stage, zone: ZONE, print: (line) => console.log(line) });
    await playCase(narrator);
    await playReport(narrator);
    const check = await db.read((tx) => verifyLedger({ tx, vault }));
    console.log(
      `\n台账：${check.chains} 条链，${check.entries} 条记录，${check.faults.length === 0 ? '校验通过' : '校验不通过'}`,
    );
    if (check.faults.length > 0) process.exitCode = 1;
  } finally {
    await stage.stop();
    await db.close();
    rmSync(folder, { recursive: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
