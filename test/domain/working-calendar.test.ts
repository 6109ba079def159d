import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import { completionDeadline } from '../../src/domain/deadline.ts';
import { explainDeadline } from '../../src/domain/deadline-course.ts';
import { calendarWith, type OwnDays, publishedCalendar } from '../../src/domain/working-calendar.ts';
import { at, ZONE } from '../support/office.ts';

const off = (from: string, to = from, name = ''): OwnDays => ({ from, to, kind: 'off', name });
const work = (from: string, to = from, name = ''): OwnDays => ({ from, to, kind: 'work', name });

describe('own days above the published table', () => {
  const calendar = calendarWith([off('2026-11-25', '2026-11-26', '那达慕'), work('2026-11-28'), work('2026-10-07')]);

  it.each([
    ['an ordinary day off', '2026-11-25', false],
    ['a weekend day on which people work', '2026-11-28', true],
    ['a holiday on which people work', '2026-10-07', true],
    ['what they say nothing of', '2026-10-06', false],
  ])('%s', (_, day, works) => {
    expect(calendar.isWorkingDay(day)).toBe(works);
  });

  it('move the promised day, and are named where it is explained', () => {
    const { dueAt } = completionDeadline(at('2026-11-24T10:00'), 3, { zone: ZONE, calendar });
    expect(dueAt).toBe(at('2026-11-30T00:00') + 86_400_000 - 1);
    const course = {
      events: [{ effect: 'begins' as const, day: '2026-11-24', what: '受理' }],
      dueDay: '2026-11-30',
      remainingDays: null,
    };
    expect(explainDeadline(course, calendar)).toEqual([
      '11月24日受理 + 3个工作日：25、26日那达慕，27日，28日（周六调休上班），29日周末，30日 → 11月30日',
    ]);
  });

  it('counting is what looking at each day gives, whatever they say', () => {
    const stretch = fc.record({
      from: fc.nat(500).map((days) => addDays('2026-01-01', days)),
      length: fc.nat(10),
      kind: fc.constantFrom<OwnDays['kind'][]>('off', 'work'),
    });
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 8 }), fc.nat(500), fc.nat(60), (stretches, first, length) => {
        const own = calendarWith(
          stretches.map(({ from, length: days, kind }) => ({ from, to: addDays(from, days), kind, name: '' })),
        );
        const from = addDays('2026-01-01', first);
        const to = addDays(from, length);
        let working = 0;
        for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (own.isWorkingDay(day)) working += 1;
        expect(own.workingDaysBetween(from, to)).toBe(working);
      }),
      { numRuns: 50 },
    );
  });

  it('make a year known when New Year’s Day and the National Day are off', () => {
    expect(publishedCalendar.announced(2027)).toBe(false);
    expect(calendarWith([off('2027-01-01', '2027-01-03')]).announced(2027)).toBe(false);
    const entered = calendarWith([off('2027-01-01', '2027-01-03'), off('2027-10-01', '2027-10-07')]);
    expect(entered.announced(2027)).toBe(true);
    expect(entered.addWorkingDays('2026-12-31', 1)).toEqual({ day: '2027-01-04', announced: true });
  });
});
