import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import type { ledgerEntries } from '../schema/sqlite.ts';

export type LedgerRow = typeof ledgerEntries.$inferSelect;

export type NumberedEntry = Pick<
  LedgerRow,
  'seq' | 'at' | 'actorKind' | 'actorId' | 'unitId' | 'kind' | 'prevHash' | 'hash'
> & { caseNumber: string };

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

  /** Where the entries of these cases stand in their chains. */
  async placesOfCases({ q, t }: Tx, caseIds: readonly number[]): Promise<{ townId: number; seq: number }[]> {
    return q
      .select({ townId: t.ledgerEntries.townId, seq: t.ledgerEntries.seq })
      .from(t.ledgerEntries)
      .where(inArray(t.ledgerEntries.caseId, [...caseIds]));
  },

  /** Entries of one chain by their numbers, oldest first, each with its case's number. */
  async bySeqs({ q, t }: Tx, wanted: { townId: number; seqs: readonly number[] }): Promise<NumberedEntry[]> {
    const { at, actorKind, actorId, unitId, kind, seq, prevHash, hash } = t.ledgerEntries;
    return q
      .select({ seq, at, actorKind, actorId, unitId, kind, prevHash, hash, caseNumber: t.cases.caseNumber })
      .from(t.ledgerEntries)
      .innerJoin(t.cases, eq(t.cases.id, t.ledgerEntries.caseId))
      .where(and(eq(t.ledgerEntries.townId, wanted.townId), inArray(seq, [...wanted.seqs])))
      .orderBy(asc(seq));
  },

  async ofCase({ q, t }: Tx, caseId: number): Promise<LedgerRow[]> {
    return q.select().from(t.ledgerEntries).where(eq(t.ledgerEntries.caseId, caseId)).orderBy(asc(t.ledgerEntries.seq));
  },
};

export const ledgerWrites = {
  /**
   * The end of a town's chain, where nobody else adds an entry until the transaction ends. A chain without entries ends in
   * number 0 and `genesisHash`; its row is made here, because there is nothing else to hold on to.
   */
  async takeHead(
    { q, t, forUpdate }: Tx,
    chain: { townId: number; genesisHash: string },
  ): Promise<Omit<LedgerHead, 'townId'>> {
    const select = () => forUpdate(q.select().from(t.ledgerHeads).where(eq(t.ledgerHeads.townId, chain.townId)));
    const [known] = await select();
    if (known) return known;
    await q
      .insert(t.ledgerHeads)
      .values({ townId: chain.townId, seq: 0, hash: chain.genesisHash })
      .onConflictDoNothing({ target: t.ledgerHeads.townId });
    const [made] = await select();
    if (!made) throw new Error('ledger head is missing right after its insert');
    return made;
  },

  /** Adds the entry that follows the head taken in this transaction. */
  async append({ q, t }: Tx, entry: LedgerRow): Promise<void> {
    await q.insert(t.ledgerEntries).values(entry);
    const head = { seq: entry.seq, hash: entry.hash };
    await q.update(t.ledgerHeads).set(head).where(eq(t.ledgerHeads.townId, entry.townId));
  },
};
