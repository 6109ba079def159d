import type { StatsView } from '../../../cards/stats.ts';
import { type ItemRow, itemReads } from '../../../db/repositories/item.ts';
import { lineOf } from '../../../db/repositories/unit.ts';
import { type Reading, today } from '../../ctx.ts';
import { addFigures, type Figures, noFigures } from '../../domain/figures.ts';
import { type Grouping, groupingsOf, type Trend } from '../../domain/grouping.ts';
import { isOtherItem } from '../../domain/other-errand.ts';
import { asFarAs, type Period, previousPeriod, sameLastYear } from '../../domain/period.ts';
import type { Person } from '../../domain/permission.ts';
import { ask, type Days, type FiguresScope, figuresQuestion, type Question } from './figures.ts';
import { figureGroups, groupKey, groupsQuestion, keptFor } from './groups.ts';
import {
  longestOverdue,
  type OverdueCases,
  overdueAt,
  overdueBy,
  overdueQuestion,
  withOverdue,
  withOverdueEach,
} from './overdue.ts';
import { itemKeys, maySeeFigures, registrationsOf, type StatsScope } from './scope.ts';
import { trendQuestion } from './trend.ts';

export interface StatsRequest {
  readonly scope: StatsScope;
  readonly period: Period;
  /** The scope's most telling one if absent, or if the scope has no such grouping. */
  readonly by?: Grouping | undefined;
  /** Who asked: only what this person may see too is offered. */
  readonly asker: Person;
}

interface Answers {
  readonly figures: Figures;
  readonly before: Figures;
  readonly lastYear: Figures;
  readonly found: Map<string, Figures>;
  readonly trend: Trend | undefined;
  readonly overdue: OverdueCases[];
  readonly others: Map<string, Figures>;
}

/** The figures of a scope and a period with those they are compared with, all as numbers: card and file say them in their own ways. */
export async function viewStats(ctx: Reading, request: StatsRequest): Promise<StatsView> {
  const { scope, period, asker } = request;
  const offered = groupingsOf[scope.unit.level];
  const by = request.by !== undefined && offered.includes(request.by) ? request.by : offered[0];
  const now = today(ctx);
  const elapsed = { period, today: now };
  const periodBefore = asFarAs(previousPeriod(period), elapsed);
  const periodLastYear = asFarAs(sameLastYear(period), elapsed);
  const items = scope.items ?? (await itemReads.inEveryVersion(ctx.tx));
  const others = otherKeys(scope, items.filter(isOtherItem));
  const counted = await ask<Answers>(ctx, {
    figures: wholeQuestion({ scope, period }),
    before: wholeQuestion({ scope, period: periodBefore }),
    lastYear: wholeQuestion({ scope, period: periodLastYear }),
    found: groupsQuestion({ scope, period, by }),
    trend: trendQuestion(ctx, { scope, period }),
    overdue: overdueQuestion(await overdueAt(ctx), registrationsOf(scope)),
    others: figuresQuestion({ scope: others, period, by: 'key' }),
  });
  const everOverdue = counted.overdue;
  const overdue = overdueBy(everOverdue, period, ctx.zone);
  const before = withOverdue(counted.before, overdueBy(everOverdue, periodBefore, ctx.zone));
  const lastYear = withOverdue(counted.lastYear, overdueBy(everOverdue, periodLastYear, ctx.zone));
  const figures = withOverdue(counted.figures, overdue);
  const found = withOverdueEach(counted.found, overdue, groupKey({ scope, by }));
  const { trend } = counted;
  const groups = await figureGroups(ctx, { scope: { ...scope, items }, by, found, whole: figures });
  return {
    unitName: scope.unit.name,
    periodName: period.label,
    at: { unitId: scope.unit.id, period: `${period.from}..${period.to}`, by, askerId: asker.agentId },
    figures,
    longestOverdue: longestOverdue(overdue),
    others: addFigures([...counted.others.values()]),
    before: comparable(before),
    lastYear: comparable(lastYear),
    running: period.from <= now && now < period.to,
    groups,
    trend: trend ?? null,
    groupings: offered,
    units: unitsOffered(scope, asker),
  };
}

/** Which counters have the errands outside of the catalogue: none of a department's, which answers for its own items. */
function otherKeys(scope: StatsScope, versions: readonly ItemRow[]): FiguresScope {
  const keys = scope.counted.dimension === 'all' ? itemKeys(versions) : [];
  return { dimension: 'item', keys, unitIds: keptFor(scope, 'item') };
}

/** A unit that had not begun yet is not compared with: null. */
function comparable(figures: Figures): Figures | null {
  return figures.total === 0 ? null : figures;
}

/** The figures of the whole scope. */
export async function wholeOf(ctx: Reading, wanted: { scope: StatsScope; period: Days }): Promise<Figures> {
  const { figures, overdue } = await ask<Pick<Answers, 'figures' | 'overdue'>>(ctx, {
    figures: wholeQuestion(wanted),
    overdue: overdueQuestion(await overdueAt(ctx), registrationsOf(wanted.scope)),
  });
  return withOverdue(figures, overdueBy(overdue, wanted.period, ctx.zone));
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
