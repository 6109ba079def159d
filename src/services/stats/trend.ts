import { type Reading, today } from '../../ctx.ts';
import { periodSpans } from '../../domain/counters.ts';
import { stepStart, stepStarts, type Trend, trendStep } from '../../domain/grouping.ts';
import type { Days, Question } from './figures.ts';
import type { StatsScope } from './scope.ts';

const trendNames = ['registered', 'completed'] as const;

/** Three years of months; of longer times the newest. */
const POINTS_MAX = 36;

/** How registrations and completions ran through the period; undefined for a single day. */
export function trendQuestion(
  ctx: Pick<Reading, 'now' | 'zone'>,
  { scope, period }: { scope: StatsScope; period: Days },
): Question<Trend | undefined> {
  const step = trendStep(period);
  if (step === undefined) return { sums: [], answer: () => undefined };
  const starts = stepStarts(period, step)
    .filter((start) => start <= today(ctx))
    .slice(-POINTS_MAX);
  // Weeks cross the months, so only months can be read from the months' rows.
  const spans = step === 'month' ? periodSpans(period.from, period.to) : [[period.from, period.to] as const];
  const unitIds = [scope.at.id];
  return {
    sums: spans.map((span) => ({ ...scope.counted, names: trendNames, unitIds, span, by: 'period' })),
    answer(found) {
      const points = new Map(starts.map((start) => [start, { start, registered: 0, completed: 0 }]));
      for (const [row, { registered, completed }] of found.flatMap((sums) => [...sums])) {
        const point = points.get(stepStart(row.startsWith('m') ? `${row.slice(1)}-01` : row, step));
        if (point === undefined) continue;
        point.registered += registered;
        point.completed += completed;
      }
      return { step, points: [...points.values()] };
    },
  };
}
