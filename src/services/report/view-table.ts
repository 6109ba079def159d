import type { ReportTableView } from '../../../cards/report-table.ts';
import { type Ctx, requireStaff, today } from '../../ctx.ts';
import { monthPeriod } from '../../domain/period.ts';
import { Refused } from '../../refusals.ts';
import { requireReceived, townReports } from './banner.ts';
import { deadlineOf } from './view.ts';

/** The reports of a month, for whoever receives them. Refuses `report_not_received`, and a month that has not begun. */
export async function viewReportTable(ctx: Ctx, { month }: { month: string }): Promise<ReportTableView> {
  const towns = await requireReceived(ctx, requireStaff(ctx));
  const period = monthPeriod(month);
  if (period.from > today(ctx)) throw new Refused('period_ahead', { period: period.label });
  const deadline = await deadlineOf(ctx, month);
  const reports = await townReports(ctx, { towns, month });
  return {
    month,
    monthName: period.label,
    dueAt: deadline.dueAt,
    lastWorkingDayNote: deadline.note,
    over: today(ctx) > period.to,
    towns: reports.map(({ town, version, state, at, by, daysLate }) => ({
      ...{ state, at, by, daysLate },
      townId: town.id,
      town: town.name,
      version: version?.number ?? null,
    })),
    now: ctx.now,
    zone: ctx.zone,
  };
}
