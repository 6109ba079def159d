import { assistTypeWords } from '../../../cards/words.ts';
import { itemReads } from '../../../db/repositories/item.ts';
import { reportReads } from '../../../db/repositories/report.ts';
import { type Reading, today } from '../../ctx.ts';
import { endOfDay, startOfDay } from '../../domain/calendar.ts';
import { assistTypes } from '../../domain/case.ts';
import { addFigures, type Figures } from '../../domain/figures.ts';
import { monthPeriod } from '../../domain/period.ts';
import { groupFigures, type ReportGroup, type ReportParts } from '../../domain/report-figures.ts';
import { coverageOf } from '../../domain/roster.ts';
import { readinessSummary } from '../readiness/summary.ts';
import { rosterOf } from '../roster/view.ts';
import { ask } from '../stats/figures.ts';
import { groupKey, groupsQuestion } from '../stats/groups.ts';
import { type OverdueCases, overdueAt, overdueBy, overdueQuestion, withOverdueEach } from '../stats/overdue.ts';
import { registrationsOf, type StatsScope, statsScope } from '../stats/scope.ts';
import { figuresOf } from '../stats/whole-figures.ts';
import { taskSummary } from '../task/summary.ts';
import type { ReportPlace } from './reporter.ts';

/** All that a report on this month would be submitted with now. */
export async function reportFigures(
  ctx: Reading,
  { townId, month }: ReportPlace,
): Promise<{ figures: Figures; parts: ReportParts }> {
  const period = monthPeriod(month);
  const scope = await statsScope(ctx, townId);
  const figures = await figuresOf(ctx, { unitId: townId, period });
  const groups = await figureParts(ctx, { scope, period });
  const day = [period.to, today(ctx)].sort()[0] ?? period.to;
  const { fullTime, partTime, villages, withoutFullTime } = coverageOf(
    await rosterOf(ctx, { unitId: townId, day, units: scope.units }),
  );
  const staff = { fullTime, partTime, villages, withoutFullTime: withoutFullTime.map(({ name }) => name) };
  const { done, atRisk, late, total } = await taskSummary(ctx, { unitId: townId, on: day });
  const { centers, stations } = await readinessSummary(ctx, { unitId: townId, on: day });
  const plan = { readiness: { centers, stations }, tasks: { done, atRisk, late, total } };
  return { figures, parts: { ...groups, ...plan, bad: await badRatings(ctx, { scope, period }), staff } };
}

interface Counted {
  readonly scope: StatsScope;
  readonly period: { readonly from: string; readonly to: string };
}

interface Answers {
  readonly found: Map<string, Figures>;
  readonly overdue: OverdueCases[];
}

/** By department and by assist type, from one reading of the counters of items. */
async function figureParts(
  ctx: Reading,
  { scope, period }: Counted,
): Promise<Pick<ReportParts, 'departments' | 'assists'>> {
  const asked = { scope, by: 'department' as const };
  const { found, overdue } = await ask<Answers>(ctx, {
    found: groupsQuestion({ ...asked, period }),
    overdue: overdueQuestion(await overdueAt(ctx), registrationsOf(scope)),
  });
  const all = withOverdueEach(found, overdueBy(overdue, period, ctx.zone), groupKey(asked));
  const items = new Map((await itemReads.inEveryVersion(ctx.tx)).map((item) => [item.versionId, item]));
  const departments = new Map(scope.units.map((unit) => [unit.id, unit.name]));
  return {
    departments: groupsBy(all, (key) => {
      const item = items.get(Number(key.split(':')[0]));
      const id = item?.departmentUnitId ?? null;
      return { key: id, name: (id === null ? undefined : departments.get(id)) ?? item?.department ?? '' };
    }),
    assists: groupsBy(all, (key) => {
      const type = assistTypes.find((candidate) => candidate === key.split(':')[1]) ?? 'local';
      return { key: type, name: assistTypeWords[type] };
    }),
  };
}

/** What never had a case in the month, and has none open, is left out. */
function groupsBy(
  found: ReadonlyMap<string, Figures>,
  groupOf: (key: string) => Pick<ReportGroup, 'key' | 'name'>,
): ReportGroup[] {
  const groups = new Map<string, { of: Pick<ReportGroup, 'key' | 'name'>; parts: Figures[] }>();
  for (const [key, figures] of found) {
    const of = groupOf(key);
    const group = groups.get(of.name) ?? { of, parts: [] };
    groups.set(of.name, group);
    group.parts.push(figures);
  }
  return [...groups.values()]
    .map(({ of, parts }) => ({ ...of, ...groupFigures(addFigures(parts)) }))
    .filter((group) => group.registered + group.completed + group.open + group.overdue + group.returnedAgain > 0)
    .sort((a, b) => b.registered - a.registered || b.open - a.open || (a.name < b.name ? -1 : 1));
}

async function badRatings(ctx: Reading, { scope, period }: Counted): Promise<ReportParts['bad']> {
  const stretch = { from: startOfDay(period.from, ctx.zone), to: endOfDay(period.to, ctx.zone) };
  const found = await reportReads.badlyRated(ctx.tx, { ...registrationsOf(scope), ...stretch });
  return { rated: found.length, rectified: found.filter(({ rectifiedAt }) => rectifiedAt !== null).length };
}
