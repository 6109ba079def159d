import { asc, eq } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import type { serviceItems } from '../schema/sqlite.ts';

export type ItemRow = typeof serviceItems.$inferSelect;
export type NewItem = typeof serviceItems.$inferInsert;

export const itemReads = {
  async byId({ q, t }: Tx, id: number): Promise<ItemRow | undefined> {
    return (await q.select().from(t.serviceItems).where(eq(t.serviceItems.id, id)))[0];
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
