/** Information work: the published table of 2022 is recomputed, and what people type is read. */
import { describe, expect, it } from 'vitest';
import { compare, readPublished } from '../../sandbox/tour/example-bulletin.ts';
import {
  halfOf,
  halfPeriod,
  parseHalf,
  parsePieceDay,
  parsePoints,
  parseTimes,
  pointsOn,
  rankScores,
  recompute,
  scoreUnits,
  titleKey,
} from '../../src/domain/information.ts';

describe('the published table of the first half of 2022', () => {
  it('is recomputed: 33 of 39 sums agree, and the 6 others are named with their difference', async () => {
    const lines = await readPublished();
    expect(lines).toHaveLength(39);
    const differing = lines.filter((line) => recompute(line).difference !== 0);
    expect(Object.fromEntries(differing.map((line) => [line.unit, recompute(line).difference]))).toEqual({
      林业和草原局: -20,
      税务局: -10,
      产业园综合保障中心: 10,
      卫生健康委员会: 10,
      大雁镇: 75,
      锡尼河西苏木: -10,
    });
    expect(compare(lines).at(-1)).toContain('共39行，33行与公布一致，6行');
  });
});

describe('scores', () => {
  const settings = [{ kind: 'brief' as const, fromDay: '2026-04-01', points: 8 }];
  const adoption = { unitId: 1, kind: 'brief' as const, times: 2, day: '2026-03-31' };

  it('count a use by what it was worth on its day', () => {
    expect([pointsOn(settings, '2026-03-31').brief, pointsOn(settings, '2026-04-01').brief]).toEqual([5, 8]);
    const adoptions = [
      adoption,
      { ...adoption, day: '2026-04-01', times: 1 },
      { ...adoption, unitId: 2, kind: 'comprehensive' as const },
    ];
    const pieces = [{ unitId: 1 }, { unitId: 1 }, { unitId: 3 }];
    const scored = scoreUnits([1, 2, 4], { pieces, adoptions, settings });
    expect(scored.map(({ unitId, submitted, score }) => [unitId, submitted, score])).toEqual([
      [1, 2, 18],
      [2, 0, 20],
      [4, 0, 0],
    ]);
    expect(scored[0]?.times.brief).toBe(3);
  });

  it('that are equal share a place', () => {
    const rows = [5, 20, 20, 30].map((score, submitted) => ({ score, submitted }));
    expect(rankScores(rows).map(({ score, place }) => [place, score])).toEqual([
      [1, 30],
      [2, 20],
      [2, 20],
      [4, 5],
    ]);
  });
});

describe('what people type', () => {
  it.each([
    ['2026上半年', '2026H1'],
    ['２０２６年下半年', '2026H2'],
    ['2026h1', '2026H1'],
    ['上半年', '2026H1'],
    ['下半年', '2026H2'],
    ['去年下半年', '2025H2'],
    ['', '2026H2'],
    ['2026', undefined],
    ['2026H3', undefined],
    ['上半年 大雁镇', undefined],
  ])('as a half-year: %s', (typed, half) => {
    expect(parseHalf(typed, '2026-11-23')).toBe(half);
  });

  it('as a half-year that has not begun is last year’s', () => {
    expect(parseHalf('下半年', '2026-03-01')).toBe('2025H2');
    expect([halfOf('2026-06-30'), halfOf('2026-07-01')]).toEqual(['2026H1', '2026H2']);
    expect(halfPeriod('2026H1')).toEqual({ from: '2026-01-01', to: '2026-06-30', label: '2026年上半年' });
  });

  it.each([
    ['10', 10],
    ['１５分', 15],
    ['0', 0],
    ['-5', undefined],
    ['1.5', undefined],
    ['十', undefined],
    ['1001', undefined],
    ['1e3', undefined],
    ['', undefined],
  ])('as points: %s', (typed, points) => {
    expect(parsePoints(typed)).toBe(points);
  });

  it('as points, however long', () => {
    expect(parsePoints('9'.repeat(150_000))).toBeUndefined();
  });

  it.each([
    ['12月25日', '2027-01-05', 'past', '2026-12-25'],
    ['1.5', '2027-01-05', 'past', '2027-01-05'],
    ['2月29日', '2025-02-03', 'past', '2024-02-29'],
    ['2月30日', '2027-01-05', 'past', undefined],
    ['2027-12-25', '2027-01-05', 'past', '2027-12-25'],
    ['1月1日', '2026-12-20', 'ahead', '2027-01-01'],
    ['12.20', '2026-12-20', 'ahead', '2026-12-20'],
    ['2026-01-01', '2026-12-20', 'ahead', '2026-01-01'],
  ] as const)('as a day without its year: %s on %s, %s, is %s', (typed, today, lies, day) => {
    expect(parsePieceDay(typed, { today, lies })).toBe(day);
  });

  it('as a number of times, a day and a title', () => {
    expect([parseTimes('2次'), parseTimes('0'), parseTimes('101')]).toEqual([2, undefined, undefined]);
    const days = ['2026年5月6日', '11.23', '', '2026-02-30', '昨天'];
    expect(days.map((typed) => parsePieceDay(typed, { today: '2026-11-23', lies: 'past' }))).toEqual([
      '2026-05-06',
      '2026-11-23',
      '2026-11-23',
      undefined,
      undefined,
    ]);
    expect(titleKey('大雁镇：“一次办” 上线')).toBe(titleKey('大雁镇 "一次办"上线。'));
  });
});
