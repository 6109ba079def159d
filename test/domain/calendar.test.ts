import * as library from 'chinese-days';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  dayName,
  endOfDay,
  isDay,
  localDay,
  localMonth,
  startOfDay,
  weekdayOf,
} from '../../src/domain/calendar.ts';
import { publishedCalendar } from '../../src/domain/working-calendar.ts';

const { addWorkingDays, announced, dayKind, isWorkingDay, lastWorkingDayUpTo, workingDaysBetween } = publishedCalendar;
const ZONE = 'Asia/Shanghai';
const dayIn = (from: string, length: number) => fc.nat(length).map((days) => addDays(from, days));

describe('local days', () => {
  it('belong to the zone, not to the machine', () => {
    const moment = Date.UTC(2026, 10, 30, 16, 0, 0);
    expect(localDay(moment, ZONE)).toBe('2026-12-01');
    expect(localDay(moment - 1, ZONE)).toBe('2026-11-30');
    expect(localMonth(moment, ZONE)).toBe('2026-12');
    expect(localMonth(moment - 1, ZONE)).toBe('2026-11');
    expect(localDay(moment, 'UTC')).toBe('2026-11-30');
  });

  it('begin at midnight and end a millisecond before the next', () => {
    expect(startOfDay('2026-12-01', ZONE)).toBe(Date.UTC(2026, 10, 30, 16));
    expect(endOfDay('2026-11-30', ZONE)).toBe(Date.UTC(2026, 10, 30, 16) - 1);
  });

  it('are added over months and leap years', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
  });

  it('have their names', () => {
    expect(['2026-11-23', '2026-11-28', '2026-11-29', '1969-12-29'].map(dayName)).toEqual([
      '周一',
      '周六',
      '周日',
      '周一',
    ]);
  });

  it('are told from other texts', () => {
    expect(isDay('2026-02-28')).toBe(true);
    for (const text of ['2026-02-29', '2026-2-8', '2026-W08-1', '2026', '', '2026-02-28T00'])
      expect(isDay(text)).toBe(false);
    for (const text of ['2026-02-29', 'x', '2026-W08-1']) expect(() => startOfDay(text, ZONE)).toThrow(RangeError);
  });
});

describe('working days', () => {
  it('knows the holidays of the years in the table only', () => {
    expect([2003, 2004, 2025, 2026, 2027].map(announced)).toEqual([false, true, true, true, false]);
  });

  // 国办发明电〔2025〕7号: 2026年部分节假日安排.
  it.each([
    ['2026-01-01', false],
    ['2026-01-02', false],
    ['2026-01-04', true],
    ['2026-02-14', true],
    ['2026-02-16', false],
    ['2026-02-23', false],
    ['2026-02-24', true],
    ['2026-02-28', true],
    ['2026-05-09', true],
    ['2026-06-19', false],
    ['2026-09-20', true],
    ['2026-09-25', false],
    ['2026-10-01', false],
    ['2026-10-07', false],
    ['2026-10-08', true],
    ['2026-10-10', true],
    ['2026-11-22', false],
    ['2026-11-23', true],
  ])('%s: %s', (day, expected) => {
    expect(isWorkingDay(day)).toBe(expected);
  });

  it('judges an unannounced year by the plain week, less the days that are off by law every year', () => {
    const off = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'];
    for (const year of [2027, 2028, 2029, 2030]) {
      expect(announced(year)).toBe(false);
      for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) {
        const works = weekdayOf(day) < 5 && !off.includes(day.slice(5));
        if (isWorkingDay(day) !== works) expect.fail(day);
      }
    }
    expect(['2027-01-01', '2028-05-02', '2029-10-03', '2027-10-04'].map((day) => dayKind(day).name)).toEqual([
      ...['元旦', '五一', '国庆'],
      undefined,
    ]);
  });

  it('of an announced year the table tells, also of a day that is off by law only since 2025', () => {
    expect(['2013-05-02', '2025-05-02'].map(isWorkingDay)).toEqual([true, false]);
  });

  it('counts over them, one by one and at once', () => {
    fc.assert(
      fc.property(fc.nat(1500), fc.nat(400), (first, length) => {
        const from = addDays('2026-06-01', first);
        const to = addDays(from, length);
        let working = 0;
        for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(day)) working += 1;
        expect(workingDaysBetween(from, to)).toBe(working);
      }),
      { numRuns: 100 },
    );
    expect(workingDaysBetween('2027-09-30', '2027-10-08')).toBe(5);
  });

  // West of Greenwich the library itself is a day off, which is why only its data is used.
  it.skipIf(new Date().getTimezoneOffset() > 0)('agrees with the library on every day of the announced years', () => {
    for (let day = '2004-01-01'; day < '2027-01-01'; day = addDays(day, 1)) {
      if (library.isWorkday(day) !== isWorkingDay(day)) expect.fail(day);
    }
  });

  it('counts over holidays and shifted weekends', () => {
    expect(addWorkingDays('2026-09-30', 1)).toEqual({ day: '2026-10-08', announced: true });
    expect(addWorkingDays('2026-10-09', 1)).toEqual({ day: '2026-10-10', announced: true });
    expect(addWorkingDays('2026-11-27', 1)).toEqual({ day: '2026-11-30', announced: true });
    expect(addWorkingDays('2026-11-28', 0)).toEqual({ day: '2026-11-28', announced: true });
    expect(addWorkingDays('2026-10-08', -1)).toEqual({ day: '2026-09-30', announced: true });
  });

  it('says so when it had to guess', () => {
    expect(addWorkingDays('2026-12-31', 1)).toEqual({ day: '2027-01-04', announced: false });
    expect(addWorkingDays('2026-12-30', 1)).toEqual({ day: '2026-12-31', announced: true });
  });

  it('counts between two days, signed', () => {
    expect(workingDaysBetween('2026-11-23', '2026-11-30')).toBe(5);
    expect(workingDaysBetween('2026-11-30', '2026-11-23')).toBe(-5);
    expect(workingDaysBetween('2026-11-23', '2026-11-23')).toBe(0);
    expect(workingDaysBetween('2026-11-27', '2026-11-29')).toBe(0);
    expect(workingDaysBetween('2026-09-30', '2026-10-11')).toBe(3);
  });

  it('finds the last working day up to a day', () => {
    expect(lastWorkingDayUpTo('2026-11-15')).toBe('2026-11-13');
    expect(lastWorkingDayUpTo('2026-11-13')).toBe('2026-11-13');
    expect(lastWorkingDayUpTo('2026-10-07')).toBe('2026-09-30');
  });

  it('adding and counting are inverse', () => {
    fc.assert(
      fc.property(dayIn('2024-01-01', 1500), fc.integer({ min: 1, max: 60 }), (day, days) => {
        const found = addWorkingDays(day, days).day;
        expect(isWorkingDay(found)).toBe(true);
        expect(workingDaysBetween(day, found)).toBe(days);
        expect(workingDaysBetween(found, day)).toBe(-days);
        const start = lastWorkingDayUpTo(day);
        expect(addWorkingDays(addWorkingDays(start, days).day, -days).day).toBe(start);
      }),
    );
  });

  it('counting is what looking at each day gives, whatever years it goes through', () => {
    fc.assert(
      fc.property(fc.constantFrom('1968-01-01', '2004-01-01', '2025-06-01'), fc.nat(800), fc.nat(800), (base, a, b) => {
        const [from, to] = [addDays(base, Math.min(a, b)), addDays(base, Math.max(a, b))];
        let working = 0;
        for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(day)) working += 1;
        expect(workingDaysBetween(from, to)).toBe(working);
      }),
      { numRuns: 30 },
    );
  });

  it('counting adds up over any day between', () => {
    const day = dayIn('2025-01-01', 1000);
    fc.assert(
      fc.property(day, day, day, (a, b, c) => {
        expect(workingDaysBetween(a, b) + workingDaysBetween(b, c)).toBe(workingDaysBetween(a, c));
      }),
    );
  });
});
