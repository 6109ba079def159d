import { type ReportRow, reportReads } from '../../../db/repositories/report.ts';
import { type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import type { Reading } from '../../ctx.ts';
import type { BulletinFigures } from '../../domain/bulletin.ts';
import { type Figures, noFigures } from '../../domain/figures.ts';
import type { Period } from '../../domain/period.ts';
import { quarterPeriod, reportMonthsDueIn } from '../../domain/quarter.ts';
import type { Measure, TownMeasures } from '../../domain/score.ts';
import { readinessSummary } from '../readiness/summary.ts';
import { askedFor } from '../report/asked.ts';
import { rosterOf } from '../roster/view.ts';
import { settingOf } from '../settings.ts';
import { ask, figuresQuestion } from '../stats/figures.ts';
import { figuresByUnit, figuresOf } from '../stats/whole-figures.ts';
import { subtreeOf } from '../unit/tree.ts';

interface Scope {
  readonly banner: UnitRow;
  readonly towns: readonly UnitRow[];
  readonly units: readonly UnitRow[];
  readonly quarter: string;
  readonly period: Period;
}

/** What is known now of the quarter, with the weights that are set now. */
export async function measureQuarter(
  ctx: Reading,
  { banner, quarter }: { banner: UnitRow; quarter: string },
): Promise<BulletinFigures> {
  const units = await unitReads.all(ctx.tx);
  const towns = subtreeOf(banner, units).filter(({ level, active }) => level === 'town' && active);
  const scope: Scope = { banner, towns, units, quarter, period: quarterPeriod(quarter) };
  const { period } = scope;
  const figures = await figuresByUnit(ctx, { unitIds: towns.map(({ id }) => id), period, units });
  const notices = await noticesByTown(ctx, scope);
  const reports = await reportsByTown(ctx, scope);
  const villages = await villagesByTown(ctx, scope);
  const readiness = await readinessByTown(ctx, scope);
  return {
    scoring: await settingOf(ctx, 'scoring'),
    whole: totalsOf(await figuresOf(ctx, { unitId: banner.id, period })),
    towns: towns.map((town): TownMeasures => {
      const { registered, completed, completedOnTime, overdue, rated, ratedSatisfied } =
        figures.get(town.id) ?? noFigures;
      const measures = {
        volume: { part: registered, whole: 0 },
        onTime: { part: completedOnTime, whole: completed + overdue },
        satisfaction: { part: ratedSatisfied, whole: rated },
        oneTimeNotice: notices.get(town.id) ?? nothing,
        punctuality: reports.get(town.id) ?? nothing,
        readiness: readiness.get(town.id) ?? nothing,
        roster: villages.get(town.name) ?? nothing,
      };
      return { unitId: town.id, name: town.name, population: town.population, measures };
    }),
  };
}

const nothing: Measure = { part: 0, whole: 0 };

function totalsOf({ registered, completed, completedOnTime, overdue, rated, ratedSatisfied }: Figures) {
  return { registered, completed, completedOnTime, overdue, rated, ratedSatisfied };
}

/** Of the times that people of the town returned a case, those that were its first: the rest had not named everything at once. */
async function noticesByTown(ctx: Reading, scope: Scope): Promise<Map<number, Measure>> {
  const { towns, units, period } = scope;
  const within = towns.map((town) => ({ town, ids: subtreeOf(town, units).map(({ id }) => id) }));
  const unitIds = within.flatMap(({ ids }) => ids);
  const { returns } = await ask<{ returns: Map<string, Figures> }>(ctx, {
    returns: figuresQuestion({ scope: { unitIds, dimension: 'handler' }, period, by: 'unitId' }),
  });
  return new Map(
    within.map(({ town, ids }) => {
      const own = ids.map((id) => returns.get(String(id)) ?? noFigures);
      const returned = own.reduce((sum, one) => sum + one.returned, 0);
      const again = own.reduce((sum, one) => sum + one.returnedAgain, 0);
      return [town.id, { part: returned - again, whole: returned }];
    }),
  );
}

/** Months whose report was due in the quarter; one in which nobody was asked for a report lay before the program's time. */
async function reportsByTown(ctx: Reading, { towns, quarter }: Scope): Promise<Map<number, Measure>> {
  const ids = new Set(towns.map(({ id }) => id));
  const months: ReportRow[][] = [];
  for (const month of reportMonthsDueIn(quarter)) {
    const own = (await reportReads.ofMonth(ctx.tx, month)).filter(({ townId }) => ids.has(townId));
    const reports = await askedFor(ctx, own);
    if (reports.length > 0) months.push(reports);
  }
  const isInTime = ({ submittedAt, late }: ReportRow) => submittedAt !== null && late !== true;
  return new Map(
    towns.map(({ id }) => {
      const part = months.filter((reports) => reports.some((one) => one.townId === id && isInTime(one))).length;
      return [id, { part, whole: months.length }];
    }),
  );
}

/** 七有 (the plan, 10.): the town's center and its stations, at the end of the quarter. */
async function readinessByTown(ctx: Reading, { towns, period }: Scope): Promise<Map<number, Measure>> {
  const byTown = new Map<number, Measure>();
  for (const { id } of towns) {
    const { centers, stations } = await readinessSummary(ctx, { unitId: id, on: period.to });
    byTown.set(id, { part: centers.ready + stations.ready, whole: centers.total + stations.total });
  }
  return byTown;
}

/** 嘎查社区至少确定1—2名专职代办员 (the plan, 7.), by the name of the town, at the end of the quarter. */
async function villagesByTown(ctx: Reading, { banner, units, period }: Scope): Promise<Map<string, Measure>> {
  const roster = await rosterOf(ctx, { unitId: banner.id, day: period.to, units });
  const byTown = new Map<string, Measure>();
  for (const { level, town, people } of roster) {
    if (level !== 'village') continue;
    const { part, whole } = byTown.get(town) ?? nothing;
    const staffed = people.some(({ employment }) => employment === 'fullTime');
    byTown.set(town, { part: part + Number(staffed), whole: whole + 1 });
  }
  return byTown;
}
