import { reportWrites } from '../../../db/repositories/report.ts';
import { type Ctx, requireStaff, today } from '../../ctx.ts';
import { localDay } from '../../domain/calendar.ts';
import { monthPeriod } from '../../domain/period.ts';
import { Refused } from '../../refusals.ts';
import { chainOfUnit } from '../agent/approvers.ts';
import { appendLedger } from '../ledger/append.ts';
import { receivesFor, requireReceived, townReports } from './banner.ts';
import { callForReport } from './remind.ts';

/** Whom a 催报 reached, and whom nobody could be told for: names of towns. */
export interface Urged {
  readonly reached: readonly string[];
  readonly unreached: readonly string[];
}

/**
 * 催报: the card of the month comes anew to each town that has not reported and was not asked today. Refuses a month that is not over, one
 * that all have reported on, and a second time on one day.
 */
export async function urgeReports(ctx: Ctx, { month }: { month: string }): Promise<Urged> {
  const staff = requireStaff(ctx);
  const towns = await requireReceived(ctx, staff);
  const { to, label } = monthPeriod(month);
  if (today(ctx) <= to) throw new Refused('report_too_early', { month: label });
  const waiting = (await townReports(ctx, { towns, month })).filter(({ state }) => state !== 'reported');
  if (waiting.length === 0) throw new Refused('report_all_in', { month: label });
  const ids: number[] = [];
  const asked: { name: string; id: number; reached: boolean }[] = [];
  for (const { town } of waiting) {
    const report = await reportWrites.open(ctx.tx, { townId: town.id, month });
    const askedToday = report.urgedAt !== null && localDay(report.urgedAt, ctx.zone) === today(ctx);
    // It may have come while the row was waited for.
    if (report.version !== null || askedToday) continue;
    ids.push(report.id);
    asked.push({ id: town.id, name: town.name, reached: await callForReport(ctx, { town, report }) });
  }
  if (ids.length === 0) throw new Refused('report_urged_today', { month: label });
  await reportWrites.noteUrged(ctx.tx, { ids, at: ctx.now });
  const townIds = asked.map(({ id }) => id);
  await appendLedger(ctx, {
    townId: await chainOfUnit(ctx, staff.unit.id),
    caseId: null,
    kind: 'urgeReports',
    payload: { month, townIds, standsInFor: await receivesFor(ctx, { staff, townIds }) },
  });
  const names = (reached: boolean) => asked.filter((one) => one.reached === reached).map(({ name }) => name);
  return { reached: names(true), unreached: names(false) };
}
