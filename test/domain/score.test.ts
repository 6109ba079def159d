import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  defaultScoring,
  type Measure,
  pointsOf,
  type ScorePart,
  type Scoring,
  scoreParts,
  scoreTowns,
  type TownMeasures,
} from '../../src/domain/score.ts';

const nothing: Measure = { part: 0, whole: 0 };
const unmeasured = Object.fromEntries(scoreParts.map((part) => [part, nothing])) as Record<ScorePart, Measure>;

function town(name: string, of: { cases: number; population?: number } & Partial<Record<ScorePart, Measure>>) {
  const { cases, population = null, ...measures } = of;
  const volume = { part: cases, whole: 0 };
  return { unitId: name.length, name, population, measures: { ...unmeasured, volume, ...measures } };
}

/** Weights of a part for each given one, the rest nothing. */
function weigh(weights: Partial<Record<ScorePart, number>>, casesMin = 1): Scoring {
  const none = Object.fromEntries(scoreParts.map((part) => [part, 0])) as Record<ScorePart, number>;
  return { weights: { ...none, ...weights }, casesMin };
}

const placesOf = (towns: TownMeasures[], scoring: Scoring) =>
  scoreTowns(towns, scoring).ranked.map(({ name, total, place }) => [place, name, total]);

describe('a town’s score', () => {
  it('is what each part’s share makes of its weight', () => {
    const scoring = weigh({ volume: 20, onTime: 50, satisfaction: 30 });
    const towns = [
      town('甲', { cases: 40, onTime: { part: 30, whole: 40 }, satisfaction: { part: 9, whole: 10 } }),
      town('乙', { cases: 10, onTime: { part: 10, whole: 10 }, satisfaction: { part: 4, whole: 8 } }),
    ];
    // 20 + 37.5 + 27 and 5 + 50 + 15.
    expect(placesOf(towns, scoring)).toEqual([
      [1, '甲', 84.5],
      [2, '乙', 70],
    ]);
  });

  it('leaves out what has nothing to be measured by: the rest counts for the more', () => {
    const scoring = weigh({ onTime: 60, readiness: 40 });
    const [one] = scoreTowns([town('甲', { cases: 5, onTime: { part: 3, whole: 4 } })], scoring).ranked;
    expect(one?.total).toBe(75);
    expect(one?.parts.map((part) => pointsOf(one, part))).toEqual([0, 75, null, null, null, null, null]);
    const [other] = scoreTowns([town('甲', { cases: 5 })], scoring).ranked;
    expect(other?.total).toBe(0);
    expect(other?.parts.map((part) => pointsOf(other, part))).toEqual([0, null, null, null, null, null, null]);
  });

  it('compares volume for 1,000 residents where all are known, else cases', () => {
    const scoring = weigh({ volume: 100 });
    const small = town('小镇', { cases: 20, population: 1000 });
    const large = town('大大镇', { cases: 60, population: 6000 });
    expect(placesOf([small, large], scoring)).toEqual([
      [1, '小镇', 100],
      [2, '大大镇', 50],
    ]);
    expect(placesOf([small, { ...large, population: null }], scoring)).toEqual([
      [1, '大大镇', 100],
      [2, '小镇', 33.3],
    ]);
  });

  it('shares a place with an equal one as printed; the next place is left out', () => {
    const scoring = weigh({ onTime: 100 });
    const rates = { 甲: [2, 3], 乙乙: [667, 1000], 丙丙丙: [1, 2], 丁丁丁丁: [1, 1] } as const;
    const towns = Object.entries(rates).map(([name, [part, whole]]) =>
      town(name, { cases: whole, onTime: { part, whole } }),
    );
    expect(placesOf(towns, scoring)).toEqual([
      [1, '丁丁丁丁', 100],
      [2, '乙乙', 66.7],
      [2, '甲', 66.7],
      [4, '丙丙丙', 50],
    ]);
  });

  it('gives no place to too few cases, which set no measure for the others either', () => {
    const scoring = weigh({ volume: 100 }, 10);
    const { ranked, unranked } = scoreTowns(
      [town('少', { cases: 9, population: 9 }), town('多多', { cases: 10, population: 1000 })],
      scoring,
    );
    expect(ranked.map(({ name, total }) => [name, total])).toEqual([['多多', 100]]);
    expect(unranked.map(({ name, place, total }) => [name, place, total])).toEqual([['少', null, 100]]);
  });

  it('is nothing where nothing was measured', () => {
    expect(placesOf([town('甲', { cases: 0 })], weigh({ volume: 50, onTime: 50 }, 0))).toEqual([[1, '甲', 0]]);
  });

  it('has parts that add up to it, and lies between 0 and 100', () => {
    const measure = fc.nat(50).chain((whole) => fc.nat(whole).map((part) => ({ part, whole })));
    const measures = fc.record(
      Object.fromEntries(scoreParts.map((part) => [part, measure])) as Record<ScorePart, typeof measure>,
    );
    const anyTown = fc.tuple(measures, fc.option(fc.integer({ min: 1, max: 9999 }))).map(([all, population]) => {
      return { unitId: 1, name: '镇', population, measures: { ...all, volume: { ...all.volume, whole: 0 } } };
    });
    fc.assert(
      fc.property(fc.array(anyTown, { minLength: 1, maxLength: 6 }), (towns) => {
        const { ranked, unranked } = scoreTowns(towns, { ...defaultScoring, casesMin: 5 });
        expect(ranked.length + unranked.length).toBe(towns.length);
        for (const one of [...ranked, ...unranked]) {
          const sum = one.parts.reduce((points, part) => points + (pointsOf(one, part) ?? 0), 0);
          expect(Math.abs(sum - one.total)).toBeLessThanOrEqual(0.051);
          expect(one.total).toBeGreaterThanOrEqual(0);
          expect(one.total).toBeLessThanOrEqual(100);
        }
      }),
    );
  });
});

it('the proposed weights are 100 together', () => {
  expect(Object.values(defaultScoring.weights).reduce((sum, weight) => sum + weight, 0)).toBe(100);
});
