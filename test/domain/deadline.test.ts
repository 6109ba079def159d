import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, endOfDay, startOfDay } from '../../src/domain/calendar.ts';
import {
  acceptDeadline,
  completionDeadline,
  correctedDeadline,
  remainingWorkingDays,
  resumeDeadline,
} from '../../src/domain/deadline.ts';
import { publishedCalendar } from '../../src/domain/working-calendar.ts';

const ZONE = 'Asia/Shanghai';
const HOUR = 3_600_000;
const at = (day: string, hour = 10) => startOfDay(day, ZONE) + hour * HOUR;
const end = (day: string) => endOfDay(day, ZONE);
const DAYS = { zone: ZONE, calendar: publishedCalendar };

describe('acceptDeadline', () => {
  it.each([
    ['2026-11-23', '2026-11-24'],
    ['2026-11-27', '2026-11-30'],
    ['2026-11-28', '2026-11-30'],
    ['2026-09-30', '2026-10-08'],
  ])('forwarded on %s: by the end of %s', (day, due) => {
    expect(acceptDeadline(at(day, 0), DAYS)).toBe(end(due));
    expect(acceptDeadline(end(day), DAYS)).toBe(end(due));
  });
});

describe('completionDeadline', () => {
  it('counts from the next day on', () => {
    expect(completionDeadline(at('2026-11-23', 23), 5, DAYS)).toEqual({ dueAt: end('2026-11-30'), announced: true });
    expect(completionDeadline(at('2026-11-22'), 5, DAYS)).toEqual({ dueAt: end('2026-11-27'), announced: true });
  });

  it('counts 调休 days and leaves holidays out', () => {
    expect(completionDeadline(at('2026-09-30'), 3, DAYS)).toEqual({ dueAt: end('2026-10-10'), announced: true });
  });

  it('tells when the holidays are not announced', () => {
    expect(completionDeadline(at('2026-12-30'), 3, DAYS)).toEqual({ dueAt: end('2027-01-05'), announced: false });
  });

  it('means today with no promised days, or the next working day', () => {
    expect(completionDeadline(at('2026-11-23'), 0, DAYS).dueAt).toBe(end('2026-11-23'));
    expect(completionDeadline(at('2026-11-28'), 0, DAYS).dueAt).toBe(end('2026-11-30'));
  });
});

describe('remainingWorkingDays', () => {
  it.each([
    ['2026-11-27', '2026-11-23', 4],
    ['2026-11-27', '2026-11-27', 0],
    ['2026-11-27', '2026-11-28', -1],
    ['2026-11-27', '2026-11-30', -1],
    ['2026-11-27', '2026-12-01', -2],
    ['2026-11-30', '2026-11-28', 1],
  ])('due on %s, today is %s: %i', (due, today, days) => {
    expect(remainingWorkingDays(end(due), at(today, 0), DAYS)).toBe(days);
    expect(remainingWorkingDays(end(due), end(today), DAYS)).toBe(days);
  });
});

describe('resumeDeadline', () => {
  it('gives back the days that were left', () => {
    const due = completionDeadline(at('2026-11-23'), 5, DAYS).dueAt;
    const left = remainingWorkingDays(due, at('2026-11-25'), DAYS);
    expect(left).toBe(3);
    expect(resumeDeadline(left, at('2026-12-07'), DAYS)).toEqual({ dueAt: end('2026-12-10'), announced: true });
  });

  it('gives today, or the next working day, when the last day had come', () => {
    expect(resumeDeadline(0, at('2026-12-07'), DAYS).dueAt).toBe(end('2026-12-07'));
    expect(resumeDeadline(0, at('2026-12-05'), DAYS).dueAt).toBe(end('2026-12-07'));
  });

  it('leaves overdue what was overdue', () => {
    expect(resumeDeadline(-2, at('2026-12-07'), DAYS).dueAt).toBe(end('2026-12-03'));
    expect(resumeDeadline(-1, at('2026-12-05'), DAYS).dueAt).toBe(end('2026-12-03'));
  });

  it('is a standstill: what is left afterwards is what was left before', () => {
    const moment = fc.nat(900).map((days) => at(addDays('2025-01-01', days)));
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 40 }), (now, days) => {
        expect(remainingWorkingDays(resumeDeadline(days, now, DAYS).dueAt, now, DAYS)).toBe(days);
        expect(remainingWorkingDays(resumeDeadline(-days, now, DAYS).dueAt, now, DAYS)).toBe(-days);
      }),
    );
  });
});

describe('correctedDeadline', () => {
  const course = { registeredAt: at('2026-11-16'), suspendCount: 0, remainingDays: null };
  const corrected = (over: { dueAt: number; returnCount: number }, was: number, is: number) =>
    correctedDeadline({ ...course, ...over }, { was, is }, DAYS).dueAt;

  it('counts from registration where time has not stood still', () => {
    expect(corrected({ dueAt: end('2026-11-23'), returnCount: 0 }, 5, 9)).toBe(end('2026-11-27'));
  });

  it('moves by the difference once time has stood still, and not at all without one', () => {
    fc.assert(
      fc.property(fc.integer({ min: -60, max: 300 }), fc.integer({ min: -9, max: 9 }), (after, more) => {
        const due = publishedCalendar.addWorkingDays(addDays('2026-06-01', after), 1).day;
        const moved = corrected({ dueAt: end(due), returnCount: 1 }, 10, 10 + more);
        expect(moved).toBe(end(publishedCalendar.addWorkingDays(due, more).day));
      }),
    );
    expect(corrected({ dueAt: end('2026-11-27'), returnCount: 1 }, 5, 5)).toBe(end('2026-11-27'));
    expect(corrected({ dueAt: end('2026-11-27'), returnCount: 1 }, 5, 7)).toBe(end('2026-12-01'));
  });

  it('leaves the deadline alone while time stands still', () => {
    const still = { ...course, returnCount: 1, dueAt: null, remainingDays: 3 };
    expect(correctedDeadline(still, { was: 5, is: 9 }, DAYS)).toEqual({ dueAt: null, remainingDays: 7 });
  });
});
