import { describe, expect, it } from 'vitest';
import { type CountedStep, countHistory, countStep, unregistered } from '../../src/domain/case-count.ts';

const ZONE = 'Asia/Shanghai';
/** 2026-11-23, a Monday; hours of the day in Shanghai. */
const monday = (hour: number) => Date.UTC(2026, 10, 23, hour - 8);
const step = (kind: string, at: number, payload = {}): CountedStep => ({ kind, at, payload });

describe('a step of a case', () => {
  it('asks for working minutes when it is accepted for the first time, and only then', () => {
    const forwarded = { state: 'forwarded', accepted: false } as const;
    const first = countStep(step('accept', 0), forwarded);
    expect(first).toMatchObject({ minutes: 'acceptMinutes', add: { accepted: 1, acceptedNow: 1 } });
    const again = countStep(step('accept', 0), { ...forwarded, accepted: first.after.accepted });
    expect(again.minutes).toBeUndefined();
    expect(again.add).toEqual({ acceptedNow: 1, returnedNow: 0, suspendedNow: 0 });
  });

  it('asks for none when the case is completed on the spot', () => {
    const complete = (facts: object) => countStep(step('complete', 0, facts), unregistered);
    expect(complete({ onTime: true, onTheSpot: true }).minutes).toBeUndefined();
    expect(complete({ onTime: false })).toMatchObject({
      minutes: 'completeMinutes',
      add: { completed: 1, completedOnTime: 0 },
    });
  });

  it('tells a refusal from what was granted, and counts what was terminated apart from both', () => {
    const accepted = { state: 'accepted', accepted: true } as const;
    expect(countStep(step('complete', 0, { outcome: 'refused' }), accepted).add).toMatchObject({
      completed: 1,
      refused: 1,
    });
    expect(countStep(step('complete', 0, { outcome: 'granted' }), accepted).add).toMatchObject({
      completed: 1,
      refused: 0,
    });
    const ended = countStep(step('terminate', 0), accepted);
    expect(ended.add).toEqual({ terminated: 1, acceptedNow: -1, returnedNow: 0, suspendedNow: 0 });
  });

  it('counts nothing where somebody only looks', () => {
    const before = { state: 'returned', accepted: true } as const;
    expect(countStep(step('reveal', 0), before)).toEqual({
      add: { acceptedNow: 0, returnedNow: 0, suspendedNow: 0 },
      minutes: undefined,
      after: before,
    });
  });

  it('is never passed over when this program does not know it', () => {
    expect(() => countStep(step('teleport', 0), unregistered)).toThrow(RangeError);
  });
});

describe('the course of a case', () => {
  it('is counted as it was taken: a step entered later does not change an earlier one, even if the clock was set back', () => {
    const course = [
      step('register', monday(9)),
      step('forward', monday(9)),
      step('accept', monday(11)),
      step('return', monday(10), { returnCount: 1 }),
    ];
    expect(countHistory(course, ZONE)[2]?.add).toMatchObject({ accepted: 1, acceptMinutes: 120 });
  });

  it('without its registration counts nothing', () => {
    expect(countHistory([step('accept', monday(9))], ZONE)).toEqual([]);
  });
});
