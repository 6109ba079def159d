import { and, eq, isNull, lt } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import type { drafts } from '../schema/sqlite.ts';

export type DraftRow = typeof drafts.$inferSelect;
export type NewDraft = typeof drafts.$inferInsert;

export const draftReads = {
  async byId({ q, t }: Tx, id: number): Promise<DraftRow | undefined> {
    return (await q.select().from(t.drafts).where(eq(t.drafts.id, id)))[0];
  },
};

export const draftWrites = {
  async insert({ q, t }: Tx, draft: NewDraft): Promise<DraftRow> {
    const [row] = await q.insert(t.drafts).values(draft).returning();
    if (!row) throw new Error('insert into drafts returned no row');
    return row;
  },

  /** The draft, which nobody else submits or changes until the transaction ends. */
  async take({ q, t, forUpdate }: Tx, id: number): Promise<DraftRow | undefined> {
    return (await forUpdate(q.select().from(t.drafts).where(eq(t.drafts.id, id))))[0];
  },

  async keep({ q, t }: Tx, change: { id: number; contentSealed: string }): Promise<void> {
    await q.update(t.drafts).set({ contentSealed: change.contentSealed }).where(eq(t.drafts.id, change.id));
  },

  /** The draft became a case; false when it had become one before. */
  async use({ q, t }: Tx, change: { id: number; caseId: number; contentSealed: string }): Promise<boolean> {
    const rows = await q
      .update(t.drafts)
      .set({ caseId: change.caseId, contentSealed: change.contentSealed })
      .where(and(eq(t.drafts.id, change.id), isNull(t.drafts.caseId)))
      .returning({ id: t.drafts.id });
    return rows.length > 0;
  },

  async purge({ q, t }: Tx, before: number): Promise<void> {
    await q.delete(t.drafts).where(lt(t.drafts.createdAt, before));
  },
};
