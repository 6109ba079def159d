/** Who is reminded of the plan's tasks: on the week's first working day the managers of each unit, in the morning's digest. */
import { dayFor } from '../../../cards/kit.ts';
import type { Reading } from '../../ctx.ts';
import { addDays, startOfDay } from '../../domain/calendar.ts';
import { type Standing, standingsOf } from '../task/standing.ts';
import { type Directory, ownManagerTargets } from './recipients.ts';

/** So long a unit hears of an overdue task; afterwards it stands in the banner's weekly digest, in 月报 and on /任务. */
const REMINDED_DAYS = 31;
const NAMED_MAX = 8;

/** By open_id what is due soon (yellow) or has become overdue (red) of the own unit. @param of.day YYYY-MM-DD */
export async function taskReminders(
  ctx: Reading,
  of: { directory: Directory; day: string },
): Promise<Map<string, string[]>> {
  const { directory, day } = of;
  const { units } = directory;
  const byTarget = new Map<string, string[]>();
  for (const top of units.filter(({ parentId }) => parentId === null)) {
    const pressing = (await standingsOf(ctx, { unitId: top.id, day, units })).filter((one) => isPressing(one, day));
    for (const unitId of new Set(pressing.map(({ unit }) => unit.id))) {
      const lines = linesOf(
        ctx,
        pressing.filter(({ unit }) => unit.id === unitId),
      );
      for (const target of ownManagerTargets(directory, unitId)) {
        byTarget.set(target, [...(byTarget.get(target) ?? []), ...lines]);
      }
    }
  }
  return byTarget;
}

function isPressing({ light, task }: Standing, day: string): boolean {
  if (light === 'atRisk') return true;
  return light === 'late' && task.dueDay !== null && task.dueDay >= addDays(day, -REMINDED_DAYS);
}

function linesOf(ctx: Reading, standings: readonly Standing[]): string[] {
  const late = standings.filter(({ light }) => light === 'late');
  const soon = standings.filter(({ light }) => light === 'atRisk');
  return [
    ...(late.length === 0 ? [] : [`逾期${late.length}项：${namesOf(ctx, late)}`]),
    ...(soon.length === 0 ? [] : [`快到期${soon.length}项：${namesOf(ctx, soon)}`]),
  ];
}

/** 第9项（最晚12月31日）、第13项（…）. */
function namesOf(ctx: Reading, standings: readonly Standing[]): string {
  const named = standings.slice(0, NAMED_MAX).map(({ task }) => {
    const until = task.dueDay === null ? '' : `（最晚${dayFor(startOfDay(task.dueDay, ctx.zone), ctx)}）`;
    return `第${task.number}项${until}`;
  });
  return `${named.join('、')}${standings.length > NAMED_MAX ? '等' : ''}`;
}
