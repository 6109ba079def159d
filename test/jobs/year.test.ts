/** A year of the plan's dates, with the process down now and then: what is due comes once, in its order, and nothing of it twice. */

import { and, eq, gt, isNull, notInArray, sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Tx } from '../../db/database.ts';
import { addDays } from '../../src/domain/calendar.ts';
import { bulletinDraft } from '../../src/jobs/bulletin-draft.ts';
import { caseDeadlines } from '../../src/jobs/case-deadlines.ts';
import { DAY_MS, type Job } from '../../src/jobs/job.ts';
import { reportOverdue } from '../../src/jobs/report-overdue.ts';
import { reportReminder } from '../../src/jobs/report-reminder.ts';
import { weeklyDigest } from '../../src/jobs/weekly-digest.ts';
import { createScheduler } from '../../src/scheduler.ts';
import { at, type Office, openOffice, ZONE } from '../support/office.ts';
import { press, registerCase } from './support.ts';

let office: Office;

beforeEach(async () => {
  office = await openOffice({ now: '2026-01-01T00:00' });
  await office.bindGroup('oc_banner', '鄂温克族自治旗');
  await office.bindGroup('oc_town', '巴彦托海镇');
  await office.hire({ openId: 'ou_town', name: '孟和', unit: '大雁镇' });
  await office.hire({ openId: 'ou_manager', name: '白玉兰', unit: '鄂温克族自治旗', role: 'manager' });
  // Two towns tell what ten would.
  await office.db.write(({ q, t }) => {
    const others = and(eq(t.units.level, 'town'), notInArray(t.units.name, ['巴彦托海镇', '大雁镇']));
    return q.update(t.units).set({ active: false }).where(others);
  });
});

afterEach(() => office.close());

const months = Array.from({ length: 12 }, (_, index) => `2026-${String(index + 1).padStart(2, '0')}`);
const days = Array.from({ length: 365 }, (_, index) => addDays('2026-01-01', index));

/** By hand: the plan's dates, and each quarter's first day of work after New Year, the Qingming days and the National Day. */
const plan = {
  reminder: months.flatMap((month) =>
    ['10T09:00', '13T09:00', '14T09:00', '15T09:00', '15T15:00'].map((slot) => at(`${month}-${slot}`)),
  ),
  overdue: months.map((month) => at(`${month}-16T09:00`)),
  bulletin: ['01-04', '04-01', '07-01', '10-08'].map((day) => at(`2026-${day}T09:00`)),
};

/** Days without the process, the same in every run: one in six by the dice, and a quarter's first working day whatever they say. */
function downDays(): ReadonlySet<string> {
  let state = 2026;
  const draw = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  return new Set([...days.filter(() => draw() < 1 / 6), '2026-04-01']);
}

/** Days on which something is due, and those after them on which it would be made up for; on others nothing ever comes. */
function matters(day: string): boolean {
  const [, month, date] = day.split('-').map(Number) as [number, number, number];
  return (date >= 10 && date <= 18) || (date <= 9 && month % 3 === 1);
}

/** When the scheduler looks: started in the morning after a day without it, at the jobs' own hours on any other. */
function looksOf({ down, later }: { down: (day: string) => boolean; later: (day: string) => string[] }): number[] {
  return days.flatMap((day) => {
    const times = [down(addDays(day, -1)) ? '10:30' : '09:00', ...later(day)];
    return down(day) ? [] : times.map((time) => at(`${day}T${time}`));
  });
}

/** What comes at which look: of several missed reminders the newest, and none that is more than a day old. */
function expected(looks: readonly number[]) {
  const firstLook = (slot: number) => looks.find((look) => look >= slot) ?? Number.POSITIVE_INFINITY;
  const reminders = plan.reminder.filter((slot, index) => {
    const next = plan.reminder[index + 1] ?? Number.POSITIVE_INFINITY;
    return firstLook(slot) < next && firstLook(slot) - slot <= DAY_MS;
  });
  return {
    reminder: reminders.map(firstLook),
    overdue: plan.overdue.map(firstLook),
    bulletin: plan.bulletin.map(firstLook),
  };
}

/** As the outbox does it: a card that waits to be posted would take the next reminder in. */
async function markSent({ q, t }: Tx): Promise<void> {
  await q.update(t.livingCards).set({ messageId: sql`'om_' || id` }).where(isNull(t.livingCards.messageId));
  await q.update(t.outbox).set({ status: 'sent', settledAt: office.clock.now() }).where(eq(t.outbox.status, 'waiting'));
}

/** What was queued after the row: to whom, and on which month the report is, if it is one. */
function queuedAfter(id: number) {
  return office.db.read(({ q, t }) =>
    q
      .select({ id: t.outbox.id, target: t.outbox.target, month: t.monthlyReports.month })
      .from(t.outbox)
      .leftJoin(t.livingCards, eq(t.livingCards.id, t.outbox.livingCardId))
      .leftJoin(
        t.monthlyReports,
        and(eq(t.livingCards.subject, 'report'), eq(t.monthlyReports.id, t.livingCards.subjectId)),
      )
      .where(and(eq(t.outbox.operation, 'post'), gt(t.outbox.id, id)))
      .orderBy(t.outbox.id),
  );
}

interface Came {
  readonly job: string;
  readonly target: string;
  readonly at: number;
  readonly month: string | null;
}

/** What two processes post at each look, job by job, each job looking in both. */
async function lives({ jobs, looks }: { jobs: readonly Job[]; looks: readonly number[] }): Promise<Came[]> {
  const options = { ...office, zone: ZONE, log: pino({ level: 'silent' }), wake: () => undefined };
  const schedulers = jobs.flatMap((job) =>
    ['one process', 'another'].map(() => ({ job: job.name, scheduler: createScheduler({ ...options, jobs: [job] }) })),
  );
  const came: Came[] = [];
  for (const { scheduler } of schedulers) await scheduler.tick();
  await office.db.write((tx) => markSent(tx));
  let seen = (await queuedAfter(0)).at(-1)?.id ?? 0;
  for (const moment of looks) {
    office.clock.advance(moment - office.clock.now());
    for (const { job, scheduler } of schedulers) {
      await scheduler.tick();
      const queued = await queuedAfter(seen);
      came.push(...queued.map(({ target, month }) => ({ job, target, at: moment, month })));
      seen = queued.at(-1)?.id ?? seen;
    }
    if (came.at(-1)?.at === moment) await office.db.write((tx) => markSent(tx));
  }
  return came;
}

it('brings every reminder, overdue list and draft of 2026 once, in order, whenever the process was down', async () => {
  const down = downDays();
  const looks = looksOf({
    down: (day) => down.has(day) || !matters(day),
    later: (day) => (day.endsWith('-15') ? ['15:00'] : []),
  });
  const came = await lives({ jobs: [reportReminder, reportOverdue, bulletinDraft], looks });
  const cameTo = (target: string) => came.filter((one) => one.target === target).map((one) => one.at);
  const due = expected(looks);
  expect(due.reminder.length).toBeGreaterThan(40);
  expect(due.reminder.length).toBeLessThan(plan.reminder.length);
  for (const town of ['oc_town', 'ou_town']) expect([town, cameTo(town)]).toEqual([town, due.reminder]);
  expect(cameTo('oc_banner')).toEqual(due.overdue);
  expect(cameTo('ou_manager')).toEqual(due.bulletin);
  const monthBefore = (moment: number) => new Date(moment - 20 * DAY_MS).toISOString().slice(0, 7);
  const reports = came.filter(({ month }) => month !== null);
  expect(reports.map(({ month }) => month)).toEqual(reports.map((one) => monthBefore(one.at)));
});

describe('with a case that nobody ever completes, and a task of June and one of October', () => {
  /** Registered on Monday, 5 January: promised for the 12th. */
  beforeEach(async () => {
    await office.bindGroup('oc_village', '安达社区');
    await office.hire({ openId: 'ou_ada', name: '阿达', unit: '安达社区' });
    await office.hire({ openId: 'ou_clerk', name: '王芳', unit: '巴彦托海镇' });
    await office.hire({ openId: 'ou_town_manager', name: '包主任', unit: '巴彦托海镇', role: 'manager' });
    await office.hire({ openId: 'ou_other_manager', name: '敖登', unit: '大雁镇', role: 'manager' });
    await office.db.write(async ({ q, t }) => {
      await q.update(t.tasks).set({ dueDay: '2026-06-30' }).where(eq(t.tasks.number, 9));
      await q.update(t.tasks).set({ dueDay: '2026-10-10' }).where(eq(t.tasks.number, 10));
    });
    office.clock.to('2026-01-05T10:00');
    await registerCase(office, { openId: 'ou_ada', chatId: 'oc_village' });
    await press(office, 'ou_clerk', { target: 'oc_town', label: '接收' });
  });

  const mondays = days.filter((day) => new Date(`${day}T00:00Z`).getUTCDay() === 1);
  /** By hand, each week's first day of work: the week of the Spring Festival has none. */
  const moved: Readonly<Record<string, string | undefined>> = {
    '2026-02-23': '2026-02-24',
    '2026-04-06': '2026-04-07',
    '2026-05-04': '2026-05-06',
    '2026-10-05': '2026-10-08',
  };
  const weekFirsts = mondays.filter((day) => day !== '2026-02-16').map((day) => moved[day] ?? day);
  const fridays = mondays.map((day) => addDays(day, 4)).filter((day) => day > '2026-01-05');
  const inJanuary = (...dates: number[]) => dates.map((date) => `2026-01-${String(date).padStart(2, '0')}`);
  const between = (from: string, to: string) => weekFirsts.filter((day) => from <= day && day <= to);

  it('tells whoever has to hear, on the plan’s days and no others, less those without the process', async () => {
    // The days of both rungs, and the days after, are among those without.
    const random = downDays();
    const without = new Set([...random, ...inJanuary(14, 16, 17, 18)]);
    const down = (day: string) => without.has(day) && !inJanuary(13, 15, 19).includes(day);
    const matters = new Set([
      ...days.filter((day) => day > '2026-01-05' && day < '2026-01-25'),
      ...[...weekFirsts, ...fridays].flatMap((day) => [day, addDays(day, 1)]),
    ]);
    const looks = looksOf({
      down: (day) => down(day) || !matters.has(day),
      later: (day) => (fridays.includes(day) ? ['16:00'] : []),
    });
    const came = await lives({ jobs: [caseDeadlines, weeklyDigest], looks });
    const cameTo = (target: string, { name }: Job) =>
      came.filter((one) => one.target === target && one.job === name).map((one) => one.at);
    /** The first look of each day that has one: the morning's digest is not made up for. */
    const mornings = (wanted: readonly string[]) =>
      wanted.filter((day) => !down(day)).map((day) => looks.find((look) => look >= at(`${day}T09:00`)));

    const overdue = [...inJanuary(9, 12, 13, 14, 15), ...between('2026-01-19', '2026-12-31')];
    expect(cameTo('oc_town', caseDeadlines)).toEqual(mornings(overdue));
    const tasks = [...between('2026-06-15', '2026-07-31'), ...between('2026-09-25', '2026-11-10')];
    // A whole working day over on the 14th, three on the 16th: each is made up for when the process is there again.
    expect(cameTo('ou_town_manager', caseDeadlines)).toEqual(mornings([...inJanuary(15), ...tasks]));
    expect(cameTo('oc_banner', caseDeadlines)).toEqual(mornings(inJanuary(19)));
    expect(cameTo('ou_other_manager', caseDeadlines)).toEqual(mornings(tasks));
    for (const other of ['oc_village', 'ou_manager', 'ou_town', 'ou_ada', 'ou_clerk']) {
      expect([other, cameTo(other, caseDeadlines)]).toEqual([other, []]);
    }

    const slots = fridays.map((day) => at(`${day}T16:00`));
    const firstLook = (slot: number) => looks.find((look) => look >= slot) ?? Number.POSITIVE_INFINITY;
    const weekly = slots.filter((slot) => firstLook(slot) - slot <= DAY_MS);
    expect(weekly.length).toBeLessThan(slots.length);
    expect(weekly.map(firstLook).filter((look) => !slots.includes(look)).length).toBeGreaterThan(0);
    expect(cameTo('oc_banner', weeklyDigest)).toEqual(weekly.map(firstLook));
    expect(new Set(came.filter(({ job }) => job === weeklyDigest.name).map(({ target }) => target))).toEqual(
      new Set(['oc_banner']),
    );
  });
});
