/** Who makes the return visit (回访): best somebody other than who handled the case, because people rarely complain to whom they complain of. */

interface FollowUpChoice {
  /** Ids of those who work in the registering unit now. */
  readonly colleagues: readonly number[];
  /** Who completed the case. */
  readonly handlerId: number | null;
  readonly delivererId: number;
  /** Spreads the visits of a unit over its people. */
  readonly caseId: number;
}

/**
 * Somebody of the registering unit who neither handled nor delivered the case; else whoever delivered it without having handled it.
 * undefined where the unit has nobody but the handler: then whoever looks after the case makes the visit.
 */
export function chooseFollowUpAgent({
  colleagues,
  handlerId,
  delivererId,
  caseId,
}: FollowUpChoice): number | undefined {
  const others = colleagues.filter((id) => id !== handlerId).sort((a, b) => a - b);
  const uninvolved = others.filter((id) => id !== delivererId);
  const choice = uninvolved.length > 0 ? uninvolved : others;
  return choice[caseId % choice.length];
}

/** 本人回访: the handler made the visit although there was somebody else to make it. It is marked, not refused. */
export function isOwnFollowUp(visited: {
  readonly handlerId: number | null;
  readonly followUpAgentId: number | null;
  readonly followedUpById: number | null;
}): boolean {
  const { handlerId, followUpAgentId, followedUpById } = visited;
  return followUpAgentId !== null && followedUpById !== null && followedUpById === handlerId;
}
