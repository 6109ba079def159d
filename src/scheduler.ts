/**
 * Turns times of day into runs of jobs. node-cron only wakes it; which slots are due is worked out from the clock and from how
 * far each job has been looked at, so that a slot runs once whatever restarts, second processes or the clock do.
 */
import { CronExpressionParser } from 'cron-parser';
import { type ScheduledTask, schedule as wakeAt } from 'node-cron';
import type { Tx } from '../db/database.ts';
import { cronReads, cronWrites } from '../db/repositories/cron.ts';
import { type Ctx, systemCtx, type WritingParts } from './ctx.ts';
import { localDay } from './domain/calendar.ts';
import { quietUntil } from './domain/quiet.ts';
import type { LocalDays } from './domain/working-calendar.ts';
import { describeFault } from './fault.ts';
import { asSet } from './jobs/as-set.ts';
import type { Job, OutsideJob, Timed } from './jobs/job.ts';
import { createOutsideRuns } from './outside-runs.ts';
import { workingCalendar } from './services/setting/calendar.ts';
import { settingOf } from './services/settings.ts';

export interface SchedulerOptions extends WritingParts {
  readonly jobs: readonly Job[];
  /** Jobs that do their work outside a transaction, beside the others. */
  readonly outsideJobs?: readonly OutsideJob[];
  /** Told of every run, after it. */
  readonly onRun?: (run: { job: string; ok: boolean }) => void;
}

export interface Scheduler {
  /** Catches up, then runs every slot when its time comes. */
  start(): Promise<void>;
  /** Runs what is due now. Call it when the clock has been moved. Work outside transactions is begun, not waited for. */
  tick(): Promise<void>;
  /** Waits for work outside transactions that is under way. */
  idle(): Promise<void>;
  /** Waits for what runs in a transaction, and breaks off what runs outside. */
  stop(): Promise<void>;
}

export function createScheduler(options: SchedulerOptions): Scheduler {
  const { db, zone, clock, log, jobs, outsideJobs = [] } = options;
  const outside = createOutsideRuns({ ...options, release: (run) => db.write((tx) => cronWrites.release(tx, run)) });
  let tasks: ScheduledTask[] = [];
  let running: Promise<void> = Promise.resolve();

  /** Asked on a snapshot first: nearly every look finds nothing, and writers need not wait for it. */
  async function hasNews(job: Timed): Promise<boolean> {
    return (await db.read((tx) => look(tx, { job, now: clock.now(), zone }))) !== undefined;
  }

  /** Claims the slot that is due, and begins its work once the claim is durable. */
  async function beginDue(job: OutsideJob): Promise<void> {
    if (!(await hasNews(job))) return;
    const slot = await db.write((tx) => claimDue(tx, { job, now: clock.now(), zone }));
    if (slot !== undefined) outside.begin(job, slot);
  }

  async function failSafely(job: Timed, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      // The slot was not marked: the next tick tries it again.
      log.error({ fault: describeFault(error), job: job.name }, 'job failed');
      options.onRun?.({ job: job.name, ok: false });
    }
  }

  /** Looks at the job's slots since the last look, and runs what is due. A run that fails leaves the look undone, too. */
  async function runDue(job: Job): Promise<void> {
    if (!(await hasNews(job))) return;
    const ran = await db.write(async (tx) => {
      const ctx = systemCtx(options, tx, job.name);
      const slot = await claimDue(tx, { job, now: ctx.now, zone });
      if (slot !== undefined) await job.run(ctx, slot);
      return slot;
    });
    if (ran === undefined) return;
    log.info({ job: job.name, slot: new Date(ran).toISOString() }, 'job ran');
    options.onRun?.({ job: job.name, ok: true });
    options.wake();
  }

  /** One look at a time, so that two wake-ups in the same second do not race each other for a slot. */
  function tick(): Promise<void> {
    running = running.then(async () => {
      for (const job of jobs) await failSafely(job, () => runDue(job));
      for (const job of outsideJobs) await failSafely(job, () => beginDue(job));
    });
    return running;
  }

  return {
    async start() {
      await tick();
      tasks = [wakeAt(EVERY_MINUTE, () => void tick(), { timezone: zone })];
    },
    tick,
    idle: outside.idle,
    async stop() {
      await Promise.all(tasks.map((task) => task.destroy()));
      await running;
      await outside.stop();
    },
  };
}

interface Outlook {
  /** The slot to run; undefined when it was missed by too much, or when the job is only noted as seen. */
  readonly due: number | undefined;
}

/**
 * What has come since the job's last look; undefined when there is nothing to run or to note. Of several missed slots only the newest
 * is due: after three days down, people want one reminder. A job seen for the first time starts from now, and so does one whose
 * last look lies ahead: the clock was wrong then. What has run already stays noted slot by slot.
 */
async function look(tx: Tx, at: { job: Timed; now: number; zone: string }): Promise<Outlook | undefined> {
  const { now, zone } = at;
  const checkedUntil = await cronReads.checkedUntil(tx, at.job.name);
  if (checkedUntil === undefined || checkedUntil > now) return { due: undefined };
  const job = await asSet({ tx }, at.job);
  const days = { zone, calendar: await workingCalendar({ tx }) };
  const newest = slotsBetween(job, { ...days, after: checkedUntil, until: now }).at(-1);
  if (newest === undefined) return undefined;
  if (now - newest > job.catchUpMs || (await ranThatDay(tx, { job, slot: newest, zone }))) return { due: undefined };
  // Not noted as looked at: it is found again when the quiet hours are over.
  if (job.keepsQuiet && quietUntil(now, await settingOf({ tx }, 'quietHours'), zone) !== undefined) return undefined;
  return { due: newest };
}

/** Whether a job that runs once a day, at a time that is set, has run on the slot's day. */
export async function ranThatDay(tx: Tx, run: { job: Timed; slot: number; zone: string }): Promise<boolean> {
  const { job, slot, zone } = run;
  if (job.timeSetting === undefined) return false;
  const last = await cronReads.newest(tx, job.name);
  return last !== undefined && localDay(last.slot, zone) === localDay(slot, zone);
}

/** Notes what has come as looked at, and claims the slot that is due; undefined when none is, or when another process has it. */
async function claimDue(tx: Tx, at: { job: Timed; now: number; zone: string }): Promise<number | undefined> {
  const { job, now } = at;
  const outlook = await look(tx, at);
  if (outlook === undefined) return undefined;
  const { due } = outlook;
  await cronWrites.mark(tx, { job: job.name, checkedUntil: now });
  if (due === undefined || !(await cronWrites.claim(tx, { job: job.name, slot: due, ranAt: now }))) return undefined;
  return due;
}

/** Runs the job for the slot in the transaction of `ctx`; false when that slot was taken before, by whichever process. */
export async function claimAndRun(ctx: Ctx, run: { job: Job; slot: number; ranAt: number }): Promise<boolean> {
  const { job, slot, ranAt } = run;
  if (!(await cronWrites.claim(ctx.tx, { job: job.name, slot, ranAt }))) return false;
  await job.run(ctx, slot);
  return true;
}

/** Every slot is at a full minute; a run that failed, or a clock that was set, is looked at again within one. */
const EVERY_MINUTE = '* * * * *';
/** However long the program was down, no more slots of a job than these are looked at. */
const SLOTS_MAX = 400;

/** The job's slots in (after, until], oldest first. */
export function slotsBetween(
  job: Pick<Timed, 'schedule' | 'workingDaysOnly'>,
  range: LocalDays & { after: number; until: number },
): number[] {
  const slots = new Set<number>();
  for (const line of job.schedule) {
    const times = CronExpressionParser.parse(line, { currentDate: new Date(range.until + 1), tz: range.zone });
    for (let count = 0; count < SLOTS_MAX; count++) {
      const slot = times.prev().getTime();
      if (slot <= range.after) break;
      if (!job.workingDaysOnly || range.calendar.isWorkingDay(localDay(slot, range.zone))) slots.add(slot);
    }
  }
  return [...slots].sort((a, b) => a - b);
}
