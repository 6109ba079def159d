/** A year of slots, with the process down now and then: what is due comes in its order, once, and nothing of it twice. */

import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { unitReads } from '../../db/repositories/unit.ts';
import { addDays, dayName, localDay, startOfDay } from '../../src/domain/calendar.ts';
import { publishedCalendar } from '../../src/domain/working-calendar.ts';
import { jobs } from '../../src/jobs/index.ts';
import { DAY_MS } from '../../src/jobs/job.ts';
import { reportReminder } from '../../src/jobs/report-reminder.ts';
import { createScheduler, slotsBetween } from '../../src/scheduler.ts';
import { at, type Office, openOffice, ZONE } from '../support/office.ts';
import { cardsIn } from './support.ts';

let office: Office;
afterEach(() => office.close());

const days = Array.from({ length: 365 }, (_, index) => addDays('2026-01-01', index));

/** The days on which the process is down, the same in every run: about one in seven, some of them together. */
function downDays(seed: number): ReadonlySet<string> {
  let state = seed;
  const draw = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  return new Set(days.filter(() => draw() < 1 / 7));
}

/** When somebody looks on a day: at nine, and where the plan or the week asks for more. */
function timesOf(day: string): string[] {
  return ['09:00', ...(day.endsWith('-15') ? ['15:00'] : []), ...(dayName(day) === '周五' ? ['16:00'] : [])];
}

/** By hand, from the plan's calendar: the reminders of one month that fall on a day when somebody looks. */
const reminders = (month: string) =>
  ['10T09:00', '13T09:00', '14T09:00', '15T09:00', '15T15:00'].map((slot) => at(`${month}-${slot}`));

describe('a year of every job', { timeout: 120_000 }, () => {
  it.each([2026])(
    'runs each slot at most once and in order, and what was missed only while it is true (seed %i)',
    async (seed) => {
      office = await openOffice({ now: '2026-01-01T00:00' });
      const down = downDays(seed);
      const ran = new Map<string, number[]>(jobs.map(({ name }) => [name, []]));
      let late = 0;
      const noted = jobs.map((job) => ({
        ...job,
        run: async (_: unknown, slot: number) => {
          ran.get(job.name)?.push(slot);
          if (office.clock.now() - slot > job.catchUpMs) late++;
        },
      }));
      const scheduler = createScheduler({
        ...office,
        zone: ZONE,
        log: pino({ level: 'silent' }),
        wake: () => undefined,
        jobs: noted,
      });
      await scheduler.tick();
      for (const day of days) {
        if (down.has(day)) continue;
        for (const time of timesOf(day)) {
          office.clock.to(`${day}T${time}`);
          await scheduler.tick();
        }
      }
      expect(late).toBe(0);
      for (const [name, slots] of ran) {
        expect([name, slots]).toEqual([name, [...new Set(slots)].sort((a, b) => a - b)]);
        expect(slots.length).toBeGreaterThan(10);
      }
      // Of a working morning nothing is made up for on another day; of every other day up, each slot has come.
      const mornings = (ran.get('case-deadlines') ?? []).map((slot) => localDay(slot, ZONE));
      expect(mornings).toEqual(days.filter((day) => publishedCalendar.isWorkingDay(day) && !down.has(day)));
      const fridays = (ran.get('weekly-digest') ?? []).map((slot) => localDay(slot, ZONE));
      const madeUpFor = (day: string) => !down.has(day) || !down.has(addDays(day, 1));
      expect(fridays).toEqual(days.filter((day) => dayName(day) === '周五' && madeUpFor(day)));
      const expected = slotsBetween(reportReminder, {
        after: at('2026-01-01T00:00'),
        until: at('2026-12-31T23:59'),
        zone: ZONE,
        calendar: publishedCalendar,
      });
      const seen = ran.get('report-reminder') ?? [];
      // A reminder is given up only for a newer one, or when nobody was up within a day of it.
      for (const slot of expected.filter((one) => !seen.includes(one))) {
        const up = days.find((day) => day >= localDay(slot, ZONE) && !down.has(day)) ?? '2027-01-01';
        const newer = expected.find((one) => one > slot && one <= startOfDay(up, ZONE) + 9 * 3_600_000);
        expect([localDay(slot, ZONE), down.has(localDay(slot, ZONE))]).toEqual([localDay(slot, ZONE), true]);
        expect(newer !== undefined || startOfDay(up, ZONE) + 3 * 3_600_000 - slot > DAY_MS).toBe(true);
      }
    },
  );
});

describe('the reminders of a year', { timeout: 120_000 }, () => {
  it('come to every town, each once, and stop when it has reported', async () => {
    office = await openOffice({ now: '2026-01-01T08:00', keep: 400 });
    const towns = await office.db.read((tx) => unitReads.ofLevels(tx, ['town']));
    for (const { id, name } of towns) await office.bindGroup(`oc_town${id}`, name);
    const [first] = towns;
    await office.hire({ openId: 'ou_first', name: '王芳', unit: first?.name ?? '' });
    await office.app.scheduler.tick();
    await office.settle();
    const count = new Map<string, number>();
    const seen = new Set<string>();
    for (const month of ['2026-02', '2026-06']) {
      for (const slot of reminders(month)) {
        office.clock.advance(slot - office.clock.now());
        await office.app.scheduler.tick();
        await office.app.scheduler.tick();
        // So many cards take more rounds than one.
        await office.settle();
        await office.settle();
        for (const { target, messageId } of office.posted) {
          if (seen.has(messageId) || !target.startsWith('oc_town')) continue;
          seen.add(messageId);
          count.set(`${month} ${target}`, (count.get(`${month} ${target}`) ?? 0) + 1);
        }
        if (month === '2026-06' && slot === at('2026-06-13T09:00')) {
          await office.clicks('ou_first', { target: `oc_town${first?.id}`, label: '确认报送' });
        }
      }
    }
    expect(cardsIn(office, `oc_town${first?.id}`, '工作进展月报').length).toBeGreaterThan(0);
    for (const { id } of towns) {
      expect([id, count.get(`2026-02 oc_town${id}`)]).toEqual([id, 5]);
      expect([id, count.get(`2026-06 oc_town${id}`)]).toEqual([id, id === first?.id ? 2 : 5]);
    }
  });
});
