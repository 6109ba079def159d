import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPacing, WINDOW_MS } from '../../src/outbox/pacing.ts';

const to = (id: number, target = 'oc_a', updates?: string) => ({ id, target, updates });

describe('pacing', () => {
  it('lets five go to a target and gives the sixth a place after the window', () => {
    const pacing = createPacing();
    const slots = [1, 2, 3, 4, 5, 6].map((id) => pacing.reserve(to(id), 1_000));
    expect(slots).toEqual([1_000, 1_000, 1_000, 1_000, 1_000, 1_000 + WINDOW_MS]);
  });

  it('keeps a place for the row that was put off', () => {
    const pacing = createPacing();
    for (let id = 1; id <= 10; id += 1) pacing.reserve(to(id), 0);
    expect(pacing.reserve(to(6), 500)).toBe(WINDOW_MS);
    expect(pacing.reserve(to(11), 500)).toBe(2 * WINDOW_MS);
    expect(pacing.reserve(to(11), 600)).toBe(2 * WINDOW_MS);
    expect(pacing.reserve(to(6), WINDOW_MS)).toBe(WINDOW_MS);
  });

  it('does not hold one target back for another', () => {
    const pacing = createPacing();
    for (let id = 1; id <= 6; id += 1) pacing.reserve(to(id), 0);
    expect(pacing.reserve(to(7, 'oc_b'), 0)).toBe(0);
  });

  it('counts updates of one message across targets', () => {
    const pacing = createPacing();
    for (let id = 1; id <= 5; id += 1) pacing.reserve(to(id, `oc_${id}`, 'om_1'), 0);
    expect(pacing.reserve(to(6, 'oc_6', 'om_1'), 0)).toBe(WINDOW_MS);
    expect(pacing.reserve(to(7, 'oc_7', 'om_2'), 0)).toBe(0);
  });

  it('lets fifty go for the app', () => {
    const pacing = createPacing();
    expect(pacing.freeNow(0)).toBe(50);
    for (let count = 0; count < 50; count += 1) pacing.take(10);
    expect(pacing.freeNow(10)).toBe(0);
    expect(pacing.freeAt(10)).toBe(10 + WINDOW_MS);
    expect(pacing.freeNow(10 + WINDOW_MS)).toBe(50);
  });

  it('pauses one target, reservations included', () => {
    const pacing = createPacing();
    for (let id = 1; id <= 6; id += 1) pacing.reserve(to(id), 0);
    pacing.pause('oc_a', 10_000);
    expect(pacing.reserve(to(6), WINDOW_MS)).toBe(10_000);
    expect(pacing.reserve(to(7, 'oc_b'), WINDOW_MS)).toBe(WINDOW_MS);
    expect(pacing.reserve(to(6), 10_000)).toBe(10_000);
  });

  it('pauses everything', () => {
    const pacing = createPacing();
    pacing.pauseAll(5_000);
    expect([pacing.freeNow(4_999), pacing.freeAt(0), pacing.freeNow(5_000)]).toEqual([0, 5_000, 50]);
  });

  it('forgets what it noted ahead when the clock is set back', () => {
    const pacing = createPacing();
    const hour = 3_600_000;
    for (let id = 1; id <= 6; id += 1) pacing.reserve(to(id), hour);
    for (let sends = 0; sends < 50; sends += 1) pacing.take(hour);
    pacing.pause('oc_b', hour + 5_000);
    pacing.pauseAll(hour + 5_000);
    expect(pacing.freeNow(10)).toBe(50);
    expect(pacing.freeAt(10)).toBe(10);
    for (const [id, target] of [
      [6, 'oc_a'],
      [7, 'oc_a'],
      [8, 'oc_b'],
    ] as const) {
      expect(pacing.reserve(to(id, target), 10)).toBe(10);
    }
  });

  it('never lets more than five go to a target within a second, however late rows come for their places', () => {
    const step = fc.record({ gap: fc.integer({ min: 0, max: 3_000 }), rows: fc.integer({ min: 0, max: 12 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const pacing = createPacing();
        const sent: number[] = [];
        let waiting: number[] = [];
        let now = 0;
        let id = 0;
        for (const { gap, rows } of steps) {
          now += gap;
          for (let count = 0; count < rows; count += 1) waiting.push(id++);
          waiting = waiting.filter((row) => {
            if (pacing.reserve(to(row), now) > now) return true;
            sent.push(now);
            return false;
          });
        }
        return sent.every((at, index) => index < 5 || at - (sent[index - 5] ?? 0) >= 1_000);
      }),
    );
  });

  it('lets everything go in the end', () => {
    const pacing = createPacing();
    let waiting = Array.from({ length: 40 }, (_, id) => id);
    for (let now = 0; now < 40 * WINDOW_MS && waiting.length > 0; now += 100) {
      waiting = waiting.filter((id) => pacing.reserve(to(id), now) > now);
    }
    expect(waiting).toEqual([]);
  });
});
