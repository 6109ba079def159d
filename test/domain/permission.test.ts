import { describe, expect, it } from 'vitest';
import type { AgentRole } from '../../src/domain/agent.ts';
import { offeredSteps } from '../../src/domain/case.ts';
import {
  type CaseParties,
  groupMaySee,
  managesUnit,
  maySee,
  type Person,
  relationsOfGroup,
  relationsTo,
} from '../../src/domain/permission.ts';
import type { UnitLevel } from '../../src/domain/unit.ts';

const [BANNER, TOWN, VILLAGE, CIVIL, OTHER_TOWN, SISTER_VILLAGE, LABOUR] = [1, 2, 3, 4, 5, 6, 7] as const;
const REGISTRAR = 31;

/** Registered in a village, held by its town. */
const inTown: CaseParties = {
  keeperId: REGISTRAR,
  keeperActive: true,
  registeringLine: [VILLAGE, TOWN, BANNER],
  holderLine: [TOWN, BANNER],
  townId: TOWN,
  departmentId: CIVIL,
};
/** The same, passed up to a department of the banner. */
const inDepartment: CaseParties = { ...inTown, holderLine: [CIVIL, BANNER] };
const registrarGone: CaseParties = { ...inTown, keeperActive: false };
/** Registered at the banner's own window for somebody of the town. */
const fromBanner: CaseParties = { ...inDepartment, registeringLine: [BANNER] };

const levels = new Map<number, UnitLevel>([
  ...([BANNER] as const).map((id): [number, UnitLevel] => [id, 'banner']),
  ...([TOWN, OTHER_TOWN] as const).map((id): [number, UnitLevel] => [id, 'town']),
  ...([CIVIL, LABOUR] as const).map((id): [number, UnitLevel] => [id, 'department']),
]);
const someone = (unitId: number, role: AgentRole = 'agent'): Person => ({
  ...{ agentId: 99, unitId, role },
  unitLevel: levels.get(unitId) ?? 'village',
});
const registrar: Person = { ...someone(VILLAGE), agentId: REGISTRAR };
const movedRegistrar: Person = { ...someone(OTHER_TOWN), agentId: REGISTRAR };

describe('who is what to a case', () => {
  it.each([
    ['its registrar', inTown, registrar, ['registeringUnit', 'registrar']],
    ['its registrar, moved to another town', inTown, movedRegistrar, ['outsider']],
    ['its registrar, moved up to the town that holds it', inTown, { ...someone(TOWN), agentId: REGISTRAR }, ['holder']],
    ['a colleague of the registrar', inTown, someone(VILLAGE), ['registeringUnit']],
    ['the same, the registrar having left', registrarGone, someone(VILLAGE), ['registeringUnit', 'registrar']],
    ['somebody of another village, the registrar having left', registrarGone, someone(SISTER_VILLAGE), ['outsider']],
    ['a clerk of the holder', inTown, someone(TOWN), ['holder']],
    ['a clerk of the town that passed it up', inDepartment, someone(TOWN), ['onlooker']],
    ['a clerk of the department that holds it', inDepartment, someone(CIVIL), ['holder']],
    ['a manager of that department', inDepartment, someone(CIVIL, 'manager'), ['holder', 'manager']],
    ['a manager of the department while the town holds it', inTown, someone(CIVIL, 'manager'), ['onlooker']],
    ['a manager of the town', inTown, someone(TOWN, 'manager'), ['holder', 'manager']],
    ['the same after it went up', inDepartment, someone(TOWN, 'manager'), ['manager']],
    ['a manager of the registering village', inTown, someone(VILLAGE, 'manager'), ['manager', 'registeringUnit']],
    ['a manager of the banner', inTown, someone(BANNER, 'manager'), ['manager']],
    ['an ordinary agent of the banner', inTown, someone(BANNER), ['outsider']],
    ['a manager of another town', inTown, someone(OTHER_TOWN, 'manager'), ['outsider']],
    ['an administrator, wherever', inTown, someone(OTHER_TOWN, 'admin'), ['manager']],
  ] as const)('%s', (_who, parties, person, relations) => {
    expect([...relationsTo(parties, person)].sort()).toEqual(relations);
  });

  it('makes rectifying and urging theirs who manage the department that holds it', () => {
    const manager = relationsTo(inDepartment, someone(CIVIL, 'manager'));
    const clerk = relationsTo(inDepartment, someone(CIVIL));
    const today = '2026-11-23';
    const facts = { state: 'followedUp', canEscalate: false, mayUrgeFrom: null, rating: 1, rectified: false } as const;
    expect(offeredSteps(facts, manager, today)).toContain('rectify');
    expect(offeredSteps(facts, clerk, today)).not.toContain('rectify');
    expect(offeredSteps({ ...facts, state: 'accepted' }, manager, today)).toContain('urge');
    expect(offeredSteps({ ...facts, state: 'accepted' }, clerk, today)).not.toContain('urge');
  });
});

describe('who sees a case', () => {
  it.each([
    ['its registrar', inTown, registrar, true],
    ['a colleague of the village', inTown, someone(VILLAGE), true],
    ['a clerk of its town, though the department holds it', inDepartment, someone(TOWN), true],
    ['a clerk of the holder', inDepartment, someone(CIVIL), true],
    ['its registrar, moved to another town', inTown, movedRegistrar, false],
    ['a clerk of the department of its item, not holding it', inTown, someone(CIVIL), false],
    ['a manager of the department of its item', inTown, someone(CIVIL, 'manager'), true],
    ['a manager of another department', inTown, someone(LABOUR, 'manager'), false],
    [
      'a manager of a department, the item having none',
      { ...inTown, departmentId: null },
      someone(CIVIL, 'manager'),
      false,
    ],
    ['a clerk of the town of an applicant the banner registered', fromBanner, someone(TOWN), true],
    ['somebody of the next village', inTown, someone(SISTER_VILLAGE), false],
    ['a manager of another town', inTown, someone(OTHER_TOWN, 'manager'), false],
    ['an agent of the banner', inTown, someone(BANNER), false],
    ['a manager of the banner', inTown, someone(BANNER, 'manager'), true],
    ['an administrator', inTown, someone(OTHER_TOWN, 'admin'), true],
  ] as const)('%s: %#', (_who, parties, person, sees) => {
    expect(maySee(parties, person)).toBe(sees);
  });
});

describe('what the people of a group are to a case', () => {
  it.each([
    ['bound to the registering village', { unitIds: [VILLAGE], isOrigin: false }, ['registeringUnit', 'registrar']],
    ['where it was registered, bound to nobody any more', { unitIds: [], isOrigin: true }, []],
    ['where it was registered, of another town now', { unitIds: [OTHER_TOWN], isOrigin: true }, []],
    [
      'of the town above, where it was registered',
      { unitIds: [TOWN], isOrigin: true },
      ['manager', 'registeringUnit', 'registrar'],
    ],
    ['bound to nobody', { unitIds: [], isOrigin: false }, []],
    ['bound to the holder', { unitIds: [CIVIL], isOrigin: false }, ['holder']],
    ['bound to the town above', { unitIds: [TOWN], isOrigin: false }, ['manager']],
    ['bound to the banner', { unitIds: [BANNER], isOrigin: false }, ['manager']],
    ['bound to another town', { unitIds: [OTHER_TOWN], isOrigin: false }, []],
    [
      'bound to village, department and town at once',
      { unitIds: [VILLAGE, CIVIL, TOWN], isOrigin: false },
      ['holder', 'manager', 'registeringUnit', 'registrar'],
    ],
  ] as const)('%s', (_which, group, relations) => {
    expect([...relationsOfGroup(inDepartment, group)].sort()).toEqual(relations);
  });
});

describe('where the card of a case may stand', () => {
  it.each([
    ['the registering village', inTown, [VILLAGE], false, true],
    ['the town above', inDepartment, [TOWN], false, true],
    ['the town of the applicant, the banner having registered', fromBanner, [TOWN], false, true],
    ['the holder', inDepartment, [CIVIL], false, true],
    ['the department of its item, not holding it', inTown, [CIVIL], false, false],
    ['the next village', inTown, [SISTER_VILLAGE], false, false],
    ['another town', inTown, [OTHER_TOWN], false, false],
    ['nobody', inTown, [], false, false],
    ['nobody, though it was registered there', inTown, [], true, false],
  ] as const)('in the group of %s: %#', (_whose, parties, unitIds, isOrigin, may) => {
    expect(groupMaySee(parties, { unitIds, isOrigin })).toBe(may);
  });
});

describe('who manages a unit', () => {
  it.each([
    ['an agent of it', someone(TOWN), false],
    ['a manager of it', someone(TOWN, 'manager'), true],
    ['a manager above it', someone(BANNER, 'manager'), true],
    ['a manager below it', someone(VILLAGE, 'manager'), false],
    ['a manager beside it', someone(OTHER_TOWN, 'manager'), false],
    ['an administrator', someone(VILLAGE, 'admin'), true],
  ] as const)('%s: %#', (_who, person, manages) => {
    expect(managesUnit(person, [TOWN, BANNER])).toBe(manages);
  });
});
