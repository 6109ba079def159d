import { expect, it } from 'vitest';
import { backoffMs } from '../../src/outbox/backoff.ts';

it('starts at one to two seconds', () => {
  expect(backoffMs({ attempts: 1, random: () => 0 })).toBe(1_000);
  expect(backoffMs({ attempts: 1, random: () => 0.999 })).toBeLessThanOrEqual(2_000);
});

it('doubles', () => {
  const waits = [1, 2, 3, 4].map((attempts) => backoffMs({ attempts, random: () => 0 }));
  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000]);
});

it('never waits longer than ten minutes, whatever the number of attempts', () => {
  expect(backoffMs({ attempts: 2_000, random: () => 0.999_999 })).toBeLessThanOrEqual(600_000);
  expect(backoffMs({ attempts: 2_000, random: () => 0 })).toBe(300_000);
});

it('waits at least as long as the platform asks', () => {
  expect(backoffMs({ attempts: 1, random: () => 0, retryAfterMs: 30_000 })).toBe(30_000);
  expect(backoffMs({ attempts: 5, random: () => 0, retryAfterMs: 1 })).toBe(16_000);
});

it('does not let the platform put a row off for ever', () => {
  expect(backoffMs({ attempts: 1, random: () => 0, retryAfterMs: 86_400_000 })).toBe(20 * 60_000);
});
