import { eq, lt } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import type { inbox } from '../schema/sqlite.ts';

export type InboxRow = typeof inbox.$inferSelect;
export type NewInboxRow = typeof inbox.$inferInsert;

export const inboxReads = {
  async byKey({ q, t }: Tx, key: string): Promise<InboxRow | undefined> {
    return (await q.select().from(t.inbox).where(eq(t.inbox.key, key)))[0];
  },
};

export const inboxWrites = {
  /** False when the key was there before: the delivery is a repeat. */
  async claim({ q, t }: Tx, row: NewInboxRow): Promise<boolean> {
    const rows = await q
      .insert(t.inbox)
      .values(row)
      .onConflictDoNothing({ target: t.inbox.key })
      .returning({ key: t.inbox.key });
    return rows.length > 0;
  },

  async answer(
    { q, t }: Tx,
    change: { key: string; status: InboxRow['status']; answerSealed: string | null },
  ): Promise<void> {
    const { key, ...set } = change;
    await q.update(t.inbox).set(set).where(eq(t.inbox.key, key));
  },

  async purge({ q, t }: Tx, before: number): Promise<void> {
    await q.delete(t.inbox).where(lt(t.inbox.receivedAt, before));
  },
};
