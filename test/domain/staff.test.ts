import { describe, expect, it } from 'vitest';
import type { AgentRole } from '../../src/domain/agent.ts';
import type { Person } from '../../src/domain/permission.ts';
import { changeObstacle, rolesInHand, type StaffChange } from '../../src/domain/staff.ts';

const [BANNER, TOWN, VILLAGE, OTHER_TOWN] = [1, 2, 3, 4] as const;
const lines = {
  [BANNER]: [BANNER],
  [TOWN]: [TOWN, BANNER],
  [VILLAGE]: [VILLAGE, TOWN, BANNER],
  [OTHER_TOWN]: [OTHER_TOWN, BANNER],
};
const ACTOR = 7;
const levels = { [BANNER]: 'banner', [TOWN]: 'town', [VILLAGE]: 'village', [OTHER_TOWN]: 'town' } as const;
const by = (role: AgentRole, unitId: keyof typeof levels): Person => ({
  ...{ agentId: ACTOR, role, unitId },
  unitLevel: levels[unitId],
});
const leave: StaffChange = { kind: 'deactivate' };
const to = (unitId: number): StaffChange => ({ kind: 'move', unitId });
const become = (role: AgentRole): StaffChange => ({ kind: 'role', role });

describe('the roles in somebody’s hand', () => {
  it.each([
    ['an administrator', by('admin', VILLAGE), OTHER_TOWN, ['agent', 'manager', 'admin']],
    ['a manager of the unit', by('manager', TOWN), TOWN, ['agent']],
    ['a manager above', by('manager', TOWN), VILLAGE, ['agent', 'manager']],
    ['a manager above, two levels', by('manager', BANNER), VILLAGE, ['agent', 'manager']],
    ['a manager below', by('manager', VILLAGE), TOWN, []],
    ['a manager beside', by('manager', TOWN), OTHER_TOWN, []],
    ['an agent', by('agent', TOWN), TOWN, []],
  ] as const)('of %s', (_who, person, unitId, roles) => {
    expect(rolesInHand(person, lines[unitId])).toEqual(roles);
  });
});

describe('a change among the staff', () => {
  it.each([
    ['an administrator, anybody', by('admin', BANNER), 'admin', OTHER_TOWN, leave, undefined],
    ['a manager, an agent of the own unit', by('manager', TOWN), 'agent', TOWN, leave, undefined],
    ['a manager, a manager of the own unit', by('manager', TOWN), 'manager', TOWN, leave, 'staff_not_yours'],
    ['a manager, a manager below', by('manager', TOWN), 'manager', VILLAGE, leave, undefined],
    ['a manager, an administrator below', by('manager', BANNER), 'admin', VILLAGE, leave, 'staff_not_yours'],
    ['a manager, an agent of another town', by('manager', TOWN), 'agent', OTHER_TOWN, leave, 'staff_not_yours'],
    ['an agent, a colleague', by('agent', TOWN), 'agent', TOWN, leave, 'staff_not_yours'],
    ['a manager, down into a village', by('manager', TOWN), 'agent', TOWN, to(VILLAGE), undefined],
    ['a manager, up into the own unit', by('manager', TOWN), 'agent', VILLAGE, to(TOWN), undefined],
    [
      'a manager, a manager up into the own unit',
      by('manager', TOWN),
      'manager',
      VILLAGE,
      to(TOWN),
      'staff_move_not_yours',
    ],
    ['a manager, to another town', by('manager', TOWN), 'agent', TOWN, to(OTHER_TOWN), 'staff_move_not_yours'],
    ['a manager above both, to another town', by('manager', BANNER), 'agent', TOWN, to(OTHER_TOWN), undefined],
    ['an administrator, to where they are', by('admin', BANNER), 'agent', TOWN, to(TOWN), 'staff_unchanged'],
    ['an administrator, to no unit', by('admin', BANNER), 'agent', TOWN, to(99), 'staff_move_not_yours'],
    ['a manager, to the own rank', by('manager', TOWN), 'agent', TOWN, become('manager'), 'role_not_grantable'],
    ['a manager, to manager below', by('manager', TOWN), 'agent', VILLAGE, become('manager'), undefined],
    ['a manager, to administrator', by('manager', BANNER), 'agent', VILLAGE, become('admin'), 'role_not_grantable'],
    ['a manager, from manager below', by('manager', TOWN), 'manager', VILLAGE, become('agent'), undefined],
    ['an administrator, to what they are', by('admin', BANNER), 'agent', TOWN, become('agent'), 'staff_unchanged'],
  ] as const)('by %s: %#', (_who, actor, role, unitId, change, obstacle) => {
    const toLine = change.kind === 'move' ? (lines[change.unitId as keyof typeof lines] ?? []) : [];
    expect(changeObstacle({ actor, colleague: { agentId: 8, role, unitLine: lines[unitId] }, change, toLine })).toBe(
      obstacle,
    );
  });

  it.each([leave, to(VILLAGE), become('agent')])('is nobody’s of their own: %j', (change) => {
    const own = { agentId: ACTOR, role: 'admin' as const, unitLine: lines[TOWN] };
    expect(changeObstacle({ actor: by('admin', TOWN), colleague: own, change, toLine: lines[VILLAGE] })).toBe(
      'staff_self',
    );
  });
});
