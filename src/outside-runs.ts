/** Job runs that go on beside everything else: begun after their slot was claimed, noted when they end, broken off at a stop. */
import { systemCtx, type WritingParts } from './ctx.ts';
import { describeFault } from './fault.ts';
import type { OutsideJob, WorkOutcome } from './jobs/job.ts';

export interface OutsideRunsOptions extends WritingParts {
  /** Gives a claimed slot back. */
  readonly release: (run: { job: string; slot: number }) => Promise<void>;
  readonly onRun?: (run: { job: string; ok: boolean }) => void;
}

export interface OutsideRuns {
  /** Never throws: what goes wrong is logged and handed to the job's `note`. */
  begin(job: OutsideJob, slot: number): void;
  idle(): Promise<void>;
  /** Breaks off what is under way and gives its slots back. */
  stop(): Promise<void>;
}

export function createOutsideRuns(options: OutsideRunsOptions): OutsideRuns {
  const { db, log } = options;
  const stopping = new AbortController();
  const underWay = new Set<Promise<void>>();

  async function run(job: OutsideJob, slot: number): Promise<void> {
    const outcome = await outcomeOf(job.work(slot, stopping.signal));
    if (stopping.signal.aborted && 'failed' in outcome) {
      await options.release({ job: job.name, slot });
      log.info({ job: job.name }, 'job broken off; made up for at the next start');
      return;
    }
    const ok = 'done' in outcome;
    const facts = { job: job.name, slot: new Date(slot).toISOString() };
    if (ok) log.info(facts, 'job ran');
    else log.error({ ...facts, fault: describeFault(outcome.failed) }, 'job failed');
    await db.write((tx) => job.note(systemCtx(options, tx, job.name), outcome));
    options.onRun?.({ job: job.name, ok });
    options.wake();
  }

  async function idle(): Promise<void> {
    while (underWay.size > 0) await Promise.all(underWay);
  }

  return {
    begin(job, slot) {
      const task = run(job, slot)
        .catch((error: unknown) => log.error({ job: job.name, fault: describeFault(error) }, 'job run not noted'))
        .finally(() => underWay.delete(task));
      underWay.add(task);
    },
    idle,
    async stop() {
      stopping.abort();
      await idle();
    },
  };
}

async function outcomeOf(work: Promise<unknown>): Promise<WorkOutcome<unknown>> {
  try {
    return { done: await work };
  } catch (failed) {
    return { failed };
  }
}
