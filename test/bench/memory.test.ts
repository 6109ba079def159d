import { describe, expect, it } from 'vitest';
import { quarterMedians, slopePerHour } from '../../bench/memory.ts';

/** Every ten seconds for so long, MiB by the second. */
const sampled = (seconds: number, mib: (second: number) => number) =>
  Array.from({ length: seconds / 10 + 1 }, (_, index) => ({ second: index * 10, mib: mib(index * 10) }));

describe('memory over a long run', () => {
  it('is a slope in MiB an hour, whatever swings around it', () => {
    expect(slopePerHour(sampled(3600, (second) => 150 + second / 1800))).toBeCloseTo(2);
    expect(Math.abs(slopePerHour(sampled(3600, (second) => 150 + (second % 60))))).toBeLessThan(1);
    expect(slopePerHour(sampled(3600, (second) => 200 - second / 3600))).toBeCloseTo(-1);
    expect(slopePerHour([{ second: 0, mib: 150 }])).toBe(0);
  });

  it('is compared by the medians of its first and last quarters', () => {
    const samples = sampled(70, (second) => (second === 70 ? 900 : 100 + second));
    expect(quarterMedians(samples)).toEqual({ first: 110, last: 900 });
    expect(quarterMedians(sampled(110, (second) => (second === 110 ? 900 : 100 + second)))).toEqual({
      first: 110,
      last: 200,
    });
  });
});
