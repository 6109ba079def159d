import type { UnitRow } from '../../../db/repositories/unit.ts';
import type { Reading } from '../../ctx.ts';
import { addDays } from '../../domain/calendar.ts';
import { readinessSummary } from '../readiness/summary.ts';
import { type Standing, standingsOf } from '../task/standing.ts';

const WEEK_DAYS = 7;
const UNITS_NAMED = 12;

/** What the weekly digest says of the plan: which units have tasks past their day or due within a week, and how the checks stand. */
export async function planLines(
  ctx: Reading,
  of: { unit: UnitRow; units: readonly UnitRow[]; day: string },
): Promise<string[]> {
  const { unit, units, day } = of;
  const standings = await standingsOf(ctx, { unitId: unit.id, day, units });
  const until = addDays(day, WEEK_DAYS);
  const late = standings.filter(({ light }) => light === 'late');
  const soon = standings.filter(
    ({ light, task }) => light === 'atRisk' && task.dueDay !== null && task.dueDay <= until,
  );
  const { centers, stations } = await readinessSummary(ctx, { unitId: unit.id, on: day });
  return [
    ...(late.length === 0 ? [] : [`任务逾期${late.length}项：${namesOf(late)}`]),
    ...(soon.length === 0 ? [] : [`任务一周内到期${soon.length}项：${namesOf(soon)}`]),
    ...(centers.total + stations.total === 0
      ? []
      : [`七有齐全：中心${centers.ready}/${centers.total}，站${stations.ready}/${stations.total}`]),
  ];
}

/** 大雁镇2项、辉苏木1项, those with most first. */
function namesOf(standings: readonly Standing[]): string {
  const counts = new Map<string, number>();
  for (const { unit } of standings) counts.set(unit.name, (counts.get(unit.name) ?? 0) + 1);
  const named = [...counts].sort(([, a], [, b]) => b - a).map(([name, count]) => `${name}${count}项`);
  const more = named.length > UNITS_NAMED ? '等' : '';
  return `${named.slice(0, UNITS_NAMED).join('、')}${more}；请管理员发 /任务 更新`;
}
