import { describe, expect, it } from 'vitest';
import {
  type CaseParties,
  maySee,
  type Post,
  postsOf,
  relationsTo,
  takesStepFor,
} from '../../src/domain/permission.ts';
import { rolesInHand } from '../../src/domain/staff.ts';
import { type StandInRequest, standInObstacle } from '../../src/domain/stand-in.ts';
import { daysWords, parseDayAhead, parseDaysAhead } from '../../src/domain/stand-in-days.ts';

const [BANNER, TOWN, VILLAGE, SISTER, OTHER_TOWN] = [1, 2, 3, 4, 5] as const;
const TODAY = '2026-11-23';
const near = (agentId: number, ...unitLine: number[]) => ({ agentId, unitLine: [...unitLine, BANNER], townId: TOWN });
const absent = near(31, VILLAGE, TOWN);
const standIn = near(41, SISTER, TOWN);
const request: StandInRequest = {
  ...{ absent, standIn, today: TODAY, others: [], fromDay: '2026-12-01', toDay: '2026-12-05' },
  actor: { agentId: 31, role: 'agent', unitId: VILLAGE, unitLevel: 'village' },
};
const other = (of: { absentId: number; standInId: number; endedAt?: number }) => ({
  ...{ fromDay: '2026-12-05', toDay: '2026-12-09', endedAt: null },
  ...of,
});
const post = (agentId: number, unitId: number, role: Post['role'] = 'agent'): Post => ({
  ...{ agentId, unitId, role },
  unitLevel: unitId === BANNER ? 'banner' : unitId === TOWN ? 'town' : 'village',
});

describe('who may stand in for whom', () => {
  const manager = { agentId: 50, role: 'manager' as const, unitId: TOWN };
  it.each([
    ['named by oneself', {}, undefined],
    ['named by the unit’s manager', { actor: manager }, undefined],
    ['a manager standing in for the own agent', { actor: manager, standIn: near(50, TOWN) }, undefined],
    ['named by a colleague', { actor: { agentId: 41, role: 'agent', unitId: SISTER } }, 'stand_in_not_yours'],
    ['named by a manager beside', { actor: { ...manager, unitId: OTHER_TOWN } }, 'stand_in_not_yours'],
    [
      'prolonged by who only stands in for the manager',
      { actor: { agentId: 41, role: 'agent', unitId: SISTER, standsInFor: [post(50, TOWN, 'manager')] } },
      'stand_in_not_yours',
    ],
    ['oneself', { standIn: absent }, 'stand_in_self'],
    ['somebody of another town', { standIn: { ...near(61, OTHER_TOWN), townId: OTHER_TOWN } }, 'stand_in_place'],
    ['ends before it begins', { toDay: '2026-11-30' }, 'stand_in_days'],
    ['one day, today', { fromDay: TODAY, toDay: TODAY }, undefined],
    ['begun yesterday', { fromDay: '2026-11-22' }, 'stand_in_past'],
    ['60 days', { toDay: '2027-01-29' }, undefined],
    ['61 days', { toDay: '2027-01-30' }, 'stand_in_too_long'],
    ['twice on one day', { others: [other({ absentId: 31, standInId: 77 })] }, 'stand_in_overlaps'],
    ['after one that was ended', { others: [other({ absentId: 31, standInId: 77, endedAt: 1 })] }, undefined],
    ['by who is away', { others: [other({ absentId: 41, standInId: 77 })] }, 'stand_in_absent'],
    ['while standing in for another', { others: [other({ absentId: 77, standInId: 31 })] }, 'stand_in_chain'],
    ['for two at once', { others: [other({ absentId: 77, standInId: 41 })] }, undefined],
  ] as const)('%s', (_which, over, obstacle) => {
    expect(standInObstacle({ ...request, ...over } as StandInRequest)).toBe(obstacle);
  });
});

describe('what a stand-in has of somebody', () => {
  const parties: CaseParties = {
    keeperId: 31,
    keeperActive: true,
    registeringLine: [VILLAGE, TOWN, BANNER],
    holderLine: [TOWN, BANNER],
    townId: TOWN,
    departmentId: null,
  };
  const sister = post(41, SISTER);
  it('is what that one sees and may do, beside the own', () => {
    const person = { ...sister, standsInFor: [post(31, VILLAGE)] };
    expect(maySee(parties, sister)).toBe(false);
    expect(maySee(parties, person)).toBe(true);
    expect([...relationsTo(parties, person)].sort()).toEqual(['registeringUnit', 'registrar']);
    expect([...relationsTo(parties, { ...sister, standsInFor: [post(32, VILLAGE)] })]).toEqual(['registeringUnit']);
  });

  it('is a manager’s right of an administrator, and no more', () => {
    const person = { ...sister, standsInFor: [post(1, TOWN, 'admin')] };
    expect(postsOf(person).map(({ role }) => role)).toEqual(['agent', 'manager']);
    expect(rolesInHand(person, [VILLAGE, TOWN, BANNER])).toEqual(['agent', 'manager']);
    expect(rolesInHand(person, [TOWN, BANNER])).toEqual(['agent']);
    expect(rolesInHand(person, [OTHER_TOWN, BANNER])).toEqual([]);
  });

  it.each([
    ['what is in the absent one’s hands', { handlerId: 20, own: post(21, TOWN), for: post(20, TOWN) }, 20],
    ['what is in the own hands', { handlerId: 21, own: post(21, TOWN), for: post(20, TOWN) }, undefined],
    [
      'what is in nobody’s hands, by the own right',
      { handlerId: null, own: post(21, TOWN), for: post(20, TOWN) },
      undefined,
    ],
    ['what the own right does not reach', { handlerId: null, own: sister, for: post(20, TOWN) }, 20],
  ] as const)('%s is done for whom it should', (_what, { handlerId, own, for: stoodInFor }, expected) => {
    const person = { ...own, standsInFor: [stoodInFor] };
    expect(takesStepFor({ ...parties, handlerId }, { person, who: ['holder'] })).toBe(expected);
  });
});

describe('days that lie ahead', () => {
  it.each([
    ['明天', '2026-11-24', '2026-11-24'],
    ['12月1日至12月5日', '2026-12-01', '2026-12-05'],
    ['12月1号到5号', '2026-12-01', '2026-12-05'],
    ['12.28-1.3', '2026-12-28', '2027-01-03'],
    ['今天~后天', '2026-11-23', '2026-11-25'],
    ['2026-12-01..2026-12-05', '2026-12-01', '2026-12-05'],
    ['１２月１日', '2026-12-01', '2026-12-01'],
    // It has just passed: whoever typed it is told so, and not given a day of next year.
    ['11月20日', '2026-11-20', '2026-11-20'],
    ['1月3日', '2027-01-03', '2027-01-03'],
    ['大后天', '2026-11-26', '2026-11-26'],
    ['周一', '2026-11-23', '2026-11-23'],
    ['明天 到 周五', '2026-11-24', '2026-11-27'],
    ['星期天', '2026-11-29', '2026-11-29'],
    ['下周一至下周三', '2026-11-30', '2026-12-02'],
    ['下周一到周五', '2026-11-30', '2026-12-04'],
    ['周三到周一', '2026-11-25', '2026-11-30'],
    ['这周日', '2026-11-29', '2026-11-29'],
  ])('%s', (text, fromDay, toDay) => {
    expect(parseDaysAhead(text, TODAY)).toEqual({ fromDay, toDay });
  });

  it.each(['', '李强', '13月1日', '2月30日', '5天', '12月1日至', '12', '1'.repeat(150_000)])(
    '%.20s is none',
    (text) => {
      expect(parseDaysAhead(text, TODAY)).toBeUndefined();
      expect(parseDayAhead(text, TODAY)).toBeUndefined();
    },
  );

  it('are said with their year', () => {
    expect(daysWords({ fromDay: '2026-12-01', toDay: '2026-12-05' })).toBe('2026年12月1日至12月5日');
    expect(daysWords({ fromDay: '2026-12-28', toDay: '2027-01-03' })).toBe('2026年12月28日至2027年1月3日');
    expect(daysWords({ fromDay: '2026-12-01', toDay: '2026-12-01' })).toBe('2026年12月1日');
  });
});
