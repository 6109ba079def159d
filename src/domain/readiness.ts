/** 七有: what every center and station must have (the plan's task 10), by a list that may change, and what was found. */

/** One thing that must be there. */
export interface Check {
  /** 帮办代办窗口. */
  readonly name: string;
  /** How to tell that it is there; '' where the list says nothing. */
  readonly hint: string;
}

/** Checks of a list at most: more would be none that somebody goes through at a window. */
export const CHECKS_MAX = 12;

/** Photos belong to a unit's task, or to a check of a center or station. */
export const evidenceKinds = ['task', 'check'] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

/** A list as it was given out. */
export interface CheckList {
  readonly id: number;
  readonly name: string;
  /** YYYY-MM-DD, included. */
  readonly fromDay: string;
  readonly checks: readonly Check[];
}

/** The list that counts on a day: of those whose day has come the newest; of one day the one given out last. */
export function listOn<List extends Pick<CheckList, 'id' | 'fromDay'>>(
  lists: readonly List[],
  day: string,
): List | undefined {
  return lists
    .filter(({ fromDay }) => fromDay <= day)
    .sort((a, b) => (a.fromDay === b.fromDay ? a.id - b.id : a.fromDay < b.fromDay ? -1 : 1))
    .at(-1);
}

/** What was found last of each check, by its name. */
export type Found<Answer> = ReadonlyMap<string, Answer>;

export interface Readiness {
  /** Checks that are there, of so many. */
  readonly present: number;
  readonly total: number;
  /** Names of those that are not there, or of which nobody has said so. */
  readonly missing: readonly string[];
}

/** How far a center or station is. Without a list nothing can be ready. */
export function readinessOf(
  checks: readonly Pick<Check, 'name'>[],
  found: Found<{ readonly present: boolean }>,
): Readiness {
  const missing = checks.filter(({ name }) => found.get(name)?.present !== true).map(({ name }) => name);
  return { present: checks.length - missing.length, total: checks.length, missing };
}

/** All that the list asks for is there. */
export function isReady({ present, total }: Pick<Readiness, 'present' | 'total'>): boolean {
  return total > 0 && present === total;
}
