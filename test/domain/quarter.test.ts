import { expect, it } from 'vitest';
import { quarterBefore, quarterIn, quarterOf, quarterPeriod, reportMonthsDueIn } from '../../src/domain/quarter.ts';

it('a quarter is three whole months, named as a document names it', () => {
  expect(quarterPeriod('2026Q3')).toEqual({ from: '2026-07-01', to: '2026-09-30', label: '2026年第三季度' });
  expect(quarterPeriod('2026Q4')).toMatchObject({ from: '2026-10-01', to: '2026-12-31' });
  expect(quarterPeriod('2028Q1')).toMatchObject({ from: '2028-01-01', to: '2028-03-31' });
  expect(() => quarterPeriod('2026Q5')).toThrow(RangeError);
});

it('the last one that was over is the one before, across the year, too', () => {
  expect([quarterOf('2026-09-30'), quarterOf('2026-10-01')]).toEqual(['2026Q3', '2026Q4']);
  expect(['2026-10-01', '2026-12-31', '2027-01-04'].map(quarterBefore)).toEqual(['2026Q3', '2026Q3', '2026Q4']);
});

it('a stretch of days is a quarter when it is whole', () => {
  expect(quarterIn({ from: '2026-07-01', to: '2026-09-30' })).toBe('2026Q3');
  expect(quarterIn({ from: '2026-07-01', to: '2026-09-29' })).toBeUndefined();
  expect(quarterIn({ from: '2026-08-01', to: '2026-10-31' })).toBeUndefined();
});

it('reports are due in the month after theirs', () => {
  expect(reportMonthsDueIn('2026Q3')).toEqual(['2026-06', '2026-07', '2026-08']);
  expect(reportMonthsDueIn('2026Q1')).toEqual(['2025-12', '2026-01', '2026-02']);
});
