import { type Ctx, requireStaff, today } from '../../ctx.ts';
import { monthPeriod } from '../../domain/period.ts';
import { Refused } from '../../refusals.ts';
import { enqueueSheet } from '../message/enqueue.ts';
import { requireReceived } from './banner.ts';

/** 要 Excel: the reports of a month, town by town, by private message to whoever receives them. */
export async function orderReports(ctx: Ctx, { month }: { month: string }): Promise<void> {
  const staff = requireStaff(ctx);
  await requireReceived(ctx, staff);
  const { from, label } = monthPeriod(month);
  if (from > today(ctx)) throw new Refused('period_ahead', { period: label });
  const { agent, unit } = staff;
  const order = { agentId: agent.id, askedAt: ctx.now, name: 'reports' as const, unitId: unit.id, month };
  await enqueueSheet(ctx, { target: agent.openId, order });
}
