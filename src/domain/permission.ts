/** Who is what to a case, and who may see it. Units are given as lines: the unit itself, then its parents up to the root. */
import type { AgentRole } from './agent.ts';
import type { CaseRelation } from './case.ts';

export interface CaseParties {
  readonly registrarId: number;
  /** The registering agent still works here; if not, colleagues of the unit stand in, so that no case is orphaned. */
  readonly registrarActive: boolean;
  readonly registeringLine: readonly number[];
  readonly holderLine: readonly number[];
  readonly townId: number;
}

export interface Person {
  readonly agentId: number;
  readonly unitId: number;
  readonly role: AgentRole;
}

/** Everything this person is to the case; `outsider` alone when nothing. */
export function relationsTo(parties: CaseParties, person: Person): Set<CaseRelation> {
  const relations = new Set<CaseRelation>();
  const ofRegisteringUnit = parties.registeringLine[0] === person.unitId;
  if (ofRegisteringUnit) relations.add('registeringUnit');
  if (person.agentId === parties.registrarId || (ofRegisteringUnit && !parties.registrarActive)) {
    relations.add('registrar');
  }
  if (parties.holderLine[0] === person.unitId) relations.add('holder');
  if (manages(parties, person)) relations.add('manager');
  return relations.size > 0 ? relations : new Set<CaseRelation>(['outsider']);
}

/** What `maySee` looks at: whether the registrar still works here changes what people are to a case, not who sees it. */
export type SeenParties = Omit<CaseParties, 'registrarActive'>;

/** Staff see the cases of their own unit, of their town's villages, and those their unit holds; managers all below them. */
export function maySee(parties: SeenParties, person: Person): boolean {
  const relations = relationsTo({ ...parties, registrarActive: true }, person);
  return !relations.has('outsider') || person.unitId === parties.townId;
}

/** Which cases `maySee` lets somebody see, so that the others need not be loaded: see `db/repositories/case.ts`. */
export interface CaseSight {
  readonly agentId: number;
  readonly unitId: number;
  /** `below`: what any unit below the person's own registered or holds, too. */
  readonly reach: 'unit' | 'below' | 'everything';
}

export function sightOf(person: Person): CaseSight {
  const reach = person.role === 'admin' ? 'everything' : person.role === 'manager' ? 'below' : 'unit';
  return { agentId: person.agentId, unitId: person.unitId, reach };
}

/**
 * What the people of a group are to the case, for the buttons its card offers. Who really presses is checked again.
 * @param unitIds the units bound to the group; `isOrigin`: the case was registered here.
 */
export function relationsOfGroup(
  parties: CaseParties,
  group: { readonly unitIds: readonly number[]; readonly isOrigin: boolean },
): Set<CaseRelation> {
  const relations = new Set<CaseRelation>();
  const [registeringUnit, ...above] = parties.registeringLine;
  if (group.isOrigin || group.unitIds.some((id) => id === registeringUnit)) {
    relations.add('registrar').add('registeringUnit');
  }
  if (group.unitIds.some((id) => id === parties.holderLine[0])) relations.add('holder');
  if (group.unitIds.some((id) => above.includes(id))) relations.add('manager');
  return relations;
}

/** May this person see and steer what happens in the unit? @param unitLine the unit, then its parents. */
export function managesUnit(person: Pick<Person, 'role' | 'unitId'>, unitLine: readonly number[]): boolean {
  if (person.role === 'admin') return true;
  return person.role === 'manager' && unitLine.includes(person.unitId);
}

function manages(parties: CaseParties, person: Person): boolean {
  return managesUnit(person, parties.registeringLine) || managesUnit(person, parties.holderLine);
}
