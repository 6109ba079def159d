/** 值得看看: what stands out, and what does not. */
import { describe, expect, it } from 'vitest';
import { countRectifications, findPatterns, type PatternCase } from '../../src/domain/patterns.ts';

const plain: PatternCase = {
  caseId: 1,
  phoneHash: null,
  nameHash: null,
  registrarId: 1,
  handlerId: null,
  followUpAgentId: null,
  followedUpById: null,
  acceptedAt: null,
  completedAt: null,
  followedUpAt: null,
};
const cases = (count: number, over: (index: number) => Partial<PatternCase>) =>
  Array.from({ length: count }, (_, index) => ({ ...plain, caseId: index + 1, ...over(index) }));

describe('one telephone', () => {
  it('stands out with three people, not with three cases of one or with none at all', () => {
    const people = (names: readonly string[]) =>
      findPatterns(cases(names.length, (index) => ({ phoneHash: 'p', nameHash: names[index] ?? null })));
    expect(people(['a', 'b', 'c', 'a'])).toEqual([
      { kind: 'samePhone', agentId: null, count: 3, caseIds: [1, 2, 3, 4] },
    ]);
    expect([people(['a', 'a', 'a']), people(['a', 'b'])]).toEqual([[], []]);
    expect(findPatterns(cases(5, (index) => ({ nameHash: String(index) })))).toEqual([]);
  });
});

describe('ratings', () => {
  const rated = (times: readonly number[]) =>
    findPatterns(cases(times.length, (index) => ({ followedUpById: 7, followedUpAt: times[index] ?? null })));

  it('of one person stand out when five fall into a minute, wherever it begins', () => {
    expect(rated([0, 300_000, 310_000, 320_000, 330_000, 359_999])).toEqual([
      { kind: 'ratedAtOnce', agentId: 7, count: 5, caseIds: [2, 3, 4, 5, 6] },
    ]);
    expect(rated([0, 15_000, 30_000, 45_000, 60_000])).toEqual([]);
    expect(rated([0, 1, 2, 3])).toEqual([]);
  });

  it('of several people do not add up', () => {
    expect(findPatterns(cases(6, (index) => ({ followedUpById: index, followedUpAt: 0 })))).toEqual([]);
  });
});

describe('visits by the handler', () => {
  const visit = { handlerId: 7, followUpAgentId: 8, followedUpById: 7 };

  it('stand out when there are three and no other, though a colleague was chosen', () => {
    expect(findPatterns(cases(3, () => visit))).toEqual([
      { kind: 'ownVisits', agentId: 7, count: 3, caseIds: [1, 2, 3] },
    ]);
    expect(findPatterns(cases(2, () => visit))).toEqual([]);
    expect(findPatterns(cases(4, (index) => (index === 3 ? { ...visit, followedUpById: 8 } : visit)))).toEqual([]);
    expect(findPatterns(cases(4, () => ({ ...visit, followUpAgentId: null })))).toEqual([]);
  });
});

describe('completions', () => {
  it('stand out when three come within half a minute of their acceptance, but not on the spot', () => {
    const soon = { handlerId: 7, acceptedAt: 1_000, completedAt: 30_999 };
    expect(findPatterns(cases(3, () => soon))).toMatchObject([{ kind: 'completedAtOnce', count: 3 }]);
    expect(findPatterns(cases(3, () => ({ ...soon, completedAt: 31_000 })))).toEqual([]);
    expect(findPatterns(cases(3, () => ({ ...soon, acceptedAt: null })))).toEqual([]);
  });
});

it('bad ratings are counted with what became of them', () => {
  const rows = [
    { rating: 2, followedUpAt: 1, rectifiedAt: 2 },
    { rating: 1, followedUpAt: 1, rectifiedAt: null },
    { rating: 1, followedUpAt: 9, rectifiedAt: null },
    { rating: 3, followedUpAt: 1, rectifiedAt: null },
    { rating: null, followedUpAt: null, rectifiedAt: null },
  ];
  const lastDayOf = (at: number) => (at === 1 ? '2026-11-20' : '2026-11-23');
  expect(countRectifications(rows, { today: '2026-11-23', lastDayOf })).toEqual({ bad: 3, rectified: 1, late: 1 });
});
