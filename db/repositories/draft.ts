import { asc, eq, gt, inArray, lt, sql } from 'drizzle-orm';
import type { Tables, Tx } from '../database.ts';
import { prepared, preparedForRows } from '../prepared.ts';

export type DraftRow = Tables['drafts']['$inferSelect'];
export type NewDraft = Tables['drafts']['$inferInsert'];

const takeById = prepared(({ q, t, forUpdate }) =>
  forUpdate(
    q
      .select()
      .from(t.drafts)
      .where(eq(t.drafts.id, sql.placeholder('id'))),
  ).prepare(),
);

interface Use {
  readonly id: number;
  readonly caseId: number;
  readonly contentSealed: string;
}

const setUse = preparedForRows<Use>()(({ q, t }, [{ id, ...set }]) =>
  q.update(t.drafts).set(set).where(eq(t.drafts.id, id)).prepare(),
);

export const draftReads = {
  async byId({ q, t }: Tx, id: number): Promise<DraftRow | undefined> {
    return (await q.select().from(t.drafts).where(eq(t.drafts.id, id)))[0];
  },

  /** The next `limit` by id. */
  async page({ q, t }: Tx, page: { afterId: number; limit: number }): Promise<DraftRow[]> {
    const { id } = t.drafts;
    return q.select().from(t.drafts).where(gt(id, page.afterId)).orderBy(asc(id)).limit(page.limit);
  },
};

export const draftWrites = {
  async insert({ q, t }: Tx, draft: NewDraft): Promise<DraftRow> {
    const [row] = await q.insert(t.drafts).values(draft).returning();
    if (!row) throw new Error('insert into drafts returned no row');
    return row;
  },

  /** The draft, which nobody else submits or changes until the transaction ends. */
  async take(tx: Tx, id: number): Promise<DraftRow | undefined> {
    return (await takeById(tx).execute({ id }))[0];
  },

  async keep(
    { q, t }: Tx,
    { id, contentSealed, shared }: Pick<DraftRow, 'id' | 'contentSealed' | 'shared'>,
  ): Promise<void> {
    await q.update(t.drafts).set({ contentSealed, shared }).where(eq(t.drafts.id, id));
  },

  /** The draft, which was taken in this transaction, became a case. */
  async use(tx: Tx, change: Use): Promise<void> {
    const { query, values } = setUse(tx, [change]);
    await query.execute(values);
  },

  async remove({ q, t }: Tx, ids: readonly number[]): Promise<void> {
    if (ids.length > 0) await q.delete(t.drafts).where(inArray(t.drafts.id, [...ids]));
  },

  async purge({ q, t }: Tx, before: number): Promise<void> {
    await q.delete(t.drafts).where(lt(t.drafts.createdAt, before));
  },
};
