/** 代班: who may stand in for whom, from which day to which. */
import { addDays } from './calendar.ts';
import type { Person } from './permission.ts';
import { may } from './rights.ts';

/** Days, both ends included. Longer is a 调动 or a 停用, not a leave. */
export const STAND_IN_DAYS_MAX = 60;

/** Local days (YYYY-MM-DD), both included. */
export interface Stretch {
  readonly fromDay: string;
  readonly toDay: string;
}

/** One 代班; whose ended before its last day is over (`endedAt`, ms). */
export interface StandIn extends Stretch {
  readonly absentId: number;
  readonly standInId: number;
  readonly endedAt: number | null;
}

export type StandInObstacle =
  | 'stand_in_not_yours'
  | 'stand_in_self'
  | 'stand_in_place'
  | 'stand_in_days'
  | 'stand_in_past'
  | 'stand_in_too_long'
  | 'stand_in_overlaps'
  | 'stand_in_absent'
  | 'stand_in_chain';

/** Somebody on the staff, with the own unit and those above it. */
export interface PlacedColleague {
  readonly agentId: number;
  readonly unitLine: readonly number[];
  /** The town that the unit lies in, itself included; undefined above the towns. */
  readonly townId: number | undefined;
}

export interface StandInRequest extends Stretch {
  readonly actor: Person;
  readonly absent: PlacedColleague;
  readonly standIn: PlacedColleague;
  readonly today: string;
  /** All that touch one of the two and are not over. */
  readonly others: readonly StandIn[];
}

/**
 * Why this may not be; undefined when it may. Named by the absent one, or a manager of the unit in the own right: nobody prolongs what they
 * may only because they stand in. Not oneself, nobody of elsewhere, one stand-in at a time, and no chains.
 */
export function standInObstacle(request: StandInRequest): StandInObstacle | undefined {
  const { actor, absent, standIn, fromDay, toDay, today, others } = request;
  const { agentId: ownerId, unitLine } = absent;
  if (!may('nameStandIn', actor, { ownerId, unitLine })) return 'stand_in_not_yours';
  if (absent.agentId === standIn.agentId) return 'stand_in_self';
  if (!isNear(absent, standIn)) return 'stand_in_place';
  if (toDay < fromDay) return 'stand_in_days';
  if (fromDay < today) return 'stand_in_past';
  if (toDay > addDays(fromDay, STAND_IN_DAYS_MAX - 1)) return 'stand_in_too_long';
  const meanwhile = others.filter((other) => isOpen(other, today) && overlap(other, request));
  if (meanwhile.some(({ absentId }) => absentId === absent.agentId)) return 'stand_in_overlaps';
  if (meanwhile.some(({ absentId }) => absentId === standIn.agentId)) return 'stand_in_absent';
  return meanwhile.some(({ standInId }) => standInId === absent.agentId) ? 'stand_in_chain' : undefined;
}

/** Goes on, or is yet to come. */
export function isOpen({ toDay, endedAt }: Pick<StandIn, 'toDay' | 'endedAt'>, today: string): boolean {
  return endedAt === null && toDay >= today;
}

/** Of one unit, or of one town with its villages: whoever is elsewhere does not know the people. */
function isNear(absent: PlacedColleague, standIn: PlacedColleague): boolean {
  if (absent.unitLine[0] === standIn.unitLine[0]) return true;
  return absent.townId !== undefined && absent.townId === standIn.townId;
}

function overlap(one: Stretch, other: Stretch): boolean {
  return one.fromDay <= other.toDay && other.fromDay <= one.toDay;
}
