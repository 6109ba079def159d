/**
 * The life of a case (代办件): states, steps, who may take which step when. Pure: everything a rule needs comes in as data.
 * Source: the plan, sections 11–12 and Annexes 3–4 (受理 → 送交 → 办理 → 送达 → 回访 → 归档).
 */

export const caseStates = [
  'forwarded',
  'accepted',
  'returned',
  'completed',
  'delivered',
  'followedUp',
  'archived',
  'withdrawn',
  'suspended',
  'terminated',
] as const;
export type CaseState = (typeof caseStates)[number];

interface StateTraits {
  /** Somebody still has to do something before the resident has an answer. */
  readonly open: boolean;
  /** The time promised to the resident runs. */
  readonly runs: boolean;
  /** Whose lists it stands in; 'manager' only after a bad rating. */
  readonly waitsFor: 'holder' | 'registrar' | 'manager' | undefined;
}

const stateTraits: Readonly<Record<CaseState, StateTraits>> = {
  forwarded: { open: true, runs: true, waitsFor: 'holder' },
  accepted: { open: true, runs: true, waitsFor: 'holder' },
  returned: { open: true, runs: false, waitsFor: 'registrar' },
  completed: { open: false, runs: false, waitsFor: 'registrar' },
  delivered: { open: false, runs: false, waitsFor: 'registrar' },
  followedUp: { open: false, runs: false, waitsFor: 'manager' },
  archived: { open: false, runs: false, waitsFor: undefined },
  withdrawn: { open: false, runs: false, waitsFor: undefined },
  suspended: { open: true, runs: false, waitsFor: 'holder' },
  terminated: { open: false, runs: false, waitsFor: undefined },
};

export const openStates = caseStates.filter((state) => stateTraits[state].open);
/** What can become overdue. */
export const runningStates = caseStates.filter((state) => stateTraits[state].runs);
/** The holder has to do something. */
export const heldStates = caseStates.filter((state) => stateTraits[state].waitsFor === 'holder');
/** The registering unit has to do something, most pressing first. */
export const broughtHomeStates = caseStates.filter((state) => stateTraits[state].waitsFor === 'registrar');

/** Somebody has to do something: what a digest looks through. */
export const waitingStates = caseStates.filter((state) => stateTraits[state].waitsFor !== undefined);

/** What can happen to a case after its registration. `archive` is never pressed: it follows a good rating or a rectification. */
export const caseSteps = [
  'accept',
  'return',
  'forward',
  'escalate',
  'complete',
  'deliver',
  'followUp',
  'rectify',
  'archive',
  'withdraw',
  'urge',
  'correct',
  'note',
  'suspend',
  'resume',
  'terminate',
  'handOver',
  'entrust',
] as const;
export type CaseStep = (typeof caseSteps)[number];

/** The steps that somebody takes on the case's card; 更正 has a private form of its own. */
export type PressedStep = Exclude<CaseStep, 'archive' | 'correct'>;
export const pressedSteps = caseSteps.filter((step): step is PressedStep => step !== 'archive' && step !== 'correct');

/** All that the ledger may say of a case: its registration, its steps, what took one back, its papers, and looks at them and at who it is for. */
export const caseEvents = [
  'register',
  ...caseSteps,
  'undo',
  'reveal',
  'attach',
  'nameMaterial',
  'papers',
  'check',
  'erase',
] as const;
export type CaseEvent = (typeof caseEvents)[number];

/**
 * What a person is to one case. Somebody may be several at once: a clerk who registers at the town's own window is both
 * `registrar` and `holder`. `registrar`: who looks after it for the registering unit, having registered it or been handed it (`entrust`).
 * `onlooker`: sees the case and is nothing else to it.
 */
export const caseRelations = [
  'registrar',
  'registeringUnit',
  'holder',
  'manager',
  'onlooker',
  'system',
  'outsider',
] as const;
export type CaseRelation = (typeof caseRelations)[number];

export const assistTypes = ['local', 'extended'] as const;
export type AssistType = (typeof assistTypes)[number];

export const serviceWays = ['counter', 'doorstep', 'mobileCounter', 'post', 'bank', 'deputyHome'] as const;
export type ServiceWay = (typeof serviceWays)[number];

export const deliveryWays = ['doorstep', 'pickup', 'post', 'phone'] as const;
export type DeliveryWay = (typeof deliveryWays)[number];

export const outcomes = ['granted', 'refused'] as const;
export type Outcome = (typeof outcomes)[number];

/** Why a case is suspended (中止); the rest is said in words. */
export const suspendReasons = ['applicant', 'otherOffice', 'season', 'other'] as const;
export type SuspendReason = (typeof suspendReasons)[number];

/** Why a holder ends a case without a result (终止), as the region's standards of 办件终止 name it. */
export const terminateReasons = ['asked', 'unqualified', 'papersLate', 'other'] as const;
export type TerminateReason = (typeof terminateReasons)[number];

/** 好差评: 5 = 非常满意 … 1 = 非常不满意. From 3 up the case is archived at once; below it needs 整改 first. */
export const ratings = [5, 4, 3, 2, 1] as const;
export type Rating = (typeof ratings)[number];
const RATING_ARCHIVED_AT_ONCE_MIN = 3;

/** Why a step is refused; `src/refusals.ts` holds the sentence for each code. */
export type CaseRefusal =
  | 'case_not_yours'
  | 'case_already_accepted'
  | 'case_returned_wait'
  | 'case_not_accepted_yet'
  | 'case_not_returned'
  | 'case_not_completed_yet'
  | 'case_not_delivered_yet'
  | 'case_already_completed'
  | 'case_already_delivered'
  | 'case_already_rated'
  | 'case_archived'
  | 'case_withdrawn'
  | 'case_suspended'
  | 'case_not_suspended'
  | 'case_terminated'
  | 'case_no_higher_level'
  | 'case_urged_today'
  | 'case_nothing_to_rectify'
  | 'case_correct_by_unit'
  | 'case_correct_by_manager'
  | 'case_rectify_first';

/** The facts about a case that decide whether a step is allowed. */
export interface CaseFacts {
  readonly state: CaseState;
  /** A unit above the present holder that this item may be passed up to exists. */
  readonly canEscalate: boolean;
  /** The working day (YYYY-MM-DD) after the last 催办, from which on there may be another; null where there was none. */
  readonly mayUrgeFrom: string | null;
  readonly rating: number | null;
  readonly rectified: boolean;
}

export interface StepRequest {
  readonly step: CaseStep;
  readonly relations: ReadonlySet<CaseRelation>;
  /** Local day (YYYY-MM-DD) of the request. */
  readonly today: string;
}

export type StepDecision =
  | { readonly ok: true; readonly next: CaseState }
  | { readonly ok: false; readonly refusal: CaseRefusal };

interface StepRule {
  readonly from: readonly CaseState[];
  /** undefined: the state stays as it is. */
  readonly to: CaseState | undefined;
  readonly who: readonly CaseRelation[];
}

/** What may follow what, by whose hand, as one table; each row is a rule of `docs/RULES.md`. */
export const stepRules: Readonly<Record<CaseStep, StepRule>> = {
  accept: { from: ['forwarded'], to: 'accepted', who: ['holder'] },
  return: { from: ['forwarded', 'accepted'], to: 'returned', who: ['holder'] },
  forward: { from: ['returned'], to: 'forwarded', who: ['registrar', 'registeringUnit'] },
  escalate: { from: ['accepted'], to: 'forwarded', who: ['holder'] },
  complete: { from: ['accepted'], to: 'completed', who: ['holder'] },
  deliver: { from: ['completed'], to: 'delivered', who: ['registrar', 'registeringUnit'] },
  followUp: { from: ['delivered'], to: 'followedUp', who: ['registrar', 'registeringUnit'] },
  rectify: { from: ['followedUp'], to: undefined, who: ['manager'] },
  archive: { from: ['followedUp'], to: 'archived', who: ['system'] },
  withdraw: { from: ['forwarded', 'accepted', 'returned', 'suspended'], to: 'withdrawn', who: ['registrar'] },
  urge: { from: ['forwarded', 'accepted'], to: undefined, who: ['registrar', 'manager'] },
  correct: {
    from: caseStates.filter((state) => state !== 'withdrawn' && state !== 'terminated'),
    to: undefined,
    who: ['registeringUnit', 'manager'],
  },
  note: {
    from: ['forwarded', 'accepted', 'returned', 'suspended', 'completed', 'delivered', 'followedUp'],
    to: undefined,
    who: ['registrar', 'registeringUnit', 'holder', 'manager', 'onlooker'],
  },
  suspend: { from: ['accepted'], to: 'suspended', who: ['holder'] },
  resume: { from: ['suspended'], to: 'accepted', who: ['holder'] },
  terminate: { from: ['accepted', 'suspended'], to: 'terminated', who: ['holder'] },
  handOver: { from: ['accepted', 'suspended'], to: undefined, who: ['holder'] },
  entrust: {
    from: ['forwarded', 'accepted', 'returned', 'suspended', 'completed'],
    to: undefined,
    who: ['registrar', 'registeringUnit'],
  },
};

/**
 * May this person take this step now, and what is the state after it?
 * The right is checked before the state, so that an outsider learns nothing about a case from a refusal.
 */
export function decideStep(facts: CaseFacts, request: StepRequest): StepDecision {
  const rule = stepRules[request.step];
  if (!rule.who.some((relation) => request.relations.has(relation))) return refuse('case_not_yours');
  if (!rule.from.includes(facts.state)) return refuse(wrongState(facts.state, request.step));
  const obstacle = particularObstacle(facts, request);
  if (obstacle) return refuse(obstacle);
  return { ok: true, next: rule.to ?? facts.state };
}

/** The steps these people would not be refused now, in the order of the table. */
export function offeredSteps(facts: CaseFacts, relations: ReadonlySet<CaseRelation>, today: string): CaseStep[] {
  return caseSteps.filter((step) => decideStep(facts, { step, relations, today }).ok);
}

/** A follow-up below this needs 整改 by a manager before the case is archived. */
export function needsRectification(facts: Pick<CaseFacts, 'rating' | 'rectified'>): boolean {
  return facts.rating !== null && facts.rating < RATING_ARCHIVED_AT_ONCE_MIN && !facts.rectified;
}

/** Open = somebody still has to do something before the resident has an answer. */
export function isOpen(state: CaseState): boolean {
  return stateTraits[state].open;
}

/** Nothing is left to be done. */
export function isClosed(state: CaseState): boolean {
  return stateTraits[state].waitsFor === undefined;
}

/** With its holder, who has to do the next step. */
export function isHeld(state: CaseState): boolean {
  return stateTraits[state].waitsFor === 'holder';
}

/** Who has to do the next step; nobody after a good rating, or when all is done. */
export function waitsFor(facts: Pick<CaseFacts, 'state' | 'rating' | 'rectified'>): StateTraits['waitsFor'] {
  const { waitsFor: who } = stateTraits[facts.state];
  return who === 'manager' && !needsRectification(facts) ? undefined : who;
}

/** The resident has not been brought the outcome. */
export function isUnanswered(state: CaseState): boolean {
  return isOpen(state) || state === 'completed';
}

/** The time promised to the resident runs while the case is dealt with, and stands still while it has to be put right or is suspended. */
export function standsStill(state: CaseState): boolean {
  return stateTraits[state].open && !stateTraits[state].runs;
}

/** Where an event of the ledger leaves a case; undefined for what moves none. */
export function stateAfter(event: string): CaseState | undefined {
  const step = caseSteps.find((candidate) => candidate === event);
  return step === undefined ? undefined : stepRules[step].to;
}

function refuse(refusal: CaseRefusal): StepDecision {
  return { ok: false, refusal };
}

function particularObstacle(facts: CaseFacts, request: StepRequest): CaseRefusal | undefined {
  if (request.step === 'escalate' && !facts.canEscalate) return 'case_no_higher_level';
  if (request.step === 'urge' && urgedThisWorkingDay(facts, request)) return 'case_urged_today';
  if (request.step === 'rectify' && !needsRectification(facts)) return 'case_nothing_to_rectify';
  if (request.step === 'correct') return correctObstacle(facts, request);
  if (request.step === 'archive' && needsRectification(facts)) return 'case_rectify_first';
  return undefined;
}

/** By the registering unit until the case is completed; what has been answered is corrected by a manager. */
function correctObstacle({ state }: CaseFacts, { relations }: StepRequest): CaseRefusal | undefined {
  if (isOpen(state)) return relations.has('registeringUnit') ? undefined : 'case_correct_by_unit';
  return relations.has('manager') ? undefined : 'case_correct_by_manager';
}

/** Once a working day. */
function urgedThisWorkingDay({ mayUrgeFrom }: CaseFacts, { today }: StepRequest): boolean {
  return mayUrgeFrom !== null && today < mayUrgeFrom;
}

/** The sentence that helps most when a step comes in the wrong state: what has already happened, or what must come first. */
function wrongState(state: CaseState, step: CaseStep): CaseRefusal {
  switch (state) {
    case 'archived':
      return 'case_archived';
    case 'withdrawn':
      return 'case_withdrawn';
    case 'terminated':
      return 'case_terminated';
    case 'suspended':
      return 'case_suspended';
    case 'followedUp':
      return 'case_already_rated';
    case 'delivered':
      return step === 'rectify' || step === 'archive' ? 'case_nothing_to_rectify' : 'case_already_delivered';
    case 'completed':
      return step === 'followUp' || step === 'rectify' || step === 'archive'
        ? 'case_not_delivered_yet'
        : 'case_already_completed';
    case 'returned':
      return broughtHomeSteps.has(step) ? 'case_not_completed_yet' : 'case_returned_wait';
    case 'accepted':
      if (step === 'accept') return 'case_already_accepted';
      if (step === 'resume') return 'case_not_suspended';
      return step === 'forward' ? 'case_not_returned' : 'case_not_completed_yet';
    case 'forwarded':
      if (step === 'forward') return 'case_not_returned';
      return broughtHomeSteps.has(step) ? 'case_not_completed_yet' : 'case_not_accepted_yet';
  }
}

/** They need a result. */
const broughtHomeSteps: ReadonlySet<CaseStep> = new Set(['deliver', 'followUp', 'rectify', 'archive']);
