/** What the morning's digest looks through, and what it notes. */
import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import { waitingStates } from '../../src/domain/case.ts';
import type { Tx } from '../database.ts';

function selectWaiting({ q, t }: Tx) {
  const { id, state, townId, registeringUnitId, keeperId, holderUnitId, handlerId, acceptBy, dueAt } = t.cases;
  const { completedAt, deliveredAt, followedUpAt, followUpAgentId, rating, rectifiedAt, overdueRung } = t.cases;
  return q
    .select({
      ...{ id, state, townId, registeringUnitId, keeperId, holderUnitId, handlerId, acceptBy, dueAt },
      ...{ completedAt, deliveredAt, followedUpAt, followUpAgentId, rating, rectifiedAt, overdueRung },
    })
    .from(t.cases)
    .where(inArray(state, waitingStates));
}

export type WaitingRow = Awaited<ReturnType<typeof selectWaiting>>[number];

export const caseDigestReads = {
  /** Every case that somebody has to go on with, by what a digest tells of it; in no order. */
  async waiting(tx: Tx): Promise<WaitingRow[]> {
    return selectWaiting(tx);
  },

  /** The promised days of the cases that are being dealt with; `stoodStill`: not counted from the registration alone. In no order. */
  async promised({ q, t }: Tx): Promise<{ registeredDay: string; dueAt: number | null; stoodStill: boolean }[]> {
    const { registeredDay, dueAt, returnCount, suspendCount } = t.cases;
    const rows = await q
      .select({ registeredDay, dueAt, returnCount, suspendCount })
      .from(t.cases)
      .where(inArray(t.cases.state, ['forwarded', 'accepted']));
    return rows.map((row) => ({ ...row, stoodStill: row.returnCount + row.suspendCount > 0 }));
  },

  /** When each of the cases that are returned now was returned last (ms). */
  async returnedAt({ q, t }: Tx): Promise<Map<number, number>> {
    const { caseId, at, kind, seq } = t.ledgerEntries;
    const rows = await q
      .select({ caseId: sql<number>`${caseId}`.mapWith(Number), at })
      .from(t.cases)
      .innerJoin(t.ledgerEntries, eq(caseId, t.cases.id))
      .where(and(eq(t.cases.state, 'returned'), eq(kind, 'return')))
      .orderBy(asc(t.cases.id), desc(seq));
    // Of one case the newest comes first.
    return new Map(rows.reverse().map((row) => [row.caseId, row.at]));
  },
};

export const caseDigestWrites = {
  /** Notes which rung of the ladder these cases were told on. No step: the version stays. */
  async noteRung({ q, t }: Tx, told: { ids: readonly number[]; rung: number }): Promise<void> {
    if (told.ids.length === 0) return;
    await q
      .update(t.cases)
      .set({ overdueRung: told.rung })
      .where(inArray(t.cases.id, [...told.ids]));
  },
};
