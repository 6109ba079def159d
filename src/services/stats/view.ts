import type { StatsView } from '../../../cards/stats.ts';
import { type Reading, today } from '../../ctx.ts';
import type { AgentRole } from '../../domain/agent.ts';
import { type Figures, noFigures } from '../../domain/figures.ts';
import { type Grouping, groupingsOf } from '../../domain/grouping.ts';
import { asFarAs, type Period, previousPeriod, sameLastYear } from '../../domain/period.ts';
import { lineOf } from '../unit/tree.ts';
import { type Days, figuresBy } from './figures.ts';
import { figureGroups } from './groups.ts';
import { maySeeFigures, type StatsScope } from './scope.ts';
import { trendOf } from './trend.ts';

export interface StatsRequest {
  readonly scope: StatsScope;
  readonly period: Period;
  /** The scope's most telling one if absent, or if the scope has no such grouping. */
  readonly by?: Grouping | undefined;
  /** Who asked: only what this person may see too is offered. */
  readonly asker: { readonly id: number; readonly role: AgentRole; readonly unitId: number };
}

/** The figures of a scope and a period with those they are compared with, all as numbers: card and file say them in their own ways. */
export async function viewStats(ctx: Reading, request: StatsRequest): Promise<StatsView> {
  const { scope, period, asker } = request;
  const offered = groupingsOf[scope.unit.level];
  const by = request.by !== undefined && offered.includes(request.by) ? request.by : offered[0];
  const now = today(ctx);
  const figures = await wholeOf(ctx, { scope, period });
  const elapsed = { period, today: now };
  const groups = await figureGroups(ctx, { scope, period, whole: figures, by });
  return {
    unitName: scope.unit.name,
    periodName: period.label,
    at: { unitId: scope.unit.id, period: `${period.from}..${period.to}`, by, askerId: asker.id },
    figures,
    before: await comparableWith(ctx, { scope, period: asFarAs(previousPeriod(period), elapsed) }),
    lastYear: await comparableWith(ctx, { scope, period: asFarAs(sameLastYear(period), elapsed) }),
    running: period.from <= now && now < period.to,
    groups,
    trend: (await trendOf(ctx, { scope, period })) ?? null,
    groupings: offered,
    units: unitsOffered(scope, asker),
  };
}

/** A unit that had not begun yet is not compared with: null. */
async function comparableWith(ctx: Reading, of: { scope: StatsScope; period: Days }): Promise<Figures | null> {
  const figures = await wholeOf(ctx, of);
  return figures.total === 0 ? null : figures;
}

/** The figures of the whole scope. */
export async function wholeOf(ctx: Reading, of: { scope: StatsScope; period: Days }): Promise<Figures> {
  const counted = { ...of.scope.counted, unitIds: [of.scope.at.id] };
  return (await figuresBy(ctx, { scope: counted, period: of.period, by: 'unitId' })).get(of.scope.at.id) ?? noFigures;
}

/** The way up as far as the asker may go, the unit itself, and what lies right below. */
function unitsOffered(scope: StatsScope, asker: StatsRequest['asker']): { value: string; text: string }[] {
  const above = lineOf(scope.unit, scope.units).toReversed();
  const below = scope.units.filter((unit) => unit.parentId === scope.unit.id && unit.active);
  const seen = [...above, ...below].filter((unit) => maySeeFigures(asker, { unit, units: scope.units }));
  return seen.map((unit) => ({ value: String(unit.id), text: unit.name }));
}
