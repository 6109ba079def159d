import { eq, lt } from 'drizzle-orm';
import type { Tables, Tx } from '../database.ts';

export type InboxRow = Tables['inbox']['$inferSelect'];
export type NewInboxRow = Tables['inbox']['$inferInsert'];

type Answered = Pick<InboxRow, 'key' | 'status' | 'answerSealed'>;

export const inboxReads = {
  async byKey({ q, t }: Tx, key: string): Promise<InboxRow | undefined> {
    return (await q.select().from(t.inbox).where(eq(t.inbox.key, key)))[0];
  },
};

export const inboxWrites = {
  /** False when the key was there before: the delivery is a repeat. */
  async claim({ q, t }: Tx, row: NewInboxRow): Promise<boolean> {
    const { key } = t.inbox;
    return (await q.insert(t.inbox).values(row).onConflictDoNothing({ target: key }).returning({ key })).length > 0;
  },

  async answer({ q, t }: Tx, { key, ...set }: Answered): Promise<void> {
    await q.update(t.inbox).set(set).where(eq(t.inbox.key, key));
  },

  async purge({ q, t }: Tx, before: number): Promise<void> {
    await q.delete(t.inbox).where(lt(t.inbox.receivedAt, before));
  },
};
