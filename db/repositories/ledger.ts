import {
  and,
  asc,
  between,
  desc,
  eq,
  getTableColumns,
  gt,
  inArray,
  isNotNull,
  isNull,
  like,
  lte,
  sql,
} from 'drizzle-orm';
import type { Tables, Tx } from '../database.ts';
import { prepared, preparedForRows } from '../prepared.ts';

export type LedgerRow = Tables['ledgerEntries']['$inferSelect'];

/** An entry without its content. */
export type LedgerStep = Omit<LedgerRow, 'townId' | 'payload' | 'sealed' | 'signature'>;

export type LedgerHead = Tables['ledgerHeads']['$inferSelect'];

export type LedgerKeyRow = Tables['ledgerKeys']['$inferSelect'];
type NewLedgerKey = Omit<LedgerKeyRow, 'retiredAt'>;

/** The end of a chain, and the key that signs what comes next. */
export interface ChainEnd {
  readonly head: LedgerHead;
  readonly key: LedgerKeyRow;
}

const selectOfCase = prepared(({ q, t }) =>
  q
    .select()
    .from(t.ledgerEntries)
    .where(eq(t.ledgerEntries.caseId, sql.placeholder('caseId')))
    .orderBy(asc(t.ledgerEntries.seq))
    .prepare(),
);

const selectEnd = prepared(({ q, t, forUpdate }) =>
  forUpdate(
    q
      .select({ head: t.ledgerHeads, key: t.ledgerKeys })
      .from(t.ledgerHeads)
      .innerJoin(t.ledgerKeys, eq(t.ledgerKeys.id, t.ledgerHeads.keyId))
      .where(eq(t.ledgerHeads.townId, sql.placeholder('townId'))),
    { of: t.ledgerHeads },
  ).prepare(),
);

const insertEntries = preparedForRows<LedgerRow>()(({ q, t }, rows) =>
  q.insert(t.ledgerEntries).values(rows).prepare(),
);

const updateHead = preparedForRows<LedgerHead>()(({ q, t }, [{ townId, ...head }]) =>
  q.update(t.ledgerHeads).set(head).where(eq(t.ledgerHeads.townId, townId)).prepare(),
);

const selectStretch = prepared(({ q, t }) => {
  const { townId, payload: _, sealed: __, signature: ___, ...step } = getTableColumns(t.ledgerEntries);
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

  /** All keys there ever were, the oldest first. */
  async keys({ q, t }: Tx): Promise<LedgerKeyRow[]> {
    return q.select().from(t.ledgerKeys).orderBy(asc(t.ledgerKeys.id));
  },

  /** One entry by its place; undefined where the chain does not reach. */
  async entry({ q, t }: Tx, place: { townId: number; seq: number }): Promise<LedgerRow | undefined> {
    const { townId, seq } = t.ledgerEntries;
    return (
      await q
        .select()
        .from(t.ledgerEntries)
        .where(and(eq(townId, place.townId), eq(seq, place.seq)))
    )[0];
  },

  /** The newest entry of a chain, of these kinds, whose payload ends like this; not of a case. */
  async lastEnding(
    { q, t }: Tx,
    wanted: { townId: number; kinds: readonly LedgerRow['kind'][]; ending: string },
  ): Promise<LedgerRow | undefined> {
    const { townId, seq, caseId, kind, payload } = t.ledgerEntries;
    const ending = like(payload, `%${wanted.ending}`);
    const [found] = await q
      .select()
      .from(t.ledgerEntries)
      .where(and(eq(townId, wanted.townId), isNull(caseId), inArray(kind, [...wanted.kinds]), ending))
      .orderBy(desc(seq))
      .limit(1);
    return found;
  },

  /** The entries of a chain of these kinds, oldest first. */
  async ofKinds({ q, t }: Tx, wanted: { townId: number; kinds: readonly LedgerRow['kind'][] }): Promise<LedgerRow[]> {
    const { townId, seq, kind } = t.ledgerEntries;
    return q
      .select()
      .from(t.ledgerEntries)
      .where(and(eq(townId, wanted.townId), inArray(kind, [...wanted.kinds])))
      .orderBy(asc(seq));
  },

  /** Cases that have entries and do not exist, after one id up to another, where they are given: at most `limit`, by id. */
  async caseIdsWithoutCase(
    { q, t }: Tx,
    wanted: { afterId: number | undefined; upToId: number | undefined; limit: number },
  ): Promise<number[]> {
    const { caseId } = t.ledgerEntries;
    const { afterId, upToId } = wanted;
    const rows = await q
      .selectDistinct({ caseId })
      .from(t.ledgerEntries)
      .leftJoin(t.cases, eq(t.cases.id, caseId))
      .where(
        and(
          afterId === undefined ? isNotNull(caseId) : gt(caseId, afterId),
          upToId === undefined ? undefined : lte(caseId, upToId),
          isNull(t.cases.id),
        ),
      )
      .orderBy(asc(caseId))
      .limit(wanted.limit);
    return rows.flatMap((row) => (row.caseId === null ? [] : [row.caseId]));
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
  /** Nothing happens when another process has made a key of this number. */
  async insertKey({ q, t }: Tx, key: NewLedgerKey): Promise<void> {
    await q.insert(t.ledgerKeys).values(key).onConflictDoNothing({ target: t.ledgerKeys.id });
  },

  takeKey,

  /**
   * The end of a town's chain, where nobody else adds an entry until the transaction ends. A chain without entries ends in
   * number 0 and `genesisHash`; its row is made here, because there is nothing else to hold on to.
   */
  async takeHead(tx: Tx, chain: { townId: number; genesisHash: string }): Promise<ChainEnd> {
    const { townId, genesisHash } = chain;
    const [known] = await selectEnd(tx).execute({ townId });
    if (known) return known;
    const { q, t } = tx;
    const { id: keyId } = await takeKey(tx);
    await q
      .insert(t.ledgerHeads)
      .values({ townId, seq: 0, hash: genesisHash, keyId, signature: '' })
      .onConflictDoNothing({ target: t.ledgerHeads.townId });
    const [made] = await selectEnd(tx).execute({ townId });
    if (!made) throw new Error('ledger head is missing right after its insert');
    return made;
  },

  /** The ends of all chains: nobody adds an entry anywhere until the transaction ends. */
  async takeHeads({ q, t, forUpdate }: Tx): Promise<LedgerHead[]> {
    return forUpdate(q.select().from(t.ledgerHeads).orderBy(asc(t.ledgerHeads.townId)));
  },

  /** Adds entries that follow the head taken in this transaction, and moves the head. */
  async append(tx: Tx, addition: { entries: readonly [LedgerRow, ...LedgerRow[]]; head: LedgerHead }): Promise<void> {
    const inserting = insertEntries(tx, addition.entries);
    await inserting.query.execute(inserting.values);
    await moveHead(tx, addition.head);
  },

  moveHead,

  async retireKey(
    { q, t }: Tx,
    { id, ...set }: Pick<LedgerKeyRow, 'id' | 'privateKeySealed'> & { retiredAt: number },
  ): Promise<void> {
    await q.update(t.ledgerKeys).set(set).where(eq(t.ledgerKeys.id, id));
  },
};

async function moveHead(tx: Tx, head: LedgerHead): Promise<void> {
  const moving = updateHead(tx, [head]);
  await moving.query.execute(moving.values);
}

/** The key that signs: nobody begins a chain or another key until the transaction ends. */
async function takeKey({ q, t, forUpdate }: Tx): Promise<LedgerKeyRow> {
  const take = () => forUpdate(q.select().from(t.ledgerKeys).where(isNull(t.ledgerKeys.retiredAt)));
  // The one waited for may have been retired meanwhile: then another look finds its successor.
  const [key = (await take())[0]] = await take();
  if (!key) throw new Error('a key of the ledger does not exist');
  return key;
}
