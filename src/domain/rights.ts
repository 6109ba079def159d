/**
 * Who may do what, whoever presses, types or sends what. The steps of a case stand in `stepRules` beside their states; both are printed
 * into `docs/PERMISSIONS.md`. Applications, changes of staff, stand-ins, information work, checks of ratings, bulletins and reports
 * decide in their services, where more counts than this table says; `test/services/permissions.test.ts` holds them to it at the doors.
 */
import type { CaseRelation } from './case.ts';
import { type CaseParties, managesUnit, maySee, type Person, relationsTo, unitsOf } from './permission.ts';

/** Relations by which somebody may know whom a case is for. */
const handling = ['registrar', 'registeringUnit', 'holder'] as const satisfies readonly CaseRelation[];

/**
 * `own`: what belongs to the person alone, which the row says. `managerOf`: of the unit it is about, or of one above it. `atUnit`: that, or
 * who works in the unit. `sight`: whoever sees the case. `who`: what somebody must be to the case.
 */
type Need =
  | { readonly kind: 'anybody' | 'staff' | 'own' | 'managerOf' | 'atUnit' | 'admin' | 'sight' }
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
  submitReport: { kind: 'atUnit' },
  seeFigures: { kind: 'managerOf' },
  keepTasks: { kind: 'managerOf' },
  decideApplication: { kind: 'managerOf' },
  changeStaff: { kind: 'managerOf' },
  nameStandIn: { kind: 'managerOf' },
  unbindGroup: { kind: 'managerOf' },
  /** What is published; a draft is for those who may change it. */
  readBulletin: { kind: 'staff' },
  editBulletin: { kind: 'managerOf' },
  /** Of the banner, whose office counts the pieces and asks once more about ratings. */
  keepInformation: { kind: 'managerOf' },
  checkRatings: { kind: 'managerOf' },
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
  /** Whose it is. */
  readonly ownerId?: number;
}

/** @param person undefined: not of the staff. */
export function may(right: Right, person: Person | undefined, subject: Subject = {}): boolean {
  const need: Need = rights[right];
  if (need.kind === 'anybody') return true;
  if (!person) return false;
  const { unitLine = [], parties, ownerId } = subject;
  switch (need.kind) {
    case 'staff':
      return true;
    case 'own':
      return person.agentId === ownerId;
    case 'managerOf':
      return unitLine.length > 0 && managesUnit(person, unitLine);
    case 'atUnit':
      return managesUnit(person, unitLine) || unitsOf(person).some((id) => id === unitLine[0]);
    case 'admin':
      // Not handed on to a stand-in.
      return person.role === 'admin';
    case 'sight':
      return parties !== undefined && maySee(parties, person);
    case 'case':
      return parties !== undefined && isAmong(right, relationsTo(parties, person));
  }
}

/** Whether what somebody is to a case is enough. */
export function isAmong(right: Right, relations: ReadonlySet<CaseRelation>): boolean {
  const need: Need = rights[right];
  return need.kind === 'case' && need.who.some((relation) => relations.has(relation));
}
