/** Places by volume, on-time rate and satisfaction. Whoever has nothing to be measured by gets no place. */

/**
 * Who is ranked: the towns of a banner; the agents of a unit and everything below it by what they registered; or those who work
 * there by what they dealt with (经办人).
 */
export const rankedKinds = ['towns', 'agents', 'handlers'] as const;
export type RankedKind = (typeof rankedKinds)[number];

/** `handled` is the volume of those who deal with cases. */
export const rankings = ['volume', 'handled', 'onTime', 'satisfaction'] as const;
export type Ranking = (typeof rankings)[number];

/** By what each kind is ranked, the first if nothing is said. */
export const rankingsOf: Readonly<Record<RankedKind, readonly [Ranking, ...Ranking[]]>> = {
  towns: ['volume', 'onTime', 'satisfaction'],
  agents: ['volume', 'onTime', 'satisfaction'],
  handlers: ['handled', 'onTime', 'satisfaction'],
};

/** The measure asked for, or the kind's first where it has none like it. */
export function rankingFor(whom: RankedKind, by: Ranking): Ranking {
  return rankingsOf[whom].find((one) => one === by) ?? rankingsOf[whom][0];
}

/** Numbers of cases. */
export interface RankFigures {
  readonly registered: number;
  /** How often: a case may be returned more than once. */
  readonly returned: number;
  readonly completed: number;
  readonly completedOnTime: number;
  /** Open and past the promised day: late, like what was completed late. */
  readonly overdue: number;
  /** Working days past it, of all of those together. */
  readonly overdueDays: number;
  readonly rated: number;
  /** Rated 非常满意 or 满意. */
  readonly ratedSatisfied: number;
}

/** `part` of `whole` cases; a volume is all of its cases, measured against one. */
export interface Score {
  readonly part: number;
  readonly whole: number;
  /** Cases the score rests on. */
  readonly cases: number;
}

export interface Ranked<Row> {
  readonly row: Row;
  /** From 1. Equal scores share a place, and the next one skips: 1, 2, 2, 4. */
  readonly place: number;
  readonly score: Score;
}

/** undefined where there is no case to be measured by. */
export function scoreOf(figures: RankFigures, by: Ranking): Score | undefined {
  const { registered, completed, completedOnTime, overdue, rated, ratedSatisfied } = figures;
  const score = {
    volume: { part: registered, whole: 1, cases: registered },
    handled: { part: completed, whole: 1, cases: completed },
    onTime: { part: completedOnTime, whole: completed + overdue, cases: completed + overdue },
    satisfaction: { part: ratedSatisfied, whole: rated, cases: rated },
  }[by];
  return score.cases > 0 ? score : undefined;
}

/**
 * Best first; of equals the one with more cases stands first, then the order given. Few cases are no reason to leave somebody
 * out: their number is shown beside the rate.
 */
export function rank<Row extends { readonly figures: RankFigures }>(
  rows: readonly Row[],
  by: Ranking,
): { readonly ranked: readonly Ranked<Row>[]; readonly unranked: readonly Row[] } {
  const scored = rows.flatMap((row) => {
    const score = scoreOf(row.figures, by);
    return score ? [{ row, score }] : [];
  });
  scored.sort((a, b) => compare(b.score, a.score) || b.score.cases - a.score.cases);
  const ranked: Ranked<Row>[] = [];
  for (const [index, one] of scored.entries()) {
    const before = ranked[index - 1];
    const place = before && compare(before.score, one.score) === 0 ? before.place : index + 1;
    ranked.push({ ...one, place });
  }
  return { ranked, unranked: rows.filter((row) => scoreOf(row.figures, by) === undefined) };
}

/** Exact, so that 1 of 3 and 2 of 6 are equal. */
function compare(a: Score, b: Score): number {
  return a.part * b.whole - b.part * a.whole;
}
