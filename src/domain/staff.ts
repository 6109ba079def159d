/** Who may change what of a colleague's work: end it, move it to another unit, give it another role. */
import { type AgentRole, agentRoles } from './agent.ts';
import { type Managing, managesUnit, type Person, postsOf } from './permission.ts';
import { may } from './rights.ts';

export type StaffChange =
  /** 停用: gets nothing any more and may do nothing; may apply again. */
  | { readonly kind: 'deactivate' }
  /** 调动: into another unit, in the same role. */
  | { readonly kind: 'move'; readonly unitId: number }
  /** 角色 */
  | { readonly kind: 'role'; readonly role: AgentRole };

/**
 * The roles somebody may give to staff of a unit, and take from them: an administrator every one, a manager what ranks below the own
 * role; who stands in for a manager, what that one may. @param unitLine the unit, then its parents.
 */
export function rolesInHand(person: Managing, unitLine: readonly number[]): AgentRole[] {
  if (person.role === 'admin') return [...agentRoles];
  const managing = postsOf(person).filter((post) => managesUnit(post, unitLine));
  if (managing.some(({ unitId }) => unitId !== unitLine[0])) return ['agent', 'manager'];
  return managing.length > 0 ? ['agent'] : [];
}

export interface ChangeRequest {
  readonly actor: Person;
  /** Whom it is about, as they are now, with the line of their unit. */
  readonly colleague: { readonly agentId: number; readonly role: AgentRole; readonly unitLine: readonly number[] };
  readonly change: StaffChange;
  /** Of a move: the line of the unit it goes to; empty where there is no such unit in use. */
  readonly toLine: readonly number[];
}

export type ChangeObstacle =
  | 'staff_self'
  | 'staff_not_yours'
  | 'staff_unchanged'
  | 'staff_move_not_yours'
  | 'role_not_grantable';

/** Why somebody may not make the change; undefined when they may. Nobody changes anything of the own work. */
export function changeObstacle(request: ChangeRequest): ChangeObstacle | undefined {
  const { actor, colleague, change, toLine } = request;
  if (actor.agentId === colleague.agentId) return 'staff_self';
  const { unitLine } = colleague;
  const inHand = rolesInHand(actor, unitLine);
  if (!may('changeStaff', actor, { unitLine }) || !inHand.includes(colleague.role)) return 'staff_not_yours';
  switch (change.kind) {
    case 'deactivate':
      return undefined;
    case 'move':
      if (change.unitId === colleague.unitLine[0]) return 'staff_unchanged';
      return rolesInHand(actor, toLine).includes(colleague.role) && toLine.length > 0
        ? undefined
        : 'staff_move_not_yours';
    case 'role':
      if (change.role === colleague.role) return 'staff_unchanged';
      return inHand.includes(change.role) ? undefined : 'role_not_grantable';
  }
}
