/** Figures from the counters. Several questions are put together, so that they are answered by one statement. */
import { type CounterScope, statsReads, type WantedFigures } from '../../../db/repositories/stats.ts';
import type { Reading } from '../../ctx.ts';
import { addDays } from '../../domain/calendar.ts';
import {
  type CounterName,
  type Counters,
  counterNames,
  type Dimension,
  flowNames,
  keepsTotal,
  noCounters,
  type PeriodSpan,
  periodSpans,
  standingNames,
  TOTAL,
} from '../../domain/counters.ts';
import { type Figures, figuresFrom } from '../../domain/figures.ts';
import type { Period } from '../../domain/period.ts';

export type Days = Pick<Period, 'from' | 'to'>;

/** Which counters: of whom, and of which dimension. */
export type FiguresScope = Pick<CounterScope, 'unitIds' | 'keys'> & { readonly dimension: Dimension };

/** What is asked of the counters, and what is made of the sums, which come in the same order. */
export interface Question<Answer> {
  readonly sums: readonly WantedFigures[];
  answer(found: readonly ReadonlyMap<string, Counters>[]): Answer;
}

/** Answers all questions from one statement. */
export async function ask<Answers extends object>(
  ctx: Reading,
  questions: { readonly [Name in keyof Answers]: Question<Answers[Name]> },
): Promise<Answers> {
  const asked = Object.entries(questions) as [string, Question<unknown>][];
  const found = await statsReads.sumsOfAll(
    ctx.tx,
    asked.flatMap(([, question]) => question.sums),
  );
  const answers = asked.map(([name, { sums, answer }]) => [name, answer(found.splice(0, sums.length))]);
  return Object.fromEntries(answers) as Answers;
}

interface FiguresWanted {
  readonly scope: FiguresScope;
  readonly period: Days;
  /** What they are kept apart by; a unit's number as text. */
  readonly by: 'unitId' | 'key';
}

/** Figures of each unit or of each key; what never had a case is absent. */
export function figuresQuestion({ scope, period, by }: FiguresWanted): Question<Map<string, Figures>> {
  const parts = [
    ...partsOf(periodSpans(period.from, period.to), { names: flowNames, adds: { within: 1, ever: 0 } }),
    ...everParts(scope.dimension, period.to),
  ];
  return {
    sums: parts.map(({ span, names }) => ({ ...scope, span, names, by })),
    answer(found) {
      const within = new Map<string, Counters>();
      const ever = new Map<string, Counters>();
      for (const [index, { adds }] of parts.entries()) {
        for (const [key, sums] of found[index] ?? []) {
          if (adds.within !== 0) addTo(within, { key, sums, sign: adds.within });
          // What comes later is taken away from what is there; a key that only comes later has nothing to show yet.
          else if (adds.ever > 0 || ever.has(key)) addTo(ever, { key, sums, sign: adds.ever });
        }
      }
      return new Map([...ever].map(([key, sums]) => [key, figuresFrom(within.get(key) ?? noCounters, sums)]));
    },
  };
}

/** A stretch of rows, and to which sums it adds (1), or from which it is taken away (−1). */
interface Part {
  readonly span: PeriodSpan;
  readonly names: readonly CounterName[];
  readonly adds: { readonly within: number; readonly ever: number };
}

function partsOf(spans: readonly PeriodSpan[], part: Omit<Part, 'span'>): Part[] {
  return spans.map((span) => ({ ...part, span }));
}

/** Since the beginning, up to the end of the day `to`. */
function everParts(dimension: Dimension, to: string): Part[] {
  const adds = { within: 0, ever: 1 };
  if (!keepsTotal(dimension)) return partsOf(periodSpans(undefined, to), { names: standingNames, adds });
  const later = periodSpans(addDays(to, 1), undefined);
  return [
    { span: [TOTAL, TOTAL], names: standingNames, adds },
    ...partsOf(later, { names: standingNames, adds: { within: 0, ever: -1 } }),
  ];
}

function addTo(all: Map<string, Counters>, one: { key: string; sums: Counters; sign: number }): void {
  const before = all.get(one.key) ?? noCounters;
  const sums = counterNames.map((name) => [name, before[name] + one.sign * one.sums[name]]);
  all.set(one.key, Object.fromEntries(sums) as Counters);
}
