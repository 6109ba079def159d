/**
 * 季度得分 of towns, for the quarterly bulletin: parts of the plan's demands (二（二）–（五）, 三（四）（五）), each a share of something that
 * can be counted, weighed by published weights. What has nothing to be measured by is left out, and the other parts count for the more.
 */

/**
 * `volume` 办件量, `onTime` 限时办结, `satisfaction` 满意度评价回访, `oneTimeNotice` 一次性告知, `punctuality` 每月15日前报送, `readiness` 七有,
 * `roster` 嘎查社区至少确定1—2名专职代办员.
 */
export const scoreParts = [
  'volume',
  'onTime',
  'satisfaction',
  'oneTimeNotice',
  'punctuality',
  'readiness',
  'roster',
] as const;
export type ScorePart = (typeof scoreParts)[number];

export interface Scoring {
  /** Points of each part; together 100. */
  readonly weights: Readonly<Record<ScorePart, number>>;
  /** A town with fewer cases in the quarter is named and not ranked. */
  readonly casesMin: number;
}

export const WEIGHTS_SUM = 100;
export const CASES_MIN_MAX = 999;

/** The program's proposal; the plan names no weights. */
export const defaultScoring: Scoring = {
  weights: {
    volume: 20,
    onTime: 25,
    satisfaction: 20,
    oneTimeNotice: 10,
    punctuality: 10,
    readiness: 10,
    roster: 5,
  },
  casesMin: 10,
};

/** What is wrong with weights that are all whole numbers; undefined for anything else. @param wanted as filled in */
export function weightsFault(wanted: unknown): string | undefined {
  const { weights = {} } = typeof wanted === 'object' && wanted !== null ? (wanted as { weights?: object }) : {};
  const numbers = Object.values(weights);
  if (!numbers.every((one): one is number => typeof one === 'number')) return undefined;
  const sum = numbers.reduce((total, one) => total + one, 0);
  return sum === WEIGHTS_SUM ? undefined : `各项分值加起来是${sum}`;
}

/** `part` of `whole`; a `whole` of 0 says that there is nothing to be measured by. */
export interface Measure {
  readonly part: number;
  readonly whole: number;
}

/** What is known of one town in one quarter. */
export interface TownMeasures {
  readonly unitId: number;
  readonly name: string;
  /** 常住人口; null where nobody has imported it. */
  readonly population: number | null;
  /** Of `volume` the cases registered; its `whole` stays 0, for it is measured against the others. */
  readonly measures: Readonly<Record<ScorePart, Measure>>;
}

export interface PartScore {
  readonly part: ScorePart;
  readonly weight: number;
  readonly measure: Measure;
  /** 0 to 1; null where there is nothing to be measured by, and the part does not count. */
  readonly rate: number | null;
}

export interface TownScore {
  readonly unitId: number;
  readonly name: string;
  readonly population: number | null;
  readonly cases: number;
  readonly parts: readonly PartScore[];
  /** 0 to 100 with one decimal, as it is printed. */
  readonly total: number;
  /** From 1; equal totals share a place, and the next one skips; null for too few cases. */
  readonly place: number | null;
}

export interface Scores {
  /** Best first; of equal totals the one with more cases stands first. */
  readonly ranked: readonly TownScore[];
  /** Too few cases, in the order given. */
  readonly unranked: readonly TownScore[];
  /** Volume is compared per 1,000 residents: the population of every ranked town is known. */
  readonly perResidents: boolean;
}

/** The same for the same measures and weights, on any day. */
export function scoreTowns(towns: readonly TownMeasures[], scoring: Scoring): Scores {
  const compared = towns.filter((town) => casesOf(town) >= scoring.casesMin);
  const perResidents = compared.length > 0 && compared.every(({ population }) => (population ?? 0) > 0);
  const best = Math.max(0, ...compared.map((town) => townVolume(town, perResidents)));
  const scored = (town: TownMeasures): TownScore => {
    const parts = partsOf(town, { scoring, best, perResidents });
    const { unitId, name, population } = town;
    return { unitId, name, population, cases: casesOf(town), parts, total: totalOf(parts), place: null };
  };
  const ranked = compared.map(scored).sort((a, b) => b.total - a.total || b.cases - a.cases);
  return {
    ranked: ranked.map((town) => ({ ...town, place: 1 + ranked.findIndex(({ total }) => total === town.total) })),
    unranked: towns.filter((town) => !compared.includes(town)).map(scored),
    perResidents,
  };
}

/** Points that a part brings, of the points that count for this town: they add up to its total. */
export function pointsOf({ parts }: Pick<TownScore, 'parts'>, { weight, rate }: PartScore): number | null {
  if (rate === null) return null;
  return weight === 0 ? 0 : (WEIGHTS_SUM * weight * rate) / countingWeight(parts);
}

/** Cases for 1,000 residents, or cases. */
export function volumeOf(of: { cases: number; population: number | null }, perResidents: boolean): number {
  if (!perResidents) return of.cases;
  return of.population === null || of.population === 0 ? 0 : (1000 * of.cases) / of.population;
}

function casesOf({ measures }: Pick<TownMeasures, 'measures'>): number {
  return measures.volume.part;
}

function townVolume(town: TownMeasures, perResidents: boolean): number {
  return volumeOf({ cases: casesOf(town), population: town.population }, perResidents);
}

function partsOf(
  town: TownMeasures,
  by: { readonly scoring: Scoring; readonly best: number; readonly perResidents: boolean },
): PartScore[] {
  return scoreParts.map((part) => {
    const measure = town.measures[part];
    const weight = by.scoring.weights[part];
    const rate =
      part === 'volume'
        ? by.best === 0
          ? null
          : Math.min(1, townVolume(town, by.perResidents) / by.best)
        : measure.whole === 0
          ? null
          : measure.part / measure.whole;
    return { part, weight, measure, rate };
  });
}

function countingWeight(parts: readonly PartScore[]): number {
  return parts.reduce((sum, { weight, rate }) => sum + (rate === null ? 0 : weight), 0);
}

/** Towns are compared by what is printed: who has the same number has the same place. */
function totalOf(parts: readonly PartScore[]): number {
  const weight = countingWeight(parts);
  const points = parts.reduce((sum, part) => sum + part.weight * (part.rate ?? 0), 0);
  return weight === 0 ? 0 : Math.round((10 * WEIGHTS_SUM * points) / weight) / 10;
}
