import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPacing, type Pacing, WINDOW_MS } from '../../src/outbox/pacing.ts';

const MINUTE_MS = 60_000;

function send(pacing: Pacing, target: string, sends: { times: number; now: number }): void {
  for (let count = 0; count < sends.times; count += 1) pacing.begin(target)(sends.now);
}

/** As the dispatcher does: only if the limits allow it. */
function maySend(pacing: Pacing, target: string, now: number): boolean {
  const pace = pacing.at(now);
  return pace.free > 0 && !pace.full.includes(target) && pace.freeFor(target) > 0;
}

describe('pacing', () => {
  it('lets five go to a target, and the sixth after the window', () => {
    const pacing = createPacing();
    send(pacing, 'oc_a', { times: 3, now: 1_000 });
    expect([pacing.at(1_000).freeFor('oc_a'), pacing.at(1_000).full]).toEqual([2, []]);
    send(pacing, 'oc_a', { times: 2, now: 1_200 });
    expect([pacing.at(1_200).freeFor('oc_a'), pacing.at(1_200).full]).toEqual([0, ['oc_a']]);
    expect(pacing.at(1_200).freeAt('oc_a')).toBe(1_000 + WINDOW_MS);
    expect(pacing.at(999 + WINDOW_MS).full).toEqual(['oc_a']);
    expect(pacing.at(1_000 + WINDOW_MS).freeFor('oc_a')).toBe(3);
  });

  it('counts what is under way until a second after its end, however long it takes', () => {
    const pacing = createPacing();
    const ends = Array.from({ length: 5 }, () => pacing.begin('oc_a'));
    expect([pacing.at(60_000).full, pacing.at(60_000).freeAt('oc_a')]).toEqual([['oc_a'], Number.POSITIVE_INFINITY]);
    ends[0]?.(60_000);
    ends[1]?.(60_300);
    expect(pacing.at(60_300).freeAt('oc_a')).toBe(60_000 + WINDOW_MS);
    expect(pacing.at(60_000 + WINDOW_MS).freeFor('oc_a')).toBe(1);
    expect(pacing.at(60_300 + WINDOW_MS).freeFor('oc_a')).toBe(2);
  });

  it('does not hold one target back for another', () => {
    const pacing = createPacing();
    send(pacing, 'oc_a', { times: 5, now: 0 });
    const pace = pacing.at(0);
    expect([pace.freeFor('oc_b'), pace.freeAt('oc_b'), pace.full]).toEqual([5, 0, ['oc_a']]);
  });

  it('lets fifty go for the app', () => {
    const pacing = createPacing();
    expect(pacing.at(0).free).toBe(50);
    for (let chat = 0; chat < 50; chat += 1) pacing.begin(`oc_${chat}`)(10);
    expect([pacing.at(10).free, pacing.at(10).full]).toEqual([0, []]);
    expect(pacing.at(10).freeAt('oc_new')).toBe(10 + WINDOW_MS);
    expect(pacing.at(10 + WINDOW_MS).free).toBe(50);
  });

  it('pauses one target', () => {
    const pacing = createPacing();
    pacing.pause('oc_a', 10_000);
    pacing.pause('oc_a', 5_000);
    const pace = pacing.at(9_999);
    expect([pace.full, pace.freeFor('oc_a'), pace.freeAt('oc_a'), pace.freeFor('oc_b')]).toEqual([
      ['oc_a'],
      0,
      10_000,
      5,
    ]);
    expect([pacing.at(10_000).full, pacing.at(10_000).freeFor('oc_a')]).toEqual([[], 5]);
  });

  it('pauses everything', () => {
    const pacing = createPacing();
    pacing.pauseAll(5_000);
    pacing.pauseAll(4_000);
    expect([pacing.at(4_999).free, pacing.at(4_999).freeAt('oc_a'), pacing.at(5_000).free]).toEqual([0, 5_000, 50]);
  });

  it('forgets what it noted ahead when the clock is set back', () => {
    const pacing = createPacing();
    const hour = 60 * MINUTE_MS;
    send(pacing, 'oc_a', { times: 50, now: hour });
    pacing.pause('oc_b', hour + 5_000);
    pacing.pauseAll(hour + 5_000);
    const pace = pacing.at(10);
    expect([pace.free, pace.full, pace.freeFor('oc_a'), pace.freeFor('oc_b')]).toEqual([50, [], 5, 5]);
  });

  it('keeps the window when the clock goes back by a moment', () => {
    const pacing = createPacing();
    send(pacing, 'oc_a', { times: 5, now: 1_000 });
    expect(pacing.at(900).full).toEqual(['oc_a']);
  });

  it('never lets more than five go to a target within a second, nor fifty in all, and everything in the end', () => {
    const step = fc.record({ gap: fc.integer({ min: 0, max: 3_000 }), rows: fc.integer({ min: 0, max: 40 }) });
    const targets = Array.from({ length: 12 }, (_, index) => `oc_${index}`);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const pacing = createPacing();
        const sent: { target: string; at: number }[] = [];
        let waiting: string[] = [];
        let now = 0;
        const sendAll = () => {
          waiting = waiting.filter((target) => {
            if (!maySend(pacing, target, now)) return true;
            pacing.begin(target)(now);
            sent.push({ target, at: now });
            return false;
          });
        };
        for (const { gap, rows } of steps) {
          now += gap;
          for (let count = 0; count < rows; count += 1) waiting.push(targets[(now + count) % 12] ?? '');
          sendAll();
        }
        while (waiting.length > 0) {
          const { freeAt } = pacing.at(now);
          now = Math.max(now + 1, Math.min(...waiting.map(freeAt)));
          const before = waiting.length;
          sendAll();
          expect(waiting.length).toBeLessThan(before);
        }
        expect(
          farEnoughApart(
            sent.map(({ at }) => at),
            50,
          ),
        ).toBe(true);
        for (const target of targets) {
          const times = sent.filter((one) => one.target === target).map(({ at }) => at);
          expect(farEnoughApart(times, 5)).toBe(true);
        }
      }),
    );
  });
});

function farEnoughApart(times: readonly number[], limit: number): boolean {
  return times.every((at, index) => index < limit || at - (times[index - limit] ?? 0) >= 1_000);
}
