import { describe, expect, it } from 'vitest';
import { workedStretches, workingMinutes } from '../../src/domain/office-hours.ts';
import { publishedCalendar } from '../../src/domain/working-calendar.ts';
import { at, ZONE } from '../support/office.ts';

const days = (zone = ZONE) => ({ zone, calendar: publishedCalendar });
const minutes = (from: string, to: string) => workingMinutes([{ from: at(from), to: at(to) }], days());

describe('working minutes', () => {
  it.each([
    ['within a morning', '2026-11-23T09:00', '2026-11-23T10:30', 90],
    ['over noon', '2026-11-23T11:30', '2026-11-23T15:00', 60],
    ['before opening to after closing', '2026-11-23T06:00', '2026-11-23T22:00', 420],
    ['at noon', '2026-11-23T12:00', '2026-11-23T14:30', 0],
    ['in the evening', '2026-11-23T18:00', '2026-11-24T08:30', 0],
    ['into the next day', '2026-11-23T17:00', '2026-11-24T09:00', 90],
    ['over a weekend', '2026-11-20T17:30', '2026-11-23T09:00', 60],
    ['within a weekend', '2026-11-21T09:00', '2026-11-22T17:00', 0],
    [
      'over the National Day holiday, to the Saturday that is worked',
      '2025-09-30T17:00',
      '2025-10-11T09:00',
      1 * 60 + 2 * 420 + 30,
    ],
    ['two whole weeks', '2026-11-02T08:30', '2026-11-13T18:00', 10 * 420],
    ['no time', '2026-11-23T09:00', '2026-11-23T09:00', 0],
    ['a clock set back', '2026-11-23T10:00', '2026-11-23T09:00', 0],
  ])('%s', (_, from, to, expected) => {
    expect(minutes(from, to)).toBe(expected);
  });

  it('round the sum, not the parts', () => {
    const half = { from: at('2026-11-23T09:00:00'), to: at('2026-11-23T09:00:20') };
    expect(workingMinutes([half, half], days())).toBe(1);
    expect(workingMinutes([half], days())).toBe(0);
  });

  it('leave out no part of a second, at either end', () => {
    const span = (from: number, to: number) => ({
      from: at('2026-11-23T09:00:00') + from,
      to: at('2026-11-23T09:00:00') + to,
    });
    expect(workingMinutes([span(900, 30_100)], days())).toBe(0);
    expect(workingMinutes([span(100, 30_100)], days())).toBe(1);
    // 20 and 50 seconds are no whole fractions of a minute.
    expect(workingMinutes([span(20_000, 50_000)], days())).toBe(1);
    expect(workingMinutes([span(20_001, 50_000)], days())).toBe(0);
  });

  it('go by the zone’s clock', () => {
    const stretch = { from: Date.UTC(2026, 10, 23, 0), to: Date.UTC(2026, 10, 23, 12) };
    expect(workingMinutes([stretch], days('Asia/Shanghai'))).toBe(420);
    expect(workingMinutes([stretch], days('UTC'))).toBe(210);
  });
});

describe('the stretches a case is worked on', () => {
  const stretches = (...steps: [string, number][]) =>
    workedStretches(
      steps.map(([kind, time]) => ({ kind, at: time })),
      { registeredAt: 0, until: 100 },
    );

  it('leave out the time from a return to the forwarding', () => {
    expect(stretches(['register', 0], ['forward', 0], ['accept', 5])).toEqual([{ from: 0, to: 100 }]);
    expect(
      stretches(['forward', 0], ['return', 10], ['forward', 30], ['accept', 40], ['return', 50], ['forward', 90]),
    ).toEqual([
      { from: 0, to: 10 },
      { from: 30, to: 50 },
      { from: 90, to: 100 },
    ]);
  });

  it('end where the case is returned still, and know nothing of what comes later', () => {
    expect(stretches(['return', 10])).toEqual([{ from: 0, to: 10 }]);
    expect(stretches(['return', 101], ['forward', 110])).toEqual([{ from: 0, to: 100 }]);
  });
});
