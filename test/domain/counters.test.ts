import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import {
  counterKeys,
  counterPeriods,
  noCounters,
  periodSpans,
  ratingCount,
  standingChange,
} from '../../src/domain/counters.ts';
import { addFigures, figuresFrom, isNothing, noFigures, restOf } from '../../src/domain/figures.ts';
import { stepStarts, trendStep } from '../../src/domain/grouping.ts';

describe('the spans of a period', () => {
  it.each([
    ['2026-11-01', '2026-11-30', [['m2026-11', 'm2026-11']]],
    ['2026-11-02', '2026-11-30', [['2026-11-02', '2026-11-30']]],
    ['2026-11-01', '2026-11-23', [['2026-11-01', '2026-11-23']]],
    ['2026-01-01', '2026-12-31', [['m2026-01', 'm2026-12']]],
    [
      '2026-10-30',
      '2027-01-02',
      [
        ['2026-10-30', '2026-10-31'],
        ['m2026-11', 'm2026-12'],
        ['2027-01-01', '2027-01-02'],
      ],
    ],
    [
      undefined,
      '2026-11-23',
      [
        ['m0000-01', 'm2026-10'],
        ['2026-11-01', '2026-11-23'],
      ],
    ],
    [undefined, '2024-02-29', [['m0000-01', 'm2024-02']]],
    [
      '2026-11-24',
      undefined,
      [
        ['2026-11-24', '2026-11-30'],
        ['m2026-12', 'm9999-12'],
      ],
    ],
    ['2026-11-24', '2026-11-23', []],
  ] as const)('%s to %s', (from, to, spans) => {
    expect(periodSpans(from, to)).toEqual(spans);
  });

  it('hold every day of the period once, and no other', () => {
    const day = fc.integer({ min: 0, max: 1200 }).map((days) => addDays('2023-06-15', days));
    fc.assert(
      fc.property(day, day, day, (one, other, looked) => {
        const [from, to] = [one, other].sort() as [string, string];
        const rows = counterPeriods('all', looked);
        const times = periodSpans(from, to).filter(([first, last]) => rows.some((row) => first <= row && row <= last));
        expect(times.length).toBe(from <= looked && looked <= to ? 1 : 0);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the keys of a case', () => {
  const of = { registrarId: 9, itemVersionId: 4, assistType: 'extended', way: 'post' } as const;

  it('go from the unit upwards: everything everywhere, items up to the banner, ways there again, the agent once', () => {
    const line = [
      { id: 1, level: 'village' },
      { id: 2, level: 'town' },
      { id: 3, level: 'banner' },
      { id: 5, level: 'league' },
    ] as const;
    expect(counterKeys({ ...of, line }).map(({ unitId, dimension, key }) => `${unitId} ${dimension} ${key}`)).toEqual([
      '1 all ',
      '1 agent 9',
      '1 item 4:extended',
      '1 way post',
      '2 all ',
      '2 item 4:extended',
      '3 all ',
      '3 item 4:extended',
      '3 way post',
      '5 all ',
    ]);
  });

  it('come once where the banner itself registers', () => {
    const keys = counterKeys({ ...of, line: [{ id: 3, level: 'banner' }] });
    expect(keys.map((key) => key.dimension)).toEqual(['all', 'agent', 'item', 'way']);
  });
});

describe('figures', () => {
  it('tell what stands from what has moved', () => {
    expect(standingChange('forwarded', 'accepted')).toEqual({ acceptedNow: 1, returnedNow: 0, suspendedNow: 0 });
    expect(standingChange('accepted', 'returned')).toEqual({ acceptedNow: -1, returnedNow: 1, suspendedNow: 0 });
    expect(standingChange('accepted', 'suspended')).toEqual({ acceptedNow: -1, returnedNow: 0, suspendedNow: 1 });
    expect(standingChange('suspended', 'terminated')).toEqual({ acceptedNow: 0, returnedNow: 0, suspendedNow: -1 });
    expect(standingChange(undefined, 'completed')).toEqual({ acceptedNow: 0, returnedNow: 0, suspendedNow: 0 });
    const ever = {
      ...noCounters,
      registered: 13,
      completed: 4,
      refused: 2,
      withdrawn: 1,
      terminated: 2,
      acceptedNow: 2,
      returnedNow: 1,
      suspendedNow: 1,
      delivered: 3,
    };
    expect(figuresFrom(noCounters, ever)).toMatchObject({
      total: 13,
      open: 6,
      waitingOpen: 2,
      acceptedOpen: 2,
      returnedOpen: 1,
      suspendedOpen: 1,
      undelivered: 1,
    });
  });

  it('rate', () => {
    const within = { ...noCounters, ...ratingCount(5), ...ratingCount(4), ...ratingCount(1) };
    expect(figuresFrom(within, within)).toMatchObject({ rated: 3, ratedSatisfied: 2, ratingPoints: 10 });
    expect(() => ratingCount(6)).toThrow(RangeError);
  });

  it('add up, and leave a rest', () => {
    const one = { ...noFigures, registered: 3, total: 3 };
    const whole = addFigures([one, one, one]);
    expect(whole.registered).toBe(9);
    expect(restOf(whole, [one, one])).toEqual(one);
    expect(isNothing(restOf(whole, [whole]))).toBe(true);
    expect(isNothing({ ...noFigures, total: 5 })).toBe(true);
    expect(isNothing({ ...noFigures, open: 1 })).toBe(false);
  });
});

describe('a trend', () => {
  it.each([
    ['2026-11-23', '2026-11-23', undefined],
    ['2026-11-01', '2026-12-01', 'day'],
    ['2026-11-01', '2026-12-02', 'week'],
    ['2026-10-01', '2026-12-31', 'week'],
    ['2026-01-01', '2026-12-31', 'month'],
  ])('of %s to %s goes by the %s', (from, to, step) => {
    expect(trendStep({ from, to })).toBe(step);
  });

  it('has every step once, weeks from Monday on', () => {
    expect(stepStarts({ from: '2026-11-20', to: '2026-12-01' }, 'week')).toEqual([
      '2026-11-16',
      '2026-11-23',
      '2026-11-30',
    ]);
    expect(stepStarts({ from: '2026-01-31', to: '2026-04-01' }, 'month')).toEqual([
      '2026-01-01',
      '2026-02-01',
      '2026-03-01',
      '2026-04-01',
    ]);
    expect(stepStarts({ from: '2026-02-28', to: '2026-03-01' }, 'day')).toEqual(['2026-02-28', '2026-03-01']);
  });
});
