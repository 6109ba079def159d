/** A year of the plan's dates, with the process down now and then: what is due comes once, in its order, and nothing of it twice. */

import { and, eq, gt, isNull, notInArray, sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Tx } from '../../db/database.ts';
import { addDays } from '../../src/domain/calendar.ts';
import { bulletinDraft } from '../../src/jobs/bulletin-draft.ts';
import { DAY_MS } from '../../src/jobs/job.ts';
import { reportOverdue } from '../../src/jobs/report-overdue.ts';
import { reportReminder } from '../../src/jobs/report-reminder.ts';
import { createScheduler } from '../../src/scheduler.ts';
import { at, type Office, openOffice, ZONE } from '../support/office.ts';

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
function looksOf(down: ReadonlySet<string>): number[] {
  const up = days.filter((day) => matters(day) && !down.has(day));
  return up.flatMap((day) => {
    const first = down.has(addDays(day, -1)) ? '10:30' : '09:00';
    return [first, ...(day.endsWith('-15') ? ['15:00'] : [])].map((time) => at(`${day}T${time}`));
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

it('brings every reminder, overdue list and draft of 2026 once, in order, whenever the process was down', async () => {
  const options = { ...office, zone: ZONE, log: pino({ level: 'silent' }), wake: () => undefined };
  const schedulers = ['one process', 'another'].map(() =>
    createScheduler({ ...options, jobs: [reportReminder, reportOverdue, bulletinDraft] }),
  );
  const came: { target: string; at: number; month: string | null }[] = [];
  const looks = looksOf(downDays());
  for (const scheduler of schedulers) await scheduler.tick();
  await office.db.write((tx) => markSent(tx));
  let seen = (await queuedAfter(0)).at(-1)?.id ?? 0;
  for (const moment of looks) {
    office.clock.advance(moment - office.clock.now());
    for (const scheduler of schedulers) await scheduler.tick();
    const queued = await queuedAfter(seen);
    if (queued.length > 0) await office.db.write((tx) => markSent(tx));
    came.push(...queued.map(({ target, month }) => ({ target, at: moment, month })));
    seen = queued.at(-1)?.id ?? seen;
  }
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
}, 120_000);
