import { recordBackup } from '../services/backup/record.ts';
import { DAY_MS, type OutsideJob } from './job.ts';

/** A backup every night. `make` does it; `problemOf` names what it rejected with. */
export function backupJob(backup: {
  make: (signal: AbortSignal) => Promise<unknown>;
  problemOf: (failed: unknown) => string;
}): OutsideJob {
  return {
    name: 'backup',
    schedule: ['0 2 * * *'],
    catchUpMs: DAY_MS,
    work: (_slot, signal) => backup.make(signal),
    note: (ctx, outcome) =>
      recordBackup(ctx.tx, { at: ctx.now, problem: 'done' in outcome ? undefined : backup.problemOf(outcome.failed) }),
  };
}
