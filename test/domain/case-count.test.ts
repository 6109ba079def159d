import { describe, expect, it } from 'vitest';
import type { CaseState } from '../../src/domain/case.ts';
import { type CountedStep, type Course, countHistory, countStep, unregistered } from '../../src/domain/case-count.ts';
import type { Handler } from '../../src/domain/counters.ts';

const ZONE = 'Asia/Shanghai';
/** 2026-11-23, a Monday; hours of the day in Shanghai. */
const monday = (hour: number) => Date.UTC(2026, 10, 23, hour - 8);
const step = (kind: string, at: number, payload = {}, by: Handler | undefined = undefined): CountedStep => ({
  ...{ kind, at, payload, by },
});
const course = (state: CaseState, accepted: boolean, completedBy?: Handler): Course => ({
  ...{ state, accepted, completedBy },
});
const WANG: Handler = { agentId: 7, unitId: 2 };
const ADA: Handler = { agentId: 9, unitId: 1 };

describe('a step of a case', () => {
  it('adds its working minutes when it is accepted for the first time, and only then', () => {
    const forwarded = course('forwarded', false);
    const first = countStep(step('accept', 0, { workedMinutes: 90 }), forwarded);
    expect(first).toMatchObject({ add: { accepted: 1, acceptMinutes: 90, acceptedNow: 1 } });
    const again = countStep(step('accept', 0, { workedMinutes: 90 }), { ...forwarded, accepted: first.after.accepted });
    expect(again.add).toEqual({ acceptedNow: 1, returnedNow: 0, suspendedNow: 0 });
  });

  it('adds none when the case is completed on the spot', () => {
    const complete = (facts: object) => countStep(step('complete', 0, facts), unregistered);
    expect(complete({ onTime: true, onTheSpot: true }).add.completeMinutes).toBe(0);
    expect(complete({ onTime: false, workedMinutes: 30 })).toMatchObject({
      add: { completed: 1, completedOnTime: 0, completeMinutes: 30 },
    });
  });

  it('tells a refusal from what was granted, and counts what was terminated apart from both', () => {
    const accepted = course('accepted', true);
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
    const before = course('returned', true);
    expect(countStep(step('reveal', 0), before)).toEqual({
      add: { acceptedNow: 0, returnedNow: 0, suspendedNow: 0 },
      minutes: undefined,
      handled: undefined,
      after: before,
    });
  });

  it('is told of who dealt with the case: a return and a result of who took it, a rating of who completed it', () => {
    const accepted = course('accepted', true);
    const returned = countStep(step('return', 0, { returnCount: 2 }, WANG), accepted);
    expect(returned.handled).toEqual({ by: WANG, add: { returned: 1, returnedAgain: 1 } });
    const completed = countStep(step('complete', 0, { completedOnTime: true, outcome: 'refused' }, WANG), accepted);
    expect(completed.handled).toEqual({ by: WANG, add: { completed: 1, completedOnTime: 1, refused: 1 } });
    const rated = countStep(step('followUp', 0, { rating: 2 }, ADA), course('delivered', true, WANG));
    expect(rated.handled).toEqual({ by: WANG, add: { rated2: 1 } });
  });

  it('is told of nobody where it brings no result, or where no one of the staff took it', () => {
    for (const kind of ['register', 'accept', 'forward', 'escalate', 'deliver', 'withdraw', 'suspend', 'terminate']) {
      expect(countStep(step(kind, 0, {}, WANG), course('accepted', true)).handled).toBeUndefined();
    }
    expect(countStep(step('complete', 0, {}), course('accepted', true)).handled).toBeUndefined();
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
      step('accept', monday(11), { workedMinutes: 120 }),
      step('return', monday(10), { returnCount: 1 }),
    ];
    expect(countHistory(course, ZONE)[2]?.add).toMatchObject({ accepted: 1, acceptMinutes: 120 });
  });

  it('tells the rating of who completed the case in the end, when an earlier 办结 was taken back', () => {
    const handled = countHistory(
      [
        step('register', monday(9), {}, ADA),
        step('accept', monday(9), {}, WANG),
        step('complete', monday(10), {}, { agentId: 8, unitId: 2 }),
        step('undo', monday(10), { undoes: 'complete' }, { agentId: 8, unitId: 2 }),
        step('complete', monday(11), {}, WANG),
        step('deliver', monday(12), {}, ADA),
        step('followUp', monday(12), { rating: 5 }, ADA),
      ],
      ZONE,
    ).flatMap((count) => count.handled ?? []);
    expect(handled).toEqual([
      { by: WANG, add: { completed: 1 } },
      { by: WANG, add: { rated5: 1 } },
    ]);
  });

  it('without its registration counts nothing', () => {
    expect(countHistory([step('accept', monday(9))], ZONE)).toEqual([]);
  });
});
