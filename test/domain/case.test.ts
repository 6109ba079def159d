import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  broughtHomeStates,
  type CaseFacts,
  type CaseRefusal,
  type CaseRelation,
  type CaseState,
  type CaseStep,
  caseRelations,
  caseStates,
  caseSteps,
  decideStep,
  heldStates,
  isClosed,
  isOpen,
  needsRectification,
  offeredSteps,
  openStates,
  runningStates,
  standsStill,
  stepRules,
} from '../../src/domain/case.ts';

const TODAY = '2026-11-23';

/** What becomes of a case: the state after the step, or why not. */
type Outcome = CaseState | CaseRefusal;

/** Written out from the contract, not from the rules under test: who may take a step at all. */
const who: Readonly<Record<CaseStep, readonly CaseRelation[]>> = {
  accept: ['holder'],
  return: ['holder'],
  forward: ['registrar', 'registeringUnit'],
  escalate: ['holder'],
  complete: ['holder'],
  deliver: ['registrar', 'registeringUnit'],
  followUp: ['registrar', 'registeringUnit'],
  rectify: ['manager'],
  archive: ['system'],
  withdraw: ['registrar'],
  urge: ['registrar', 'manager'],
  correct: ['registeringUnit', 'manager'],
  note: ['registrar', 'registeringUnit', 'holder', 'manager', 'onlooker'],
  suspend: ['holder'],
  resume: ['holder'],
  terminate: ['holder'],
  handOver: ['holder'],
  entrust: ['registrar', 'registeringUnit'],
};

const ended = { archived: 'case_archived', withdrawn: 'case_withdrawn', terminated: 'case_terminated' } as const;
const answered = {
  completed: 'case_already_completed',
  delivered: 'case_already_delivered',
  followedUp: 'case_already_rated',
  ...ended,
} as const;
/** Of what a suspended case cannot have before it goes on. */
const halted = { suspended: 'case_suspended' } as const;
const unfinished = {
  forwarded: 'case_not_completed_yet',
  accepted: 'case_not_completed_yet',
  returned: 'case_not_completed_yet',
  ...halted,
} as const;

/** What comes of a step in each state, for somebody who may take it. */
const outcomes: Readonly<Record<CaseStep, Readonly<Record<CaseState, Outcome>>>> = {
  accept: {
    forwarded: 'accepted',
    accepted: 'case_already_accepted',
    returned: 'case_returned_wait',
    ...halted,
    ...answered,
  },
  return: { forwarded: 'returned', accepted: 'returned', returned: 'case_returned_wait', ...halted, ...answered },
  forward: {
    forwarded: 'case_not_returned',
    accepted: 'case_not_returned',
    returned: 'forwarded',
    ...halted,
    ...answered,
  },
  escalate: {
    forwarded: 'case_not_accepted_yet',
    accepted: 'forwarded',
    returned: 'case_returned_wait',
    ...halted,
    ...answered,
  },
  complete: {
    forwarded: 'case_not_accepted_yet',
    accepted: 'completed',
    returned: 'case_returned_wait',
    ...halted,
    ...answered,
  },
  deliver: { ...unfinished, ...answered, completed: 'delivered' },
  followUp: { ...unfinished, ...answered, completed: 'case_not_delivered_yet', delivered: 'followedUp' },
  rectify: {
    ...unfinished,
    completed: 'case_not_delivered_yet',
    delivered: 'case_nothing_to_rectify',
    followedUp: 'followedUp',
    ...ended,
  },
  archive: {
    ...unfinished,
    completed: 'case_not_delivered_yet',
    delivered: 'case_nothing_to_rectify',
    followedUp: 'archived',
    ...ended,
  },
  withdraw: {
    forwarded: 'withdrawn',
    accepted: 'withdrawn',
    returned: 'withdrawn',
    suspended: 'withdrawn',
    ...answered,
  },
  correct: {
    forwarded: 'forwarded',
    accepted: 'accepted',
    returned: 'returned',
    completed: 'completed',
    delivered: 'delivered',
    followedUp: 'followedUp',
    archived: 'archived',
    withdrawn: 'case_withdrawn',
    suspended: 'suspended',
    terminated: 'case_terminated',
  },
  urge: { forwarded: 'forwarded', accepted: 'accepted', returned: 'case_returned_wait', ...halted, ...answered },
  suspend: {
    forwarded: 'case_not_accepted_yet',
    accepted: 'suspended',
    returned: 'case_returned_wait',
    ...halted,
    ...answered,
  },
  resume: {
    forwarded: 'case_not_accepted_yet',
    accepted: 'case_not_suspended',
    returned: 'case_returned_wait',
    suspended: 'accepted',
    ...answered,
  },
  terminate: {
    forwarded: 'case_not_accepted_yet',
    accepted: 'terminated',
    returned: 'case_returned_wait',
    suspended: 'terminated',
    ...answered,
  },
  handOver: {
    forwarded: 'case_not_accepted_yet',
    accepted: 'accepted',
    returned: 'case_returned_wait',
    suspended: 'suspended',
    ...answered,
  },
  entrust: {
    ...answered,
    forwarded: 'forwarded',
    accepted: 'accepted',
    returned: 'returned',
    suspended: 'suspended',
    completed: 'completed',
  },
  note: {
    forwarded: 'forwarded',
    accepted: 'accepted',
    returned: 'returned',
    suspended: 'suspended',
    completed: 'completed',
    delivered: 'delivered',
    followedUp: 'followedUp',
    ...ended,
  },
};

/** 更正 belongs to the registering unit until 办结, then to managers; every other step to the same people in each state. */
function outcomeFor(step: CaseStep, state: CaseState, held: readonly CaseRelation[]): Outcome {
  if (step !== 'correct' || state === 'withdrawn' || state === 'terminated') return outcomes[step][state];
  if (state in unfinished) return held.includes('registeringUnit') ? state : 'case_correct_by_unit';
  return held.includes('manager') ? state : 'case_correct_by_manager';
}

/** Facts under which nothing but the state and the person can stand in the way of this step. */
function favourable(state: CaseState, step: CaseStep): CaseFacts {
  const rated = state === 'followedUp' || state === 'archived';
  const rating = step === 'rectify' ? 1 : 5;
  return { state, canEscalate: true, mayUrgeFrom: null, rating: rated ? rating : null, rectified: false };
}

function decide(facts: CaseFacts, step: CaseStep, relations: readonly CaseRelation[]): Outcome {
  const decision = decideStep(facts, { step, relations: new Set(relations), today: TODAY });
  return decision.ok ? decision.next : decision.refusal;
}

describe('every step in every state by every relation', () => {
  const all = caseSteps.flatMap((step) =>
    caseStates.flatMap((state) => caseRelations.map((relation) => ({ step, state, relation }))),
  );

  it.each(all)('$step, $state, $relation', ({ step, state, relation }) => {
    const expected = who[step].includes(relation) ? outcomeFor(step, state, [relation]) : 'case_not_yours';
    expect(decide(favourable(state, step), step, [relation])).toBe(expected);
  });

  it('was the whole table', () => {
    expect(all).toHaveLength(18 * 10 * 7);
  });

  it('is decided by the union of what a person is', () => {
    const relations = fc.uniqueArray(fc.constantFrom(...caseRelations));
    fc.assert(
      fc.property(fc.constantFrom(...caseSteps), fc.constantFrom(...caseStates), relations, (step, state, held) => {
        const may = held.some((relation) => who[step].includes(relation));
        expect(decide(favourable(state, step), step, held)).toBe(
          may ? outcomeFor(step, state, held) : 'case_not_yours',
        );
      }),
    );
  });
});

describe('particular obstacles', () => {
  const facts = (changes: Partial<CaseFacts>): CaseFacts => ({ ...favourable('accepted', 'accept'), ...changes });

  it('there is no level above', () => {
    expect(decide(facts({ canEscalate: false }), 'escalate', ['holder'])).toBe('case_no_higher_level');
    expect(decide(facts({ canEscalate: false }), 'complete', ['holder'])).toBe('completed');
  });

  it('was urged today, which does not matter tomorrow', () => {
    expect(decide(facts({ mayUrgeFrom: '2026-11-24' }), 'urge', ['registrar'])).toBe('case_urged_today');
    expect(decide(facts({ mayUrgeFrom: '2026-11-24' }), 'urge', ['manager'])).toBe('case_urged_today');
    expect(decide(facts({ mayUrgeFrom: TODAY }), 'urge', ['registrar'])).toBe('accepted');
    expect(decide(facts({ mayUrgeFrom: '2026-11-24' }), 'complete', ['holder'])).toBe('completed');
  });

  it.each([
    [5, false, 'case_nothing_to_rectify', 'archived'],
    [4, false, 'case_nothing_to_rectify', 'archived'],
    [3, false, 'case_nothing_to_rectify', 'archived'],
    [2, false, 'followedUp', 'case_rectify_first'],
    [1, false, 'followedUp', 'case_rectify_first'],
    [1, true, 'case_nothing_to_rectify', 'archived'],
  ])('rated %i, rectified: %s', (rating, rectified, rectify, archive) => {
    const rated = facts({ state: 'followedUp', rating, rectified });
    expect(decide(rated, 'rectify', ['manager'])).toBe(rectify);
    expect(decide(rated, 'archive', ['system'])).toBe(archive);
    expect(needsRectification(rated)).toBe(rectify === 'followedUp');
  });

  it('tells nothing to somebody without the right', () => {
    expect(decide(facts({ canEscalate: false }), 'escalate', ['outsider'])).toBe('case_not_yours');
    expect(decide(facts({ mayUrgeFrom: '2026-11-24' }), 'urge', ['holder'])).toBe('case_not_yours');
    expect(decide(facts({}), 'accept', [])).toBe('case_not_yours');
  });
});

describe('offeredSteps', () => {
  const offered = (state: CaseState, relations: readonly CaseRelation[], changes: Partial<CaseFacts> = {}) =>
    offeredSteps({ ...favourable(state, 'accept'), ...changes }, new Set(relations), TODAY);

  it.each<[CaseState, CaseRelation[], CaseStep[]]>([
    ['forwarded', ['holder'], ['accept', 'return', 'note']],
    ['accepted', ['holder'], ['return', 'escalate', 'complete', 'note', 'suspend', 'terminate', 'handOver']],
    ['forwarded', ['registrar'], ['withdraw', 'urge', 'note', 'entrust']],
    [
      'accepted',
      ['registrar', 'holder'],
      ['return', 'escalate', 'complete', 'withdraw', 'urge', 'note', 'suspend', 'terminate', 'handOver', 'entrust'],
    ],
    ['suspended', ['holder'], ['note', 'resume', 'terminate', 'handOver']],
    ['suspended', ['registrar'], ['withdraw', 'note', 'entrust']],
    ['suspended', ['manager'], ['note']],
    ['terminated', ['registrar', 'registeringUnit', 'holder', 'manager', 'system'], []],
    ['accepted', ['manager'], ['urge', 'note']],
    ['returned', ['registrar'], ['forward', 'withdraw', 'note', 'entrust']],
    ['returned', ['holder'], ['note']],
    ['completed', ['registrar'], ['deliver', 'note', 'entrust']],
    ['completed', ['holder'], ['note']],
    ['delivered', ['registeringUnit'], ['followUp', 'note']],
    ['returned', ['registrar', 'registeringUnit'], ['forward', 'withdraw', 'correct', 'note', 'entrust']],
    ['followedUp', ['manager'], ['correct', 'note']],
    ['accepted', ['onlooker'], ['note']],
    ['archived', ['registrar', 'registeringUnit', 'holder', 'system'], []],
    ['withdrawn', ['registrar', 'holder', 'manager', 'system'], []],
    ['accepted', ['outsider'], []],
  ])('%s, %j', (state, relations, steps) => {
    expect(offered(state, relations)).toEqual(steps);
  });

  it('follows the facts', () => {
    expect(offered('accepted', ['holder'], { canEscalate: false })).not.toContain('escalate');
    expect(offered('accepted', ['manager'], { mayUrgeFrom: '2026-11-24' })).toEqual(['note']);
    expect(offered('followedUp', ['manager'], { rating: 2 })).toEqual(['rectify', 'correct', 'note']);
  });
});

describe('the course of a case', () => {
  it('is open until it is answered, withdrawn or terminated', () => {
    expect(caseStates.filter(isOpen)).toEqual(['forwarded', 'accepted', 'returned', 'suspended']);
    expect(openStates).toEqual(caseStates.filter(isOpen));
  });

  it('is on the list of whoever has to do something: the holder wherever the holder may take a step', () => {
    const holderMayAct = (state: CaseState) =>
      Object.entries(stepRules).some(
        ([step, rule]) => step !== 'note' && rule.who.includes('holder') && rule.from.includes(state),
      );
    expect(heldStates).toEqual(caseStates.filter(holderMayAct));
    expect(broughtHomeStates).toEqual(['returned', 'completed', 'delivered']);
  });

  it('stands still only while something is missing or it is suspended', () => {
    expect(caseStates.filter(standsStill)).toEqual(['returned', 'suspended']);
    expect(runningStates).toEqual(['forwarded', 'accepted']);
  });

  it('ends only archived, withdrawn or terminated, and the end is reached from every state', () => {
    const everybody = new Set(caseRelations);
    const nextOf = (state: CaseState) =>
      caseSteps.flatMap((step) => {
        const decision = decideStep(favourable(state, step), { step, relations: everybody, today: TODAY });
        return decision.ok && decision.next !== state ? [decision.next] : [];
      });
    expect(caseStates.filter((state) => nextOf(state).length === 0)).toEqual(['archived', 'withdrawn', 'terminated']);
    expect(caseStates.filter(isClosed)).toEqual(['archived', 'withdrawn', 'terminated']);
    for (const state of caseStates) {
      const reached = new Set<CaseState>([state]);
      for (const one of reached) for (const next of nextOf(one)) reached.add(next);
      expect([...reached].some(isClosed), state).toBe(true);
    }
  });
});

describe('催办', () => {
  it.each([
    ['2026-11-22', false],
    ['2026-11-23', true],
    ['2026-11-24', true],
  ])('that may come again from 11-23 on, on %s: %s', (today, allowed) => {
    const facts = { ...favourable('accepted', 'urge'), mayUrgeFrom: '2026-11-23' };
    expect(decideStep(facts, { step: 'urge', relations: new Set(['registrar']), today }).ok).toBe(allowed);
  });
});
