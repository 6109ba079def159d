/**
 * 值得看看: what stands out in a unit's cases. Nothing here says that somebody did wrong: a grandmother's neighbours share one telephone, and
 * visits of a morning are written down at once in the evening. Whoever manages the unit asks.
 */
import { isOwnFollowUp } from './follow-up.ts';

export interface PatternCase {
  readonly caseId: number;
  /** Keyed hashes; null: no telephone, or the person was erased. */
  readonly phoneHash: string | null;
  readonly nameHash: string | null;
  readonly registrarId: number;
  readonly handlerId: number | null;
  readonly followUpAgentId: number | null;
  readonly followedUpById: number | null;
  /** Milliseconds. */
  readonly acceptedAt: number | null;
  readonly completedAt: number | null;
  readonly followedUpAt: number | null;
}

export const patternKinds = ['samePhone', 'ratedAtOnce', 'ownVisits', 'completedAtOnce'] as const;
export type PatternKind = (typeof patternKinds)[number];

/** So many people with one telephone. */
export const SAME_PHONE_MIN = 3;
/** So many ratings written down by one person within the time. */
export const RATED_AT_ONCE_MIN = 5;
export const AT_ONCE_MS = 60_000;
/** So many visits, all of them by who handled the case, though somebody else was chosen. */
export const OWN_VISITS_MIN = 3;
/** So many cases completed by one person so soon after they were accepted. */
export const COMPLETED_AT_ONCE_MIN = 3;
export const COMPLETED_WITHIN_MS = 30_000;

export interface Pattern {
  readonly kind: PatternKind;
  /** Whom to ask; null where it is nobody's in particular. */
  readonly agentId: number | null;
  /** How many cases, or of `samePhone` people. */
  readonly count: number;
  /** Of all of them. */
  readonly caseIds: readonly number[];
}

/** What stands out, kind by kind, most cases first. */
export function findPatterns(cases: readonly PatternCase[]): Pattern[] {
  const found: Pattern[] = [
    ...samePhone(cases),
    ...byAgent(cases, 'followedUpById').flatMap(ratedAtOnce),
    ...byAgent(cases, 'handlerId').flatMap(ownVisits),
    ...byAgent(cases, 'handlerId').flatMap(completedAtOnce),
  ];
  return found.sort((a, b) => patternKinds.indexOf(a.kind) - patternKinds.indexOf(b.kind) || b.count - a.count);
}

/** One number for several people: told apart by their names. */
function samePhone(cases: readonly PatternCase[]): Pattern[] {
  const byPhone = groups(cases, ({ phoneHash }) => phoneHash);
  return [...byPhone.values()].flatMap((own) => {
    const people = new Set(own.flatMap(({ nameHash }) => nameHash ?? []));
    if (people.size < SAME_PHONE_MIN) return [];
    return [{ kind: 'samePhone' as const, agentId: null, count: people.size, caseIds: idsOf(own) }];
  });
}

type OfAgent = readonly [agentId: number, cases: readonly PatternCase[]];

/** The longest row of ratings that one person wrote down within the time. */
function ratedAtOnce([agentId, own]: OfAgent): Pattern[] {
  const rated = own.flatMap((one) => (one.followedUpAt === null ? [] : [{ ...one, at: one.followedUpAt }]));
  rated.sort((a, b) => a.at - b.at);
  let longest: typeof rated = [];
  let first = 0;
  for (const [last, { at }] of rated.entries()) {
    while (at - (rated[first]?.at ?? at) >= AT_ONCE_MS) first += 1;
    if (last - first + 1 > longest.length) longest = rated.slice(first, last + 1);
  }
  if (longest.length < RATED_AT_ONCE_MIN) return [];
  return [{ kind: 'ratedAtOnce', agentId, count: longest.length, caseIds: idsOf(longest) }];
}

/** Of somebody who let no colleague make a visit. */
function ownVisits([agentId, own]: OfAgent): Pattern[] {
  const visited = own.filter(
    ({ followedUpById, followUpAgentId }) => followedUpById !== null && followUpAgentId !== null,
  );
  if (visited.length < OWN_VISITS_MIN || !visited.every(isOwnFollowUp)) return [];
  return [{ kind: 'ownVisits', agentId, count: visited.length, caseIds: idsOf(visited) }];
}

/** What is done on the spot was never accepted and does not count. */
function completedAtOnce([agentId, own]: OfAgent): Pattern[] {
  const soon = own.filter(
    ({ acceptedAt, completedAt }) =>
      acceptedAt !== null && completedAt !== null && completedAt - acceptedAt < COMPLETED_WITHIN_MS,
  );
  if (soon.length < COMPLETED_AT_ONCE_MIN) return [];
  return [{ kind: 'completedAtOnce', agentId, count: soon.length, caseIds: idsOf(soon) }];
}

function byAgent(cases: readonly PatternCase[], who: 'handlerId' | 'followedUpById'): OfAgent[] {
  return [...groups(cases, (one) => one[who])];
}

function groups<Key>(
  cases: readonly PatternCase[],
  keyOf: (one: PatternCase) => Key | null,
): Map<Key, readonly PatternCase[]> {
  const found = new Map<Key, PatternCase[]>();
  for (const one of cases) {
    const key = keyOf(one);
    if (key === null) continue;
    const own = found.get(key);
    if (own) own.push(one);
    else found.set(key, [one]);
  }
  return found;
}

function idsOf(cases: readonly PatternCase[]): number[] {
  return cases.map(({ caseId }) => caseId);
}

/** What became of bad ratings. */
export interface RectificationCount {
  /** Rated 不满意 or worse. */
  readonly bad: number;
  readonly rectified: number;
  /** Not put right, and past the last day. */
  readonly late: number;
}

/** @param lastDayOf the last day (YYYY-MM-DD) of a 整改 of what was rated at that moment */
export function countRectifications(
  cases: readonly {
    readonly followedUpAt: number | null;
    readonly rating: number | null;
    readonly rectifiedAt: number | null;
  }[],
  { today, lastDayOf }: { readonly today: string; readonly lastDayOf: (ratedAt: number) => string },
): RectificationCount {
  const bad = cases.filter(({ rating }) => rating !== null && rating <= 2);
  const waiting = bad.filter(({ rectifiedAt }) => rectifiedAt === null);
  const late = waiting.filter(({ followedUpAt }) => followedUpAt !== null && lastDayOf(followedUpAt) < today);
  return { bad: bad.length, rectified: bad.length - waiting.length, late: late.length };
}
