/**
 * What each step of a case adds to the counters: the one place that says so. A step that is taken is counted by it, and so is the
 * ledger when the counters are made again or checked.
 */
import { localDay } from './calendar.ts';
import { type CaseEvent, type CaseState, caseEvents, stateAfter } from './case.ts';
import { type Counted, type HandledCount, type Handler, handledPart, ratingCount, standingChange } from './counters.ts';
import { standingSteps } from './undo.ts';

/** A ledger entry's facts; those named here are counted. */
export interface CountedFacts {
  readonly [fact: string]: unknown;
  readonly undoes?: unknown;
  readonly returnCount?: number;
  readonly completedOnTime?: boolean | null;
  readonly onTheSpot?: boolean;
  readonly outcome?: string | null;
  readonly rating?: number | null;
  /** Of a timed step: for how many working minutes the case could have been worked on until then. */
  readonly workedMinutes?: number;
}

/**
 * The steps whose entry says how long it took, by the calendar of that moment: days off that an administrator sets afterwards change no
 * figure that has been counted.
 */
export const timedSteps: ReadonlySet<string> = new Set(['accept', 'complete']);

/** A ledger entry of the case, as far as it is counted. */
export interface CountedStep {
  readonly kind: string;
  readonly at: number;
  readonly payload: CountedFacts;
  /** Who took it, and where; undefined for what nobody of the staff did. */
  readonly by: Handler | undefined;
}

/** How far a case has come, as far as it changes what the next step adds. */
export interface Course {
  /** undefined: it is only being registered. */
  readonly state: CaseState | undefined;
  /** Somebody has accepted it before. */
  readonly accepted: boolean;
  /** Who completed it, once it is. */
  readonly completedBy: Handler | undefined;
}

export const unregistered: Course = { state: undefined, accepted: false, completedBy: undefined };

export interface StepCount {
  readonly add: Counted;
  /** What of it is told of whoever dealt with the case; undefined when nothing is. */
  readonly handled: HandledCount | undefined;
  readonly after: Course;
}

/** What one step adds. Throws RangeError for an event that this program does not know. */
export function countStep({ kind, payload, by }: Omit<CountedStep, 'at'>, before: Course): StepCount {
  const event = caseEvents.find((candidate) => candidate === kind);
  if (event === undefined) throw new RangeError(`not an event of a case: ${kind}`);
  const add = countings[event](payload, before);
  const state = stateAfter(event) ?? before.state;
  const moved = state === undefined ? {} : standingChange(before.state, state);
  const completedBy = event === 'complete' ? by : before.completedBy;
  const handler = event === 'followUp' ? completedBy : handlerSteps.has(event) ? by : undefined;
  return {
    add: { ...add, ...moved },
    handled: handler && { by: handler, add: handledPart(add) },
    after: { state, accepted: before.accepted || event === 'accept', completedBy },
  };
}

/** Told of who takes them; what the resident says of a case is told of who completed it. */
const handlerSteps: ReadonlySet<CaseEvent> = new Set(['return', 'complete']);

/** What one step of the course adds, and on which day (YYYY-MM-DD). */
export interface DayCount {
  readonly day: string;
  readonly add: Counted;
  readonly handled: HandledCount | undefined;
}

/**
 * What each step of the course adds. What was taken back adds nothing, as if it had never been.
 * @param entries all of one case, oldest first.
 */
export function countHistory(entries: readonly CountedStep[], zone: string): DayCount[] {
  const steps = standingSteps(entries);
  if (!steps.some((step) => step.kind === 'register')) return [];
  let course = unregistered;
  return steps.map((step) => {
    const { add, handled, after } = countStep(step, course);
    course = after;
    return { day: localDay(step.at, zone), add, handled };
  });
}

type Counting = (facts: CountedFacts, before: Course) => Counted;

const nothing: Counting = () => ({});

const countings: Readonly<Record<CaseEvent, Counting>> = {
  register: () => ({ registered: 1 }),
  // Working time to acceptance counts once, however often the case is passed on.
  accept: ({ workedMinutes = 0 }, { accepted }) => (accepted ? {} : { accepted: 1, acceptMinutes: workedMinutes }),
  return: ({ returnCount = 1 }) => ({ returned: 1, returnedAgain: returnCount > 1 ? 1 : 0 }),
  forward: nothing,
  escalate: () => ({ escalated: 1 }),
  complete: ({ completedOnTime, outcome, workedMinutes = 0 }) => ({
    completed: 1,
    refused: outcome === 'refused' ? 1 : 0,
    completedOnTime: completedOnTime === true ? 1 : 0,
    completeMinutes: workedMinutes,
  }),
  deliver: () => ({ delivered: 1 }),
  followUp: ({ rating }) => ratingCount(rating ?? 0),
  rectify: nothing,
  archive: nothing,
  withdraw: () => ({ withdrawn: 1 }),
  urge: nothing,
  correct: nothing,
  note: nothing,
  undo: nothing,
  suspend: nothing,
  resume: nothing,
  terminate: () => ({ terminated: 1 }),
  handOver: nothing,
  entrust: nothing,
  reveal: nothing,
  attach: nothing,
  nameMaterial: nothing,
  check: nothing,
  papers: nothing,
  erase: nothing,
};
