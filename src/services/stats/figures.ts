import { statsReads } from '../../../db/repositories/stats.ts';
import type { Reading } from '../../ctx.ts';
import { addDays } from '../../domain/calendar.ts';
import { ratings } from '../../domain/case.ts';
import {
  type Counters,
  counterNames,
  type Dimension,
  keepsTotal,
  type PeriodSpan,
  periodSpans,
  TOTAL,
} from '../../domain/counters.ts';
import type { Period } from '../../domain/period.ts';

/** Sums over a period, with what stands at its end. docs/FIGURES.md says what each means. */
export interface Figures extends Counters {
  /** Registered since the beginning, up to the end of the period. */
  readonly total: number;
  /** Registered and neither completed nor withdrawn by the end of the period: the sum of the next three. */
  readonly open: number;
  readonly waitingOpen: number;
  readonly acceptedOpen: number;
  readonly returnedOpen: number;
  /** Completed and not yet brought to the resident by the end of the period. */
  readonly undelivered: number;
  readonly rated: number;
  /** Rated 非常满意 or 满意. */
  readonly ratedSatisfied: number;
  readonly ratingPoints: number;
}

export type Days = Pick<Period, 'from' | 'to'>;

/** Which counters: of whom, and of which dimension. */
export interface FiguresScope {
  readonly unitIds: readonly number[];
  readonly dimension: Dimension;
  readonly keys?: readonly string[];
}

const zero = Object.fromEntries(counterNames.map((name) => [name, 0])) as Counters;
export const noFigures: Figures = withStanding(zero, zero);

/** Figures of each unit or of each key; what never had a case is absent. */
export async function figuresBy(
  ctx: Reading,
  of: { scope: FiguresScope; period: Days; by: 'unitId' },
): Promise<Map<number, Figures>>;
export async function figuresBy(
  ctx: Reading,
  of: { scope: FiguresScope; period: Days; by: 'key' },
): Promise<Map<string, Figures>>;
export async function figuresBy(
  ctx: Reading,
  of: { scope: FiguresScope; period: Days; by: 'unitId' | 'key' },
): Promise<Map<number | string, Figures>> {
  const { scope, period, by } = of;
  const within = await sumUp(ctx, { scope, by, spans: periodSpans(period.from, period.to) });
  const ever = await sumsEver(ctx, { scope, by, to: period.to });
  return new Map([...ever].map(([key, sums]) => [key, withStanding(within.get(key) ?? zero, sums)]));
}

/** Figures of each unit over everything, including the units without a case. */
export async function figuresByUnit(
  ctx: Reading,
  of: { unitIds: readonly number[]; period: Days },
): Promise<Map<number, Figures>> {
  const scope = { unitIds: of.unitIds, dimension: 'all' as const };
  const figures = await figuresBy(ctx, { scope, period: of.period, by: 'unitId' });
  return new Map(of.unitIds.map((unitId) => [unitId, figures.get(unitId) ?? noFigures]));
}

/** Figures of one unit over everything. */
export async function figuresOf(ctx: Reading, of: { unitId: number; period: Days }): Promise<Figures> {
  return (await figuresByUnit(ctx, { unitIds: [of.unitId], period: of.period })).get(of.unitId) ?? noFigures;
}

/** Figures of each agent by what they registered at these units; agents who never did are absent. */
export async function figuresByAgent(
  ctx: Reading,
  of: { unitIds: readonly number[]; period: Days },
): Promise<Map<number, Figures>> {
  const scope = { unitIds: of.unitIds, dimension: 'agent' as const };
  const figures = await figuresBy(ctx, { scope, period: of.period, by: 'key' });
  return new Map([...figures].map(([key, found]) => [Number(key), found]));
}

/** Several figures added up. */
export function addFigures(parts: Iterable<Figures>): Figures {
  const sum: Record<string, number> = { ...noFigures };
  for (const part of parts) {
    for (const [name, value] of Object.entries(part)) sum[name] = (sum[name] ?? 0) + value;
  }
  return sum as unknown as Figures;
}

type By = 'unitId' | 'key';

/** Since the beginning, up to the end of the day `to`. */
async function sumsEver(ctx: Reading, of: { scope: FiguresScope; by: By; to: string }) {
  const { scope, by, to } = of;
  if (!keepsTotal(scope.dimension)) return sumUp(ctx, { scope, by, spans: periodSpans(undefined, to) });
  const total = await sumUp(ctx, { scope, by, spans: [[TOTAL, TOTAL]] });
  const after = await sumUp(ctx, { scope, by, spans: periodSpans(addDays(to, 1), undefined) });
  return new Map([...total].map(([key, sums]) => [key, combine(sums, after.get(key) ?? zero, -1)]));
}

async function sumUp(
  ctx: Reading,
  of: { scope: FiguresScope; by: By; spans: readonly PeriodSpan[] },
): Promise<Map<number | string, Counters>> {
  const sums = new Map<number | string, Counters>();
  for (const span of of.spans) {
    for (const [key, found] of await statsReads.sums(ctx.tx, { ...of.scope, span }, of.by)) {
      const before = sums.get(key);
      sums.set(key, before === undefined ? found : combine(before, found, 1));
    }
  }
  return sums;
}

function combine(one: Counters, other: Counters, sign: 1 | -1): Counters {
  return Object.fromEntries(counterNames.map((name) => [name, one[name] + sign * other[name]])) as Counters;
}

function withStanding(within: Counters, ever: Counters): Figures {
  const open = ever.registered - ever.completed - ever.withdrawn;
  const points = ratings.map((rating) => rating * within[`rated${rating}`]);
  return {
    ...within,
    total: ever.registered,
    open,
    waitingOpen: open - ever.acceptedNow - ever.returnedNow,
    acceptedOpen: ever.acceptedNow,
    returnedOpen: ever.returnedNow,
    undelivered: ever.completed - ever.delivered,
    rated: ratings.reduce((sum, rating) => sum + within[`rated${rating}`], 0),
    ratedSatisfied: within.rated5 + within.rated4,
    ratingPoints: points.reduce((sum, more) => sum + more, 0),
  };
}
