import type { FigureList } from '../../../cards/figures.ts';
import { type CaseMoment, caseListReads, type ListedCase } from '../../../db/repositories/case-list.ts';
import { lineOf } from '../../../db/repositories/unit.ts';
import { type Reading, today } from '../../ctx.ts';
import { addDays, endOfDay, startOfDay } from '../../domain/calendar.ts';
import { subtreeOf } from '../unit/tree.ts';
import type { Days } from './figures.ts';
import { returnedCases } from './returned.ts';
import { registrationsOf, type StatsScope } from './scope.ts';

/** What was open at the end of a time long past is looked for among the registrations of so many days before. */
export const OPEN_WITHIN_DAYS = 60;

interface Wanted {
  readonly scope: StatsScope;
  readonly period: Days;
  readonly list: FigureList;
  readonly limit: number;
}

const moments: Partial<Record<FigureList, CaseMoment>> = {
  registered: 'registeredAt',
  total: 'registeredAt',
  completed: 'completedAt',
  accepted: 'acceptedAt',
  rated: 'followedUpAt',
  withdrawn: 'withdrawnAt',
};

/** Ids of the cases behind a figure, newest first, of overdue ones the longest overdue first. Every unit's newest are read from its index, and the newest of all are kept. */
export async function casesBehind(ctx: Reading, wanted: Wanted): Promise<number[]> {
  const { scope, period, list, limit } = wanted;
  const to = endOfDay(period.to, ctx.zone);
  const stretch = { from: list === 'total' ? 0 : startOfDay(period.from, ctx.zone), to };
  const { unitIds, versionIds } = registrationsOf(scope);
  if (list === 'overdue') {
    const before = Math.min(to, ctx.now);
    return caseListReads.longestOverdue(ctx.tx, { unitIds, versionIds, before, limit });
  }
  const found: ListedCase[] = [];
  if (list === 'returned') {
    for (const townId of townsOf(scope)) {
      found.push(...(await returnedCases(ctx, { ...stretch, townId, unitIds, versionIds, limit })));
    }
    return newest(found, limit);
  }
  const moment = moments[list];
  for (const unitId of unitIds) {
    const unitScope = { unitId, versionIds, limit };
    if (moment !== undefined)
      found.push(...(await caseListReads.byMoment(ctx.tx, { ...unitScope, ...stretch, moment })));
    else if (isPast(ctx, period)) {
      const from = startOfDay(addDays(period.to, -OPEN_WITHIN_DAYS), ctx.zone);
      found.push(...(await caseListReads.openAtEnd(ctx.tx, { ...unitScope, from, to })));
    } else found.push(...(await caseListReads.open(ctx.tx, unitScope)));
  }
  return newest(found, limit);
}

/** The period ended before today: what was open then may be finished now. */
export function isPast(ctx: Reading, period: Days): boolean {
  return period.to < today(ctx);
}

/** Towns in whose chains the scope's cases stand. */
function townsOf(scope: StatsScope): number[] {
  const line = lineOf(scope.at.id, scope.units).filter((unit) => unit.level === 'town');
  const towns = line.length > 0 ? line : subtreeOf(scope.at, scope.units).filter((unit) => unit.level === 'town');
  return towns.map((unit) => unit.id);
}

function newest(found: readonly ListedCase[], limit: number): number[] {
  const sorted = [...found].sort((a, b) => b.at - a.at || b.id - a.id);
  return sorted.slice(0, limit).map((one) => one.id);
}
