import type { StatsView } from '../../../cards/stats.ts';
import { lineOf } from '../../../db/repositories/unit.ts';
import { type Reading, today } from '../../ctx.ts';
import type { AgentRole } from '../../domain/agent.ts';
import { type Figures, noFigures } from '../../domain/figures.ts';
import { type Grouping, groupingsOf, type Trend } from '../../domain/grouping.ts';
import { asFarAs, type Period, previousPeriod, sameLastYear } from '../../domain/period.ts';
import { ask, type Days, figuresQuestion, type Question } from './figures.ts';
import { figureGroups, groupsQuestion } from './groups.ts';
import { maySeeFigures, type StatsScope } from './scope.ts';
import { trendQuestion } from './trend.ts';

export interface StatsRequest {
  readonly scope: StatsScope;
  readonly period: Period;
  /** The scope's most telling one if absent, or if the scope has no such grouping. */
  readonly by?: Grouping | undefined;
  /** Who asked: only what this person may see too is offered. */
  readonly asker: { readonly id: number; readonly role: AgentRole; readonly unitId: number };
}

interface Answers {
  readonly figures: Figures;
  readonly before: Figures;
  readonly lastYear: Figures;
  readonly found: Map<string, Figures>;
  readonly trend: Trend | undefined;
}

/** The figures of a scope and a period with those they are compared with, all as numbers: card and file say them in their own ways. */
export async function viewStats(ctx: Reading, request: StatsRequest): Promise<StatsView> {
  const { scope, period, asker } = request;
  const offered = groupingsOf[scope.unit.level];
  const by = request.by !== undefined && offered.includes(request.by) ? request.by : offered[0];
  const now = today(ctx);
  const elapsed = { period, today: now };
  const { figures, before, lastYear, found, trend } = await ask<Answers>(ctx, {
    figures: wholeQuestion({ scope, period }),
    before: wholeQuestion({ scope, period: asFarAs(previousPeriod(period), elapsed) }),
    lastYear: wholeQuestion({ scope, period: asFarAs(sameLastYear(period), elapsed) }),
    found: groupsQuestion({ scope, period, by }),
    trend: trendQuestion(ctx, { scope, period }),
  });
  const groups = await figureGroups(ctx, { scope, by, found, whole: figures });
  return {
    unitName: scope.unit.name,
    periodName: period.label,
    at: { unitId: scope.unit.id, period: `${period.from}..${period.to}`, by, askerId: asker.id },
    figures,
    before: comparable(before),
    lastYear: comparable(lastYear),
    running: period.from <= now && now < period.to,
    groups,
    trend: trend ?? null,
    groupings: offered,
    units: unitsOffered(scope, asker),
  };
}

/** A unit that had not begun yet is not compared with: null. */
function comparable(figures: Figures): Figures | null {
  return figures.total === 0 ? null : figures;
}

/** The figures of the whole scope. */
export async function wholeOf(ctx: Reading, wanted: { scope: StatsScope; period: Days }): Promise<Figures> {
  return (await ask<Pick<Answers, 'figures'>>(ctx, { figures: wholeQuestion(wanted) })).figures;
}

function wholeQuestion({ scope, period }: { scope: StatsScope; period: Days }): Question<Figures> {
  const counted = { ...scope.counted, unitIds: [scope.at.id] };
  const { sums, answer } = figuresQuestion({ scope: counted, period, by: 'unitId' });
  return { sums, answer: (found) => answer(found).get(String(scope.at.id)) ?? noFigures };
}

/** The way up as far as the asker may go, the unit itself, and what lies right below. */
function unitsOffered(scope: StatsScope, asker: StatsRequest['asker']): { value: string; text: string }[] {
  const above = lineOf(scope.unit.id, scope.units).toReversed();
  const below = scope.units.filter((unit) => unit.parentId === scope.unit.id && unit.active);
  const seen = [...above, ...below].filter((unit) => maySeeFigures(asker, { unit, units: scope.units }));
  return seen.map((unit) => ({ value: String(unit.id), text: unit.name }));
}
