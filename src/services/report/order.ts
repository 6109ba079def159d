/** The files of monthly reports; each by private message to whoever asked. */
import { reportReads } from '../../../db/repositories/report.ts';
import { type Ctx, requireStaff, type Staff, today } from '../../ctx.ts';
import { monthPeriod } from '../../domain/period.ts';
import { Refused } from '../../refusals.ts';
import { enqueueLetter, enqueueSheet } from '../message/enqueue.ts';
import { requireReceived } from './banner.ts';
import { type ReportPlace, townOf } from './reporter.ts';
import { requireReader } from './view-in-full.ts';

/** 要 Excel: the reports of a month, town by town, for whoever receives them. */
export async function orderReports(ctx: Ctx, { month }: { month: string }): Promise<void> {
  const { agent, unit } = await requireReceiverOf(ctx, month);
  const order = { agentId: agent.id, askedAt: ctx.now, name: 'reports' as const, unitId: unit.id, month };
  await enqueueSheet(ctx, { target: agent.openId, order });
}

/** 要 Word: the same as a document. */
export async function orderReportsLetter(ctx: Ctx, { month }: { month: string }): Promise<void> {
  const { agent, unit } = await requireReceiverOf(ctx, month);
  const order = { agentId: agent.id, askedAt: ctx.now, name: 'reports' as const, unitId: unit.id, month };
  await enqueueLetter(ctx, { target: agent.openId, order });
}

/** 要 Word 文件: one town's report, for whoever may read it; the draft only for whoever writes it. */
export async function orderReportLetter(ctx: Ctx, place: ReportPlace): Promise<void> {
  const staff = requireStaff(ctx);
  const { reporter } = await requireReader(ctx, { staff, place });
  const report = await reportReads.ofTown(ctx.tx, place);
  if (!reporter && (report?.version ?? null) === null) {
    const { name: town } = await townOf(ctx, place.townId);
    throw new Refused('report_not_in', { town, month: monthPeriod(place.month).label });
  }
  const asked = { agentId: staff.agent.id, askedAt: ctx.now };
  const order = { ...asked, name: 'report' as const, unitId: place.townId, month: place.month };
  await enqueueLetter(ctx, { target: staff.agent.openId, order });
}

async function requireReceiverOf(ctx: Ctx, month: string): Promise<Staff> {
  const staff = requireStaff(ctx);
  await requireReceived(ctx, staff);
  const { from, label } = monthPeriod(month);
  if (from > today(ctx)) throw new Refused('period_ahead', { period: label });
  return staff;
}
