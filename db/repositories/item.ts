import { and, asc, eq, ne, sql } from 'drizzle-orm';
import { isOtherItem, OTHER_ITEM_CODE } from '../../src/domain/other-errand.ts';
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

  /** The whole catalogue in the order of the annex, without 其他事项. */
  async active({ q, t }: Tx): Promise<ItemRow[]> {
    const { active, code, id } = t.serviceItems;
    const listed = and(eq(active, true), ne(code, OTHER_ITEM_CODE));
    return q.select().from(t.serviceItems).where(listed).orderBy(asc(id));
  },

  /** 其他事项, which stands for every errand outside of the catalogue. */
  async other({ q, t }: Tx): Promise<ItemRow | undefined> {
    return (await q.select().from(t.serviceItems).where(eq(t.serviceItems.code, OTHER_ITEM_CODE)))[0];
  },

  /** What can be registered: the catalogue, and 其他事项 at its end. */
  async offered({ q, t }: Tx): Promise<ItemRow[]> {
    const { active, id } = t.serviceItems;
    const rows = await q.select().from(t.serviceItems).where(eq(active, true)).orderBy(asc(id));
    return [...rows.filter((row) => !isOtherItem(row)), ...rows.filter(isOtherItem)];
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
