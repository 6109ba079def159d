import { describe, expect, it } from 'vitest';
import { createTally } from '../src/tally.ts';
import { at, TestClock } from './support/office.ts';

const MINUTE_MS = 60_000;

describe('a tally', () => {
  it('counts by name, to the minute, and forgets after an hour', () => {
    const clock = new TestClock('2026-11-23T10:00');
    const tally = createTally<'a' | 'b'>(clock);
    tally.count('a');
    tally.count('a');
    tally.count('b');
    clock.to('2026-11-23T10:04:59');
    tally.count('a');
    expect([tally.within('a', MINUTE_MS), tally.within('a', 5 * MINUTE_MS), tally.within('b', MINUTE_MS)]).toEqual([
      1, 3, 0,
    ]);
    clock.to('2026-11-23T10:05');
    expect(tally.within('a', 5 * MINUTE_MS)).toBe(1);
    clock.to('2026-11-23T11:04');
    tally.count('b');
    expect([tally.within('a', 24 * 60 * MINUTE_MS), tally.within('b', 24 * 60 * MINUTE_MS)]).toEqual([0, 1]);
  });

  it('does not count what a clock that was set back has still to come to', () => {
    const time = { now: at('2026-11-23T10:00') };
    const tally = createTally<'a'>({ now: () => time.now });
    tally.count('a');
    time.now = at('2026-11-23T09:00');
    expect(tally.within('a', 60 * MINUTE_MS)).toBe(0);
    tally.count('a');
    time.now = at('2026-11-23T10:00');
    expect(tally.within('a', MINUTE_MS)).toBe(0);
  });
});
