/** The figures of `/统计` for a period, counted from the rows of the cases: what it would cost without counters. */
import { sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';

/** Of everything since `fromDay` (YYYY-MM-DD). */
export async function countWithoutCounters({ q, t }: Tx, fromDay: string): Promise<Record<string, number>> {
  const { cases } = t;
  const from = Date.parse(`${fromDay}T00:00:00+08:00`);
  const sum = (condition: ReturnType<typeof sql>) =>
    sql<number>`sum(case when ${condition} then 1 else 0 end)`.mapWith(Number);
  const [row] = await q
    .select({
      registered: sum(sql`${cases.registeredAt} >= ${from}`),
      accepted: sum(sql`${cases.acceptedAt} >= ${from}`),
      completed: sum(sql`${cases.completedAt} >= ${from}`),
      onTime: sum(sql`${cases.completedAt} >= ${from} and ${cases.completedOnTime}`),
      satisfied: sum(sql`${cases.followedUpAt} >= ${from} and ${cases.rating} >= 4`),
      rated: sum(sql`${cases.followedUpAt} >= ${from}`),
      withdrawn: sum(sql`${cases.withdrawnAt} >= ${from}`),
      open: sum(sql`${cases.state} in ('forwarded', 'accepted', 'returned', 'suspended')`),
    })
    .from(cases);
  return row ?? {};
}
