import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../db/database.ts';
import { outboxReads } from '../db/repositories/outbox.ts';
import { publishedCalendar } from '../src/domain/working-calendar.ts';
import type { Job, OutsideJob, WorkOutcome } from '../src/jobs/job.ts';
import { DAY_MS } from '../src/jobs/job.ts';
import { claimAndRun, createScheduler, type Scheduler, slotsBetween } from '../src/scheduler.ts';
import { notify } from '../src/services/message/notify.ts';
import { createVault } from '../src/vault.ts';
import { emptyDatabase } from './support/databases.ts';
import { at, TestClock, ZONE } from './support/office.ts';

const HOUR_MS = DAY_MS / 24;

describe('scheduler', () => {
  let db: Database;
  let clock: TestClock;
  let ran: string[];
  let woken: number;

  beforeEach(() => {
    db = emptyDatabase();
    clock = new TestClock('2026-11-23T10:00');
    ran = [];
    woken = 0;
  });

  afterEach(() => db.close());

  /** A job that writes down the local time of each slot it runs. */
  function diary(job: Partial<Job> = {}): Job {
    const run: Job['run'] = async (_ctx, slot) => {
      ran.push(new Date(slot + 8 * HOUR_MS).toISOString().slice(0, 16));
    };
    return { name: 'diary', schedule: ['0 9 * * *'], catchUpMs: DAY_MS, run, ...job };
  }

  const vault = createVault(Buffer.alloc(32, 1));
  const handCtx = () => ({ now: clock.now(), zone: ZONE, vault, actor: { kind: 'system' as const, name: 'diary' } });

  function scheduler(...jobs: Job[]): Scheduler {
    return createScheduler({ db, vault, zone: ZONE, clock, log: pino({ level: 'silent' }), jobs, wake: () => woken++ });
  }

  /** Lets the job be seen for the first time, so that later ticks count from here. */
  async function seen(...jobs: Job[]): Promise<Scheduler> {
    const one = scheduler(...jobs);
    await one.tick();
    return one;
  }

  it('catches nothing up the first time it is started', async () => {
    await seen(diary());
    expect(ran).toEqual([]);
  });

  it('runs a slot when its time has come, once, and not a minute before', async () => {
    const one = await seen(diary());
    clock.to('2026-11-24T08:59');
    await one.tick();
    expect(ran).toEqual([]);
    clock.to('2026-11-24T09:00');
    await one.tick();
    await one.tick();
    clock.to('2026-11-24T09:01');
    await one.tick();
    expect(ran).toEqual(['2026-11-24T09:00']);
    expect(woken).toBe(1);
  });

  it('runs each day once over many days', async () => {
    const one = await seen(diary());
    for (let minute = 0; minute < 3 * 24 * 60; minute += 7) {
      clock.advance(7 * 60_000);
      await one.tick();
    }
    expect(ran).toEqual(['2026-11-24T09:00', '2026-11-25T09:00', '2026-11-26T09:00']);
  });

  it('runs only the newest of several slots it missed', async () => {
    const one = await seen(diary());
    clock.to('2026-11-27T12:00');
    await one.tick();
    expect(ran).toEqual(['2026-11-27T09:00']);
  });

  it('leaves out a slot that is too long ago', async () => {
    const one = await seen(diary({ catchUpMs: 2 * HOUR_MS }));
    clock.to('2026-11-24T11:01');
    await one.tick();
    expect(ran).toEqual([]);
    clock.to('2026-11-25T11:00');
    await one.tick();
    expect(ran).toEqual(['2026-11-25T09:00']);
  });

  it('catches up after a restart: what is noted is in the database, not in the process', async () => {
    await seen(diary());
    clock.to('2026-11-24T10:00');
    await scheduler(diary()).tick();
    await scheduler(diary()).tick();
    expect(ran).toEqual(['2026-11-24T09:00']);
  });

  it('does not run a slot again when the clock is set back over it', async () => {
    const one = await seen(diary());
    clock.to('2026-11-24T09:00');
    await one.tick();
    clock.to('2026-11-24T08:30');
    await one.tick();
    clock.to('2026-11-24T09:00');
    await one.tick();
    clock.to('2026-11-25T09:00');
    await one.tick();
    expect(ran).toEqual(['2026-11-24T09:00', '2026-11-25T09:00']);
  });

  it('goes on working after a clock that stood years ahead is put right', async () => {
    const one = await seen(diary({ schedule: ['0 9 1 * *'] }));
    clock.to('2028-03-01T09:00');
    await one.tick();
    clock.to('2026-11-23T10:00');
    await one.tick();
    clock.to('2026-12-01T09:00');
    await one.tick();
    clock.to('2028-03-01T09:00');
    await one.tick();
    expect(ran).toEqual(['2028-03-01T09:00', '2026-12-01T09:00']);
  });

  it('lets a slot it left out be run by hand, once', async () => {
    const one = await seen(diary());
    clock.to('2026-11-27T12:00');
    await one.tick();
    const byHand = (time: string) =>
      db.write((tx) => claimAndRun({ tx, ...handCtx() }, { job: diary(), slot: at(time), ranAt: clock.now() }));
    expect(await byHand('2026-11-26T09:00')).toBe(true);
    expect(await byHand('2026-11-26T09:00')).toBe(false);
    expect(await byHand('2026-11-27T09:00')).toBe(false);
    expect(ran).toEqual(['2026-11-27T09:00', '2026-11-26T09:00']);
  });

  it('does not flood when the clock jumps far ahead', async () => {
    const one = await seen(diary());
    clock.to('2036-11-23T10:00');
    await one.tick();
    expect(ran).toEqual(['2036-11-23T09:00']);
  });

  it('runs a slot once though two schedulers look at the same database at the same time', async () => {
    const one = await seen(diary());
    const other = scheduler(diary());
    clock.to('2026-11-24T09:00');
    await Promise.all([one.tick(), other.tick(), one.tick(), other.tick()]);
    expect(ran).toEqual(['2026-11-24T09:00']);
  });

  it('keeps a slot for the morning when the quiet hours begin between the look and the run', async () => {
    const quiet = diary({ schedule: ['59 19 * * *'], keepsQuiet: true });
    await seen(quiet);
    clock.to('2026-11-23T19:59');
    const write: Database['write'] = (work, options) => {
      clock.to('2026-11-23T20:00');
      return db.write(work, options);
    };
    const parts = { vault, zone: ZONE, clock, log: pino({ level: 'silent' }), jobs: [quiet], wake: () => {} };
    await createScheduler({ ...parts, db: { ...db, write } }).tick();
    expect(ran).toEqual([]);
    clock.to('2026-11-24T08:00');
    await scheduler(quiet).tick();
    expect(ran).toEqual(['2026-11-23T19:59']);
  });

  it('undoes a run that fails and tries it again at the next tick', async () => {
    let failing = true;
    const run: Job['run'] = async (ctx, slot) => {
      await notify(ctx, { target: 'oc_banner', notice: { title: '通知', lines: ['内容'] } });
      if (failing) throw new Error('disk full');
      ran.push(String(slot));
    };
    const one = await seen(diary({ run }));
    clock.to('2026-11-24T09:00');
    await one.tick();
    expect((await db.read((tx) => outboxReads.counts(tx))).size).toBe(0);
    failing = false;
    clock.to('2026-11-24T09:01');
    await one.tick();
    await one.tick();
    expect(ran).toEqual([String(at('2026-11-24T09:00'))]);
    expect((await db.read((tx) => outboxReads.counts(tx))).get('waiting')).toBe(1);
  });

  it('runs the other jobs though one fails', async () => {
    const broken = diary({
      name: 'broken',
      run: async () => {
        throw new Error('broken');
      },
    });
    const one = await seen(broken, diary());
    clock.to('2026-11-24T09:00');
    await one.tick();
    expect(ran).toEqual(['2026-11-24T09:00']);
  });

  it('keeps to Chinese working days where the job says so', async () => {
    clock.to('2026-09-30T10:00');
    const one = await seen(diary({ workingDaysOnly: true, catchUpMs: HOUR_MS }));
    // National Day 1–7 October 2026; Saturday 10 October is worked instead.
    for (let day = 1; day <= 12; day++) {
      clock.to(`2026-10-${String(day).padStart(2, '0')}T09:00`);
      await one.tick();
    }
    expect(ran.map((slot) => slot.slice(8, 10))).toEqual(['08', '09', '10', '12']);
  });

  it('gives the job the slot and the real time apart', async () => {
    const times: number[][] = [];
    const one = await seen(diary({ run: async (ctx, slot) => void times.push([slot, ctx.now]) }));
    clock.to('2026-11-24T15:00');
    await one.tick();
    expect(times).toEqual([[at('2026-11-24T09:00'), at('2026-11-24T15:00')]]);
  });

  it('wakes by itself after start, and stop waits for what is running', async () => {
    clock.to('2026-11-24T08:00');
    await seen(diary());
    clock.to('2026-11-24T09:00');
    const one = scheduler(diary());
    await one.start();
    expect(ran).toEqual(['2026-11-24T09:00']);
    clock.to('2026-11-25T09:00');
    void one.tick();
    await one.stop();
    expect(ran).toEqual(['2026-11-24T09:00', '2026-11-25T09:00']);
  });
});

describe('work outside transactions', () => {
  let db: Database;
  let clock: TestClock;
  let noted: WorkOutcome<unknown>[];
  let told: { job: string; ok: boolean }[];

  beforeEach(() => {
    db = emptyDatabase();
    clock = new TestClock('2026-11-23T10:00');
    noted = [];
    told = [];
  });

  afterEach(() => db.close());

  function scheduler(work: OutsideJob['work']): Scheduler {
    const job: OutsideJob = {
      ...{ name: 'long', schedule: ['0 2 * * *'], catchUpMs: DAY_MS, work },
      note: async (_ctx, outcome) => void noted.push(outcome),
    };
    const parts = { db, vault: createVault(Buffer.alloc(32, 1)), zone: ZONE, clock, log: pino({ level: 'silent' }) };
    return createScheduler({
      ...parts,
      jobs: [],
      outsideJobs: [job],
      wake: () => {},
      onRun: (run) => void told.push(run),
    });
  }

  it('runs a slot once, with the writer free meanwhile, and notes how it ended', async () => {
    let finish: (value: string) => void = () => {};
    let begun = 0;
    const one = scheduler(() => {
      begun++;
      return new Promise<string>((resolve) => {
        finish = resolve;
      });
    });
    const other = scheduler(async () => 'second');
    await one.tick();
    clock.to('2026-11-24T02:00');
    await Promise.all([one.tick(), one.tick()]);
    await db.write(async ({ q, t }) => q.insert(t.settings).values({ key: 'meanwhile', value: 1 }));
    await other.tick();
    finish('first');
    await one.idle();
    await other.idle();
    expect([begun, noted, told]).toEqual([1, [{ done: 'first' }], [{ job: 'long', ok: true }]]);
  });

  it('hands a failure to the job and does not try again before the next slot', async () => {
    const error = new Error('disk');
    const one = scheduler(() => Promise.reject(error));
    await one.tick();
    clock.to('2026-11-24T02:00');
    await one.tick();
    await one.idle();
    clock.to('2026-11-24T02:01');
    await one.tick();
    await one.idle();
    expect([noted, told]).toEqual([[{ failed: error }], [{ job: 'long', ok: false }]]);
  });

  it('is broken off by a stop and made up for after the next start', async () => {
    const untilStopped: OutsideJob['work'] = (_slot, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));
    const one = scheduler(untilStopped);
    await one.tick();
    clock.to('2026-11-24T02:00');
    await one.tick();
    await one.stop();
    expect(noted).toEqual([]);
    clock.to('2026-11-24T02:05');
    const next = scheduler(async () => 'made up');
    await next.tick();
    await next.idle();
    expect(noted).toEqual([{ done: 'made up' }]);
  });
});

describe('slots', () => {
  const calendar = publishedCalendar;
  const days = { zone: ZONE, calendar };

  it('come from all lines, in order, without the left end and with the right one', () => {
    const job = { schedule: ['0 15 15 * *', '0 9 10,15 * *'] };
    const range = { after: at('2026-12-10T09:00'), until: at('2026-12-15T15:00'), ...days };
    expect(slotsBetween(job, range)).toEqual([at('2026-12-15T09:00'), at('2026-12-15T15:00')]);
  });

  it('count a moment that two lines name once', () => {
    const job = { schedule: ['0 9 * * *', '0 9 15 * *'] };
    const range = { after: at('2026-12-15T08:00'), until: at('2026-12-15T10:00'), ...days };
    expect(slotsBetween(job, range)).toEqual([at('2026-12-15T09:00')]);
  });

  it('are moments of the configured zone, whatever the machine thinks', () => {
    const range = { after: at('2026-12-15T00:00'), until: at('2026-12-15T23:59'), zone: 'Asia/Urumqi', calendar };
    expect(slotsBetween({ schedule: ['0 9 * * *'] }, range)).toEqual([at('2026-12-15T11:00')]);
  });

  it('are none when the range runs backwards', () => {
    const range = { after: at('2026-12-15T10:00'), until: at('2026-12-14T10:00'), ...days };
    expect(slotsBetween({ schedule: ['0 9 * * *'] }, range)).toEqual([]);
  });
});
