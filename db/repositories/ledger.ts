import { and, asc, between, eq, getTableColumns, gt, inArray, sql } from 'drizzle-orm';
import type { Tables, Tx } from '../database.ts';
import { prepared, preparedForRows } from '../prepared.ts';

export type LedgerRow = Tables['ledgerEntries']['$inferSelect'];

/** An entry without its content. */
export type LedgerStep = Omit<LedgerRow, 'townId' | 'payload'>;

export interface LedgerHead {
  readonly townId: number;
  readonly seq: number;
  readonly hash: string;
}

const selectOfCase = prepared(({ q, t }) =>
  q
    .select()
    .from(t.ledgerEntries)
    .where(eq(t.ledgerEntries.caseId, sql.placeholder('caseId')))
    .orderBy(asc(t.ledgerEntries.seq))
    .prepare(),
);

const selectHead = prepared(({ q, t, forUpdate }) =>
  forUpdate(
    q
      .select()
      .from(t.ledgerHeads)
      .where(eq(t.ledgerHeads.townId, sql.placeholder('townId'))),
  ).prepare(),
);

const insertEntries = preparedForRows<LedgerRow>()(({ q, t }, rows) =>
  q.insert(t.ledgerEntries).values(rows).prepare(),
);

const updateHead = preparedForRows<LedgerHead>()(({ q, t }, [{ townId, ...head }]) =>
  q.update(t.ledgerHeads).set(head).where(eq(t.ledgerHeads.townId, townId)).prepare(),
);

const selectStretch = prepared(({ q, t }) => {
  const { townId, payload: _, ...step } = getTableColumns(t.ledgerEntries);
  const { placeholder } = sql;
  return q
    .select(step)
    .from(t.ledgerEntries)
    .where(and(eq(townId, placeholder('townId')), between(step.seq, placeholder('first'), placeholder('last'))))
    .orderBy(asc(step.seq))
    .prepare();
});

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

  /** Numbers of these cases' entries in their chain. Asks the index alone. */
  async seqsOfCases({ q, t }: Tx, caseIds: readonly number[]): Promise<number[]> {
    const { seq, caseId } = t.ledgerEntries;
    const rows = await q
      .select({ seq })
      .from(t.ledgerEntries)
      .where(inArray(caseId, [...caseIds]));
    return rows.map((row) => row.seq);
  },

  /** Entries of one chain between two numbers, both included, oldest first; what is hashed is left out, but for the hashes. */
  async stretch(tx: Tx, wanted: { townId: number; first: number; last: number }): Promise<LedgerStep[]> {
    return selectStretch(tx).execute(wanted);
  },

  /** Entries of several cases, each case's oldest first. */
  async ofCases({ q, t }: Tx, caseIds: readonly number[]): Promise<LedgerRow[]> {
    return q
      .select()
      .from(t.ledgerEntries)
      .where(inArray(t.ledgerEntries.caseId, [...caseIds]))
      .orderBy(asc(t.ledgerEntries.caseId), asc(t.ledgerEntries.seq));
  },

  async ofCase(tx: Tx, caseId: number): Promise<LedgerRow[]> {
    return selectOfCase(tx).execute({ caseId });
  },
};

export const ledgerWrites = {
  /**
   * The end of a town's chain, where nobody else adds an entry until the transaction ends. A chain without entries ends in
   * number 0 and `genesisHash`; its row is made here, because there is nothing else to hold on to.
   */
  async takeHead(tx: Tx, chain: { townId: number; genesisHash: string }): Promise<Omit<LedgerHead, 'townId'>> {
    const { townId, genesisHash } = chain;
    const [known] = await selectHead(tx).execute({ townId });
    if (known) return known;
    const { q, t } = tx;
    await q
      .insert(t.ledgerHeads)
      .values({ townId, seq: 0, hash: genesisHash })
      .onConflictDoNothing({ target: t.ledgerHeads.townId });
    const [made] = await selectHead(tx).execute({ townId });
    if (!made) throw new Error('ledger head is missing right after its insert');
    return made;
  },

  /** The ends of all chains: nobody adds an entry anywhere until the transaction ends. */
  async takeHeads({ q, t, forUpdate }: Tx): Promise<void> {
    await forUpdate(q.select().from(t.ledgerHeads).orderBy(asc(t.ledgerHeads.townId)));
  },

  /** Adds entries that follow the head taken in this transaction, and moves the head to the last of them. */
  async append(tx: Tx, entries: readonly LedgerRow[]): Promise<void> {
    const [first, ...rest] = entries;
    if (!first) return;
    const inserting = insertEntries(tx, [first, ...rest]);
    await inserting.query.execute(inserting.values);
    const { townId, seq, hash } = rest.at(-1) ?? first;
    const moving = updateHead(tx, [{ townId, seq, hash }]);
    await moving.query.execute(moving.values);
  },
};
