import { describe, expect, it } from 'vitest';
import { endOfDay } from '../../src/domain/calendar.ts';
import { isLate, reportDeadline, reportMonthDue } from '../../src/domain/report.ts';
import { publishedCalendar } from '../../src/domain/working-calendar.ts';

const ZONE = 'Asia/Shanghai';
const DAYS = { zone: ZONE, calendar: publishedCalendar };
const counted = { includes15th: true };

it('a report due in a month covers the month before', () => {
  expect(reportMonthDue('2026-11-10')).toBe('2026-10');
  expect(reportMonthDue('2027-01-31')).toBe('2026-12');
  expect(reportMonthDue('2026-03-31')).toBe('2026-02');
});

describe('reportDeadline', () => {
  it('names the last working day when the 15th is a weekend', () => {
    expect(reportDeadline('2026-10', DAYS, counted)).toEqual({
      lastDay: '2026-11-15',
      dueAt: endOfDay('2026-11-15', ZONE),
      isWorkingDay: false,
      lastWorkingDay: '2026-11-13',
      announced: true,
      note: '11月15日是周日，最后一个工作日是13日（周五）',
    });
  });

  it('says nothing when it is a working day', () => {
    expect(reportDeadline('2026-11', DAYS, counted)).toMatchObject({
      lastDay: '2026-12-15',
      lastWorkingDay: '2026-12-15',
      isWorkingDay: true,
      note: null,
    });
  });

  it('takes the 14th when the 15th does not count', () => {
    expect(reportDeadline('2026-10', DAYS, { includes15th: false })).toMatchObject({
      lastDay: '2026-11-14',
      note: '11月14日是周六，最后一个工作日是13日（周五）',
    });
  });

  it('knows holidays and shifted weekends', () => {
    expect(reportDeadline('2021-01', DAYS, counted).note).toBe('2月15日（周一）放假，最后一个工作日是10日（周三）');
    expect(reportDeadline('2026-01', DAYS, counted).note).toBe('2月15日是周日，最后一个工作日是14日（周六）');
  });

  it('goes over the year and says when the holidays are not known', () => {
    expect(reportDeadline('2026-12', DAYS, counted)).toMatchObject({ lastDay: '2027-01-15', announced: false });
  });

  it('refuses what is no month', () => {
    expect(() => reportDeadline('2026-13', DAYS, counted)).toThrow(RangeError);
  });
});

it('is late from the first millisecond after the last day on', () => {
  const deadline = reportDeadline('2026-10', DAYS, counted);
  expect(isLate(deadline.dueAt, deadline)).toBe(false);
  expect(isLate(deadline.dueAt + 1, deadline)).toBe(true);
});
