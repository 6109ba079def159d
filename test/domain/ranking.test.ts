import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RankFigures, rank, rankingFor, rankings, scoreOf } from '../../src/domain/ranking.ts';

const none: RankFigures = {
  registered: 0,
  returned: 0,
  completed: 0,
  completedOnTime: 0,
  overdue: 0,
  overdueDays: 0,
  rated: 0,
  ratedSatisfied: 0,
};
const row = (name: string, figures: Partial<RankFigures>) => ({ name, figures: { ...none, ...figures } });
const placesOf = (rows: ReturnType<typeof row>[], by: (typeof rankings)[number]) =>
  rank(rows, by).ranked.map((one) => [one.place, one.row.name]);

describe('places', () => {
  it('are shared by equals, and the next one skips: 1, 2, 2, 4', () => {
    const rows = [9, 20, 9, 3].map((registered, index) => row('abcd'.charAt(index), { registered }));
    expect(placesOf(rows, 'volume')).toEqual([
      [1, 'b'],
      [2, 'a'],
      [2, 'c'],
      [4, 'd'],
    ]);
  });

  it('compare rates exactly, and put more cases first among equals', () => {
    const rows = [
      row('one of three', { completed: 3, completedOnTime: 1 }),
      row('two of six', { completed: 6, completedOnTime: 2 }),
      row('a little less', { completed: 300_001, completedOnTime: 100_000 }),
    ];
    expect(placesOf(rows, 'onTime')).toEqual([
      [1, 'two of six'],
      [1, 'one of three'],
      [3, 'a little less'],
    ]);
  });

  it('count what is overdue as late, even of those who have completed nothing', () => {
    const rows = [
      row('half left lying', { completed: 1, completedOnTime: 1, overdue: 1 }),
      row('all done', { completed: 3, completedOnTime: 2 }),
      row('nothing done', { overdue: 2 }),
      row('nothing to do', {}),
    ];
    expect(placesOf(rows, 'onTime')).toEqual([
      [1, 'all done'],
      [2, 'half left lying'],
      [3, 'nothing done'],
    ]);
  });

  it('of those who deal with cases come from what they completed, whatever they registered', () => {
    const rows = [row('registers', { registered: 9, completed: 1 }), row('completes', { completed: 4 })];
    expect(placesOf(rows, 'handled')).toEqual([
      [1, 'completes'],
      [2, 'registers'],
    ]);
    expect(rankingFor('handlers', 'volume')).toBe('handled');
    expect(rankingFor('agents', 'handled')).toBe('volume');
    expect(rankingFor('handlers', 'onTime')).toBe('onTime');
  });

  it('are given for few cases too: one of one is first', () => {
    const rows = [row('many', { rated: 100, ratedSatisfied: 99 }), row('one', { rated: 1, ratedSatisfied: 1 })];
    expect(placesOf(rows, 'satisfaction')).toEqual([
      [1, 'one'],
      [2, 'many'],
    ]);
  });

  it('are for nobody without a case to be measured by, though a rate of nothing is a rate', () => {
    const rows = [row('late', { completed: 2 }), row('new', { registered: 5 })];
    const { ranked, unranked } = rank(rows, 'onTime');
    expect(ranked.map((one) => [one.row.name, one.score])).toEqual([['late', { part: 0, whole: 2, cases: 2 }]]);
    expect(unranked.map((one) => one.name)).toEqual(['new']);
    expect(scoreOf(none, 'volume')).toBeUndefined();
    expect(rank([], 'volume')).toEqual({ ranked: [], unranked: [] });
  });

  it('never depend on the order given, and count everybody better', () => {
    const figures = fc.record({
      returned: fc.nat(5),
      registered: fc.nat(5),
      completed: fc.nat(5),
      completedOnTime: fc.nat(5),
      rated: fc.nat(5),
      ratedSatisfied: fc.nat(5),
    });
    fc.assert(
      fc.property(fc.array(figures), fc.constantFrom(...rankings), (all, by) => {
        const rows = all.map((one, index) => row(String(index), one));
        const { ranked, unranked } = rank(rows, by);
        expect(ranked.length + unranked.length).toBe(rows.length);
        for (const one of ranked) {
          const better = ranked.filter(
            ({ score }) => score.part * one.score.whole > one.score.part * score.whole,
          ).length;
          expect(one.place).toBe(better + 1);
        }
        const turned = new Map(rank([...rows].reverse(), by).ranked.map((one) => [one.row.name, one.place]));
        expect(ranked.map((one) => turned.get(one.row.name))).toEqual(ranked.map((one) => one.place));
      }),
    );
  });
});
