import { asc, eq, sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { prepared } from '../prepared.ts';
import type { serviceItems } from '../schema/sqlite.ts';

export type ItemRow = typeof serviceItems.$inferSelect;
export type NewItem = typeof serviceItems.$inferInsert;

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

  /** With those that are no longer offered: old cases are about them. */
  async all({ q, t }: Tx): Promise<ItemRow[]> {
    return q.select().from(t.serviceItems).orderBy(asc(t.serviceItems.id));
  },

  /** The whole catalogue in the order of the annex. */
  async active({ q, t }: Tx): Promise<ItemRow[]> {
    return q.select().from(t.serviceItems).where(eq(t.serviceItems.active, true)).orderBy(asc(t.serviceItems.id));
  },
};

export const itemWrites = {
  /** Adds an item unless one of that 实施编码 exists; what an admin changed since stays. */
  async addIfMissing({ q, t }: Tx, item: NewItem): Promise<void> {
    await q.insert(t.serviceItems).values(item).onConflictDoNothing({ target: t.serviceItems.code });
  },
};
