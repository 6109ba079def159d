import { statsReads } from '../../../db/repositories/stats.ts';
import { type Reading, today } from '../../ctx.ts';
import { periodSpans } from '../../domain/counters.ts';
import { stepStart, stepStarts, type Trend, trendStep } from '../../domain/grouping.ts';
import type { Days } from './figures.ts';
import type { StatsScope } from './scope.ts';

/** How registrations and completions ran through the period; undefined for a single day. */
export async function trendOf(ctx: Reading, of: { scope: StatsScope; period: Days }): Promise<Trend | undefined> {
  const { scope, period } = of;
  const step = trendStep(period);
  if (step === undefined) return undefined;
  const points = new Map(
    stepStarts(period, step)
      .filter((start) => start <= today(ctx))
      .map((start) => [start, { start, registered: 0, completed: 0 }]),
  );
  // Weeks cross the months, so only months can be read from the months' rows.
  const spans = step === 'month' ? periodSpans(period.from, period.to) : [[period.from, period.to] as const];
  for (const span of spans) {
    const sums = await statsReads.sums(ctx.tx, { ...scope.counted, unitIds: [scope.at.id], span }, 'period');
    for (const [row, { registered, completed }] of sums) {
      const point = points.get(stepStart(row.startsWith('m') ? `${row.slice(1)}-01` : row, step));
      if (point === undefined) continue;
      point.registered += registered;
      point.completed += completed;
    }
  }
  return { step, points: [...points.values()] };
}
