import { and, asc, eq, gt } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import type { ledgerEntries } from '../schema/sqlite.ts';

export type LedgerRow = typeof ledgerEntries.$inferSelect;

export interface LedgerHead {
  readonly townId: number;
  readonly seq: number;
  readonly hash: string;
}

export const ledgerReads = {
  async head({ q, t }: Tx, townId: number): Promise<LedgerHead | undefined> {
    return (await q.select().from(t.ledgerHeads).where(eq(t.ledgerHeads.townId, townId)))[0];
  },

  async heads({ q, t }: Tx): Promise<LedgerHead[]> {
    return q.select().from(t.ledgerHeads).orderBy(asc(t.ledgerHeads.townId));
  },

  /** Every chain that has an entry, whether or not a head is kept for it. */
  async towns({ q, t }: Tx): Promise<number[]> {
    const rows = await q.selectDistinct({ townId: t.ledgerEntries.townId }).from(t.ledgerEntries);
    return rows.map((row) => row.townId).sort((a, b) => a - b);
  },

  /** Entries of one chain after `seq`, oldest first. */
  async page({ q, t }: Tx, wanted: { townId: number; afterSeq: number; limit: number }): Promise<LedgerRow[]> {
    return q
      .select()
      .from(t.ledgerEntries)
      .where(and(eq(t.ledgerEntries.townId, wanted.townId), gt(t.ledgerEntries.seq, wanted.afterSeq)))
      .orderBy(asc(t.ledgerEntries.seq))
      .limit(wanted.limit);
  },

  async ofCase({ q, t }: Tx, caseId: number): Promise<LedgerRow[]> {
    return q.select().from(t.ledgerEntries).where(eq(t.ledgerEntries.caseId, caseId)).orderBy(asc(t.ledgerEntries.seq));
  },
};

export const ledgerWrites = {
  async append({ q, t }: Tx, entry: LedgerRow): Promise<void> {
    await q.insert(t.ledgerEntries).values(entry);
    const head = { townId: entry.townId, seq: entry.seq, hash: entry.hash };
    await q
      .insert(t.ledgerHeads)
      .values(head)
      .onConflictDoUpdate({ target: t.ledgerHeads.townId, set: { seq: entry.seq, hash: entry.hash } });
  },
};
