/**
 * Who may do what, whoever presses, types or sends what. The steps of a case stand in `stepRules` beside their states; both are printed
 * into `docs/PERMISSIONS.md`. What counts besides (a state, a day, which role a manager may give) stands with the service that asks;
 * `test/services/permissions.test.ts` holds all doors to the table.
 */
import type { CaseRelation } from './case.ts';
import {
  actsFor,
  type CaseParties,
  managesUnit,
  maySee,
  type Person,
  type Post,
  postsOf,
  relationsTo,
  unitsOf,
} from './permission.ts';
import type { UnitLevel } from './unit.ts';

/** Relations by which somebody may know whom a case is for. */
const handling = ['registrar', 'registeringUnit', 'holder'] as const satisfies readonly CaseRelation[];

/**
 * `own`: what belongs to the person alone, which the row says. `managerOf`: of the unit it is about, or of one above it. `ownOrManager`:
 * either, in the own right alone. `atUnit`: a manager as before, or who works in the unit. `reporter`: the unit's managers, or where it
 * has none its other staff. `office`: the banner's office (旗县政府办): a manager of the banner or of what lies above it, of the line it is
 * about if it is about one. `within`: who works in the unit or below it. `sight`: whoever sees the case. `who`: what somebody must be to
 * the case. Administrators have all of it but what is `own` or somebody's by their relation to the case.
 */
type Need =
  | {
      readonly kind:
        | ('anybody' | 'staff' | 'own' | 'managerOf' | 'ownOrManager' | 'atUnit')
        | ('reporter' | 'office' | 'within' | 'admin' | 'sight');
    }
  | { readonly kind: 'case'; readonly who: readonly CaseRelation[] };

/** In the order of the document. */
export const rights = {
  ask: { kind: 'anybody' },
  join: { kind: 'anybody' },
  register: { kind: 'staff' },
  useOwn: { kind: 'own' },
  seeCase: { kind: 'sight' },
  /** The full data: 查看申请人, 再办一件, papers. */
  handleApplicant: { kind: 'case', who: handling },
  seldomSteps: { kind: 'case', who: handling },
  seeReadiness: { kind: 'atUnit' },
  submitReport: { kind: 'reporter' },
  /** Of the units above the town. */
  receiveReports: { kind: 'managerOf' },
  seeFigures: { kind: 'managerOf' },
  keepLists: { kind: 'managerOf' },
  keepTasks: { kind: 'managerOf' },
  decideApplication: { kind: 'managerOf' },
  changeStaff: { kind: 'managerOf' },
  nameStandIn: { kind: 'ownOrManager' },
  unbindGroup: { kind: 'managerOf' },
  /** What is published; a draft is for those who may change it. */
  readBulletin: { kind: 'within' },
  /** Of the bulletin's banner. */
  editBulletin: { kind: 'office' },
  /** Of the banner of the unit that it is about. */
  keepInformation: { kind: 'office' },
  /** Of the line of who registered the case. */
  checkRatings: { kind: 'office' },
  bindGroup: { kind: 'admin' },
  changeSettings: { kind: 'admin' },
  changeItem: { kind: 'admin' },
  importLists: { kind: 'admin' },
  exportApplicants: { kind: 'admin' },
  eraseApplicant: { kind: 'admin' },
  decideRetention: { kind: 'admin' },
} as const satisfies Readonly<Record<string, Need>>;
export type Right = keyof typeof rights;

/** What a right is about. Without what its kind needs nobody has it, but for the program's own mistakes that is never asked. */
export interface Subject {
  /** The unit, then its parents. */
  readonly unitLine?: readonly number[];
  readonly parties?: CaseParties;
  /** Whose it is, or about whom. */
  readonly ownerId?: number;
  /** The unit where the person works, then its parents. */
  readonly ownLine?: readonly number[];
  /** The unit it is about has managers of its own. */
  readonly hasManager?: boolean;
}

/** @param person undefined: not of the staff. */
export function may(right: Right, person: Person | undefined, subject: Subject = {}): boolean {
  const need: Need = rights[right];
  if (need.kind === 'anybody') return true;
  if (!person) return false;
  const { unitLine = [], parties, ownerId, ownLine = [], hasManager = false } = subject;
  const { role, unitId } = person;
  switch (need.kind) {
    case 'staff':
      return true;
    case 'own':
      return person.agentId === ownerId;
    case 'managerOf':
      return unitLine.length > 0 && managesUnit(person, unitLine);
    case 'ownOrManager':
      return person.agentId === ownerId || managesUnit({ role, unitId }, unitLine);
    case 'reporter':
      return postsOf(person).some(
        (post) => post.role === 'admin' || (post.unitId === unitLine[0] && (post.role === 'manager' || !hasManager)),
      );
    case 'office':
      return postsOf(person).some((post) => isOfOffice(post, unitLine));
    case 'within':
      return role === 'admin' || (unitLine[0] !== undefined && ownLine.includes(unitLine[0]));
    case 'atUnit':
      return managesUnit(person, unitLine) || unitsOf(person).some((id) => id === unitLine[0]);
    case 'admin':
      // Not handed on to a stand-in.
      return role === 'admin';
    case 'sight':
      return parties !== undefined && maySee(parties, person);
    case 'case':
      return parties !== undefined && isAmong(right, relationsTo(parties, person));
  }
}

const officeLevels: ReadonlySet<UnitLevel> = new Set(['banner', 'league', 'region']);

/** @param unitLine empty: whatever the office does of no unit in particular. */
function isOfOffice({ role, unitId, unitLevel }: Post, unitLine: readonly number[]): boolean {
  if (role === 'admin') return true;
  return role === 'manager' && officeLevels.has(unitLevel) && (unitLine.length === 0 || unitLine.includes(unitId));
}

/** For whom somebody does what their own post does not let them do: the colleague they stand in for (代班); undefined: for oneself. */
export function onBehalfOf(right: Right, person: Person, subject: Subject = {}): number | undefined {
  return actsFor(person, (post) => may(right, post, subject));
}

/** Whether what somebody is to a case is enough. */
export function isAmong(right: Right, relations: ReadonlySet<CaseRelation>): boolean {
  const need: Need = rights[right];
  return need.kind === 'case' && need.who.some((relation) => relations.has(relation));
}
