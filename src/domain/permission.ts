/** Who is what to a case, and who may see it. Units are given as lines: the unit itself, then its parents up to the root. */
import type { AgentRole } from './agent.ts';
import type { CaseRelation } from './case.ts';
import type { UnitLevel } from './unit.ts';

export interface CaseParties {
  /** Who looks after the case for the registering unit: registered it, or was handed it. */
  readonly keeperId: number;
  /** The keeper still works in the registering unit; if not, colleagues stand in, so that no case is orphaned. */
  readonly keeperActive: boolean;
  readonly registeringLine: readonly number[];
  readonly holderLine: readonly number[];
  readonly townId: number;
  /** The department that answers for the item (主管部门); null where the catalogue names none. */
  readonly departmentId: number | null;
}

export interface Person {
  readonly agentId: number;
  readonly unitId: number;
  readonly unitLevel: UnitLevel;
  readonly role: AgentRole;
}

/** Everything this person is to the case; `onlooker` or `outsider` alone when nothing. A registrar is one only while in the registering unit. */
export function relationsTo(parties: CaseParties, person: Person): Set<CaseRelation> {
  const relations = relationsByUnit(parties, person);
  const own = person.agentId === parties.keeperId;
  if (relations.has('registeringUnit') && (own || !parties.keeperActive)) relations.add('registrar');
  return relations.size > 0 ? relations : new Set<CaseRelation>([maySee(parties, person) ? 'onlooker' : 'outsider']);
}

/** What `maySee` looks at: who looks after a case, and whether they still work here, changes what people may do, not who sees it. */
export type SeenParties = Omit<CaseParties, 'keeperId' | 'keeperActive'>;

/**
 * The one rule for who sees a case, wherever it is shown. Staff: the cases of their own unit, of their town's villages, and those their
 * unit holds. Managers: all below them; those of a department also the cases of its items, for which it answers. Administrators: all.
 */
export function maySee(parties: SeenParties, person: Person): boolean {
  if (relationsByUnit(parties, person).size > 0 || person.unitId === parties.townId) return true;
  return answersForItems(person) && person.unitId === parties.departmentId;
}

/** Which cases `maySee` lets somebody see, so that the others need not be loaded: see `db/repositories/case-search.ts`. */
export interface CaseSight {
  readonly unitId: number;
  /** `below`: what any unit below the person's own registered or holds, too. `items`: the cases of the department's items, too. */
  readonly reach: 'unit' | 'below' | 'items' | 'everything';
}

export function sightOf(person: Person): CaseSight {
  return { unitId: person.unitId, reach: reachOf(person) };
}

function reachOf(person: Person): CaseSight['reach'] {
  if (person.role === 'admin') return 'everything';
  if (answersForItems(person)) return 'items';
  return person.role === 'manager' ? 'below' : 'unit';
}

/** Nothing lies below a department, but its items are handled throughout the banner. */
function answersForItems({ role, unitLevel }: Person): boolean {
  return role === 'manager' && unitLevel === 'department';
}

function relationsByUnit(parties: SeenParties, person: Person): Set<CaseRelation> {
  const relations = new Set<CaseRelation>();
  if (parties.registeringLine[0] === person.unitId) relations.add('registeringUnit');
  if (parties.holderLine[0] === person.unitId) relations.add('holder');
  if (manages(parties, person)) relations.add('manager');
  return relations;
}

/** A group as rules see it: the units bound to it; `isOrigin`: the case was registered here. */
export interface CaseGroup {
  readonly unitIds: readonly number[];
  readonly isOrigin: boolean;
}

/** What the people of a group are to the case, for the buttons its card offers. Who really presses is checked again. */
export function relationsOfGroup(parties: CaseParties, group: CaseGroup): Set<CaseRelation> {
  const relations = new Set<CaseRelation>();
  const [registeringUnit, ...above] = parties.registeringLine;
  const isAbove = group.unitIds.some((id) => above.includes(id));
  // A registrar writes in the groups of the own line; where no unit of it is reached any more, nobody is one.
  if (group.unitIds.some((id) => id === registeringUnit) || (group.isOrigin && isAbove)) {
    relations.add('registrar').add('registeringUnit');
  }
  if (group.unitIds.some((id) => id === parties.holderLine[0])) relations.add('holder');
  if (isAbove) relations.add('manager');
  if (relations.size === 0 && group.unitIds.includes(parties.townId)) relations.add('onlooker');
  return relations;
}

/** `maySee` of those who read along in a group: may the case's card stand there? */
export function groupMaySee(parties: CaseParties, group: CaseGroup): boolean {
  return relationsOfGroup(parties, group).size > 0;
}

/** May this person see and steer what happens in the unit? @param unitLine the unit, then its parents. */
export function managesUnit(person: Pick<Person, 'role' | 'unitId'>, unitLine: readonly number[]): boolean {
  if (person.role === 'admin') return true;
  return person.role === 'manager' && unitLine.includes(person.unitId);
}

function manages(parties: SeenParties, person: Person): boolean {
  return managesUnit(person, parties.registeringLine) || managesUnit(person, parties.holderLine);
}
