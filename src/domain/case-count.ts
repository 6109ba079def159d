/** What a case's course adds to the counters, read from its ledger entries: the counters made again, or checked. */
import { localDay } from './calendar.ts';
import { type CaseState, caseSteps, stepRules } from './case.ts';
import { type Counted, ratingCount, standingChange } from './counters.ts';
import { workedStretches, workingMinutes } from './office-hours.ts';

/** A ledger entry of the case, as far as it is counted. */
export interface CountedStep {
  readonly kind: string;
  readonly at: number;
  readonly payload: {
    readonly returnCount?: number;
    readonly onTime?: boolean;
    readonly onTheSpot?: boolean;
    readonly rating?: number;
  };
}

/** What each day (YYYY-MM-DD) of the course adds. @param steps all entries of one case, oldest first. */
export function countHistory(steps: readonly CountedStep[], zone: string): { day: string; add: Counted }[] {
  const registeredAt = steps.find((step) => step.kind === 'register')?.at;
  if (registeredAt === undefined) return [];
  const minutesUntil = (until: number) => workingMinutes(workedStretches(steps, { registeredAt, until }), zone);
  let state: CaseState | undefined;
  let accepted = false;
  return steps.map((step) => {
    const after = stateAfter(step.kind) ?? state;
    const moved = after === undefined ? {} : standingChange(state, after);
    const add = { ...eventOf(step, { accepted, minutesUntil }), ...moved };
    state = after;
    accepted ||= step.kind === 'accept';
    return { day: localDay(step.at, zone), add };
  });
}

function eventOf(
  { kind, at, payload }: CountedStep,
  course: { accepted: boolean; minutesUntil: (until: number) => number },
): Counted {
  switch (kind) {
    case 'register':
      return { registered: 1 };
    case 'accept':
      return course.accepted ? {} : { accepted: 1, acceptMinutes: course.minutesUntil(at) };
    case 'return':
      return { returned: 1, returnedAgain: (payload.returnCount ?? 1) > 1 ? 1 : 0 };
    case 'escalate':
      return { escalated: 1 };
    case 'complete': {
      const completeMinutes = payload.onTheSpot === true ? 0 : course.minutesUntil(at);
      return { completed: 1, completedOnTime: payload.onTime === true ? 1 : 0, completeMinutes };
    }
    case 'withdraw':
      return { withdrawn: 1 };
    case 'deliver':
      return { delivered: 1 };
    case 'followUp':
      return ratingCount(payload.rating ?? 0);
    default:
      return {};
  }
}

function stateAfter(kind: string): CaseState | undefined {
  const step = caseSteps.find((candidate) => candidate === kind);
  return step === undefined ? undefined : stepRules[step].to;
}
