/** Who is what to a case, and who may see it. Units are given as lines: the unit itself, then its parents up to the root. */
import { type AgentRole, agentRoles } from './agent.ts';
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

/** Where somebody works, and as what: all that rights follow from. */
export interface Post {
  readonly agentId: number;
  readonly unitId: number;
  readonly unitLevel: UnitLevel;
  readonly role: AgentRole;
}

export interface Person extends Post {
  /** 代班: the colleagues whom this person stands in for now. */
  readonly standsInFor?: readonly Post[] | undefined;
}

/**
 * The posts whose rights somebody has: the own one first, and while it lasts those of each colleague they stand in for (代班). What makes an
 * administrator stays with whoever was made one: of an administrator a stand-in is a manager. No chains: what a stand-in has of others is not
 * handed on.
 */
export function postsOf<Own extends Managing>(person: Own): [Omit<Own, 'standsInFor'>, ...Post[]] {
  const { standsInFor = [], ...own } = person;
  return [own, ...standsInFor.map((post) => (post.role === 'admin' ? { ...post, role: 'manager' as const } : post))];
}

/** The highest role among the posts: which commands somebody may use. */
export function highestRole(person: Person): AgentRole {
  const roles = postsOf(person).map(({ role }) => role);
  return agentRoles.findLast((role) => roles.includes(role)) ?? person.role;
}

/** The units of the posts, the own one first, each once. */
export function unitsOf(person: Person): number[] {
  return [...new Set(postsOf(person).map(({ unitId }) => unitId))];
}

/** For whom somebody acts whose own post does not allow it: the first colleague stood in for whose post does; undefined: for oneself. */
export function actsFor(person: Person, allows: (post: Post) => boolean): number | undefined {
  const [own, ...others] = postsOf(person);
  return allows(own) ? undefined : others.find(allows)?.agentId;
}

/**
 * For whom somebody takes a step of a case: for oneself what is in the own hands, else for the colleague stood in for in whose hands it is,
 * else as `actsFor`. @param who may take the step. @param handlerId of the case.
 */
export function takesStepFor(
  parties: CaseParties & { readonly handlerId: number | null },
  { person, who }: { person: Person; who: readonly CaseRelation[] },
): number | undefined {
  const inHands = ({ agentId }: Post) =>
    (agentId === parties.handlerId && who.includes('holder')) ||
    (agentId === parties.keeperId && (who.includes('registrar') || who.includes('registeringUnit')));
  const may = (post: Post) => {
    const relations = relationsAt(parties, post);
    return who.some((relation) => relations.has(relation));
  };
  const [own, ...others] = postsOf(person);
  const holder = inHands(own) ? undefined : others.find((post) => inHands(post) && may(post));
  return holder ? holder.agentId : actsFor(person, may);
}

/** Everything this person is to the case; `onlooker` or `outsider` alone when nothing. A registrar is one only while in the registering unit. */
export function relationsTo(parties: CaseParties, person: Person): Set<CaseRelation> {
  const relations = new Set(postsOf(person).flatMap((post) => [...relationsAt(parties, post)]));
  return relations.size > 0 ? relations : new Set<CaseRelation>([maySee(parties, person) ? 'onlooker' : 'outsider']);
}

function relationsAt(parties: CaseParties, post: Post): Set<CaseRelation> {
  const relations = relationsByUnit(parties, post);
  const own = post.agentId === parties.keeperId;
  if (relations.has('registeringUnit') && (own || !parties.keeperActive)) relations.add('registrar');
  return relations;
}

/** What `maySee` looks at: who looks after a case, and whether they still work here, changes what people may do, not who sees it. */
export type SeenParties = Omit<CaseParties, 'keeperId' | 'keeperActive'>;

/**
 * The one rule for who sees a case, wherever it is shown. Staff: the cases of their own unit, of their town's villages, and those their
 * unit holds. Managers: all below them; those of a department also the cases of its items, for which it answers. Administrators: all.
 * Who stands in for a colleague: what that colleague sees, too.
 */
export function maySee(parties: SeenParties, person: Person): boolean {
  return postsOf(person).some(
    (post) =>
      relationsByUnit(parties, post).size > 0 ||
      post.unitId === parties.townId ||
      (answersForItems(post) && post.unitId === parties.departmentId),
  );
}

/** Which cases `maySee` lets one post see, so that the others need not be loaded: see `db/repositories/case-search.ts`. */
export interface CaseSight {
  readonly unitId: number;
  /** `below`: what any unit below the person's own registered or holds, too. `items`: the cases of the department's items, too. */
  readonly reach: 'unit' | 'below' | 'items' | 'everything';
}

/** What somebody sees is what any of these lets see; one alone for everybody who stands in for nobody. */
export function sightsOf(person: Person): CaseSight[] {
  const sights = postsOf(person).map((post) => ({ unitId: post.unitId, reach: reachOf(post) }));
  const everything = sights.find(({ reach }) => reach === 'everything');
  if (everything) return [everything];
  return [...new Map(sights.map((sight) => [`${sight.unitId} ${sight.reach}`, sight])).values()];
}

function reachOf(post: Post): CaseSight['reach'] {
  if (post.role === 'admin') return 'everything';
  if (answersForItems(post)) return 'items';
  return post.role === 'manager' ? 'below' : 'unit';
}

/** Nothing lies below a department, but its items are handled throughout the banner. */
function answersForItems({ role, unitLevel }: Post): boolean {
  return role === 'manager' && unitLevel === 'department';
}

function relationsByUnit(parties: SeenParties, post: Post): Set<CaseRelation> {
  const relations = new Set<CaseRelation>();
  if (parties.registeringLine[0] === post.unitId) relations.add('registeringUnit');
  if (parties.holderLine[0] === post.unitId) relations.add('holder');
  if (manages(parties, post)) relations.add('manager');
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

/** As much of a person as decides whom they manage. */
export interface Managing {
  readonly role: AgentRole;
  readonly unitId: number;
  readonly standsInFor?: readonly Post[] | undefined;
}

/** May this person see and steer what happens in the unit, in the own right or a colleague's? @param unitLine the unit, then its parents. */
export function managesUnit(person: Managing, unitLine: readonly number[]): boolean {
  if (person.role === 'admin') return true;
  return postsOf(person).some(({ role, unitId }) => role === 'manager' && unitLine.includes(unitId));
}

function manages(parties: SeenParties, post: Post): boolean {
  return managesUnit(post, parties.registeringLine) || managesUnit(post, parties.holderLine);
}
