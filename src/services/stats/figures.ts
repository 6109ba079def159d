import { statsReads } from '../../../db/repositories/stats.ts';
import type { Reading } from '../../ctx.ts';
import { addDays } from '../../domain/calendar.ts';
import {
  type Counters,
  counterNames,
  type Dimension,
  keepsTotal,
  type PeriodSpan,
  periodSpans,
  TOTAL,
} from '../../domain/counters.ts';
import { type Figures, figuresFrom, noCounters, noFigures } from '../../domain/figures.ts';
import type { Period } from '../../domain/period.ts';

export type Days = Pick<Period, 'from' | 'to'>;

/** Which counters: of whom, and of which dimension. */
export interface FiguresScope {
  readonly unitIds: readonly number[];
  readonly dimension: Dimension;
  readonly keys?: readonly string[];
}

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
  return new Map([...ever].map(([key, sums]) => [key, figuresFrom(within.get(key) ?? noCounters, sums)]));
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

type By = 'unitId' | 'key';

/** Since the beginning, up to the end of the day `to`. */
async function sumsEver(ctx: Reading, of: { scope: FiguresScope; by: By; to: string }) {
  const { scope, by, to } = of;
  if (!keepsTotal(scope.dimension)) return sumUp(ctx, { scope, by, spans: periodSpans(undefined, to) });
  const total = await sumUp(ctx, { scope, by, spans: [[TOTAL, TOTAL]] });
  const after = await sumUp(ctx, { scope, by, spans: periodSpans(addDays(to, 1), undefined) });
  return new Map([...total].map(([key, sums]) => [key, combine(sums, after.get(key) ?? noCounters, -1)]));
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
