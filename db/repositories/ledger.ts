import { and, asc, between, eq, getTableColumns, gt, inArray, sql } from 'drizzle-orm';
import type { Gathered, Tx } from '../client.ts';
import { prepared, preparedForList, preparedForRow } from '../prepared.ts';
import { remember, rememberAs } from '../remembered.ts';
import type { ledgerEntries } from '../schema/sqlite.ts';

export type LedgerRow = typeof ledgerEntries.$inferSelect;

/** An entry without its content. */
export type LedgerStep = Omit<LedgerRow, 'townId' | 'payload'>;

export interface LedgerHead {
  readonly townId: number;
  readonly seq: number;
  readonly hash: string;
}

/** Whose numbers are asked for at once. */
const CASES_AT_ONCE = 200;

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

const insertEntry = preparedForRow<LedgerRow>()(({ q, t }, row) => q.insert(t.ledgerEntries).values(row).prepare());

const updateHead = preparedForRow<LedgerHead>()(({ q, t }, { townId, ...head }) =>
  q.update(t.ledgerHeads).set(head).where(eq(t.ledgerHeads.townId, townId)).prepare(),
);

/** Steps that share a commit move the end of a chain once. */
const headMoves: Gathered<LedgerHead> = {
  async write(tx, moves) {
    for (const head of new Map(moves.map((move) => [move.townId, move])).values()) {
      const { query, values } = updateHead(tx, head);
      await query.execute(values);
    }
  },
};

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

const selectSeqs = preparedForList(CASES_AT_ONCE, ({ q, t }, caseIds) =>
  q
    .select({ seq: t.ledgerEntries.seq })
    .from(t.ledgerEntries)
    .where(inArray(t.ledgerEntries.caseId, caseIds))
    .prepare(),
);

export const ledgerReads = {
  async head(tx: Tx, townId: number): Promise<LedgerHead | undefined> {
    const { q, t } = tx;
    await tx.writeGathered();
    return (await q.select().from(t.ledgerHeads).where(eq(t.ledgerHeads.townId, townId)))[0];
  },

  async heads(tx: Tx): Promise<LedgerHead[]> {
    const { q, t } = tx;
    await tx.writeGathered();
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
  async seqsOfCases(tx: Tx, caseIds: readonly number[]): Promise<number[]> {
    return (await selectSeqs(tx, caseIds)).map((row) => row.seq);
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
    return remember(tx, { table: 'ledger_heads', key: chain.townId }, () => readHead(tx, chain));
  },

  /** The ends of all chains: nobody adds an entry anywhere until the transaction ends. */
  async takeHeads({ q, t, forUpdate }: Tx): Promise<void> {
    await forUpdate(q.select().from(t.ledgerHeads).orderBy(asc(t.ledgerHeads.townId)));
  },

  /** Adds an entry that follows the head taken in this transaction; `moveHead` to the last one is due afterwards. */
  async append(tx: Tx, entry: LedgerRow): Promise<void> {
    const { query, values } = insertEntry(tx, entry);
    await query.execute(values);
  },

  /** The chain ends here now. */
  async moveHead(tx: Tx, head: LedgerHead): Promise<void> {
    rememberAs(tx, { table: 'ledger_heads', key: head.townId }, head);
    await tx.gather(headMoves, head);
  },
};

async function readHead(tx: Tx, { townId, genesisHash }: { townId: number; genesisHash: string }): Promise<LedgerHead> {
  const { q, t } = tx;
  // What has been moved and was then forgotten, because something else was undone.
  await tx.writeGathered();
  const [known] = await selectHead(tx).execute({ townId });
  if (known) return known;
  await q
    .insert(t.ledgerHeads)
    .values({ townId, seq: 0, hash: genesisHash })
    .onConflictDoNothing({ target: t.ledgerHeads.townId });
  const [made] = await selectHead(tx).execute({ townId });
  if (!made) throw new Error('ledger head is missing right after its insert');
  return made;
}
