/** `npm run tour`: plays one whole case and the 15th through the sandbox and prints what each group saw. */
import { verifyLedger } from '../../src/services/ledger/verify.ts';
import { StageClock } from '../stage.ts';
import { playCase } from './case.ts';
import { createNarrator } from './narrator.ts';
import { playReport } from './report.ts';
import { openTemporaryStage } from './temporary-stage.ts';

const ZONE = 'Asia/Shanghai';

async function main(): Promise<void> {
  const clock = new StageClock(Date.parse('2026-11-23T10:00:00+08:00'));
  const { stage, db, vault, close } = await openTemporaryStage({ clock, zone: ZONE, autostart: false });
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
    await close();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
