import { asc, eq, sql } from 'drizzle-orm';
import type { Tables, Tx } from '../database.ts';
import { prepared } from '../prepared.ts';

export type ItemRow = Tables['serviceItems']['$inferSelect'];
export type NewItem = Tables['serviceItems']['$inferInsert'];

const selectById = prepared(({ q, t }) =>
  q
    .select()
    .from(t.serviceItems)
    .where(eq(t.serviceItems.id, sql.placeholder('id')))
    .prepare(),
);

export const itemReads = {
  async byId(tx: Tx, id: number): Promise<ItemRow | undefined> {
    return (await selectById(tx).execute({ id }))[0];
  },

  /** The code of every item, also of those no longer active. */
  async codes({ q, t }: Tx): Promise<Set<string>> {
    const rows = await q.select({ code: t.serviceItems.code }).from(t.serviceItems);
    return new Set(rows.map(({ code }) => code));
  },

  /** The whole catalogue in the order of the annex. */
  async active({ q, t }: Tx): Promise<ItemRow[]> {
    return q.select().from(t.serviceItems).where(eq(t.serviceItems.active, true)).orderBy(asc(t.serviceItems.id));
  },

  /** Every item, those out of use too. */
  async all({ q, t }: Tx): Promise<ItemRow[]> {
    return q.select().from(t.serviceItems).orderBy(asc(t.serviceItems.id));
  },
};

export const itemWrites = {
  async insert({ q, t }: Tx, item: NewItem): Promise<ItemRow> {
    const [row] = await q.insert(t.serviceItems).values(item).returning();
    if (!row) throw new Error('insert into service_items returned no row');
    return row;
  },

  async update({ q, t }: Tx, change: { id: number; set: Partial<NewItem> }): Promise<void> {
    await q.update(t.serviceItems).set(change.set).where(eq(t.serviceItems.id, change.id));
  },

  /** Adds an item unless one of that 实施编码 exists; what an admin changed since stays. */
  async addIfMissing(tx: Tx, item: NewItem): Promise<void> {
    const { q, t } = tx;
    await q.insert(t.serviceItems).values(item).onConflictDoNothing({ target: t.serviceItems.code });
  },
};
