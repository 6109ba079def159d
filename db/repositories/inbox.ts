import { eq, lt } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { preparedForRow } from '../prepared.ts';
import type { inbox } from '../schema/sqlite.ts';

export type InboxRow = typeof inbox.$inferSelect;
export type NewInboxRow = typeof inbox.$inferInsert;

const insertOrIgnore = preparedForRow<NewInboxRow>()(({ q, t }, row) =>
  q.insert(t.inbox).values(row).onConflictDoNothing({ target: t.inbox.key }).returning({ key: t.inbox.key }).prepare(),
);

type Answered = Pick<InboxRow, 'key' | 'status' | 'answerSealed'>;

const setAnswer = preparedForRow<Answered>()(({ q, t }, { key, ...set }) =>
  q.update(t.inbox).set(set).where(eq(t.inbox.key, key)).prepare(),
);

export const inboxReads = {
  async byKey({ q, t }: Tx, key: string): Promise<InboxRow | undefined> {
    return (await q.select().from(t.inbox).where(eq(t.inbox.key, key)))[0];
  },
};

export const inboxWrites = {
  /** False when the key was there before: the delivery is a repeat. */
  async claim(tx: Tx, row: NewInboxRow): Promise<boolean> {
    const { query, values } = insertOrIgnore(tx, row);
    return (await query.execute(values)).length > 0;
  },

  async answer(tx: Tx, change: Answered): Promise<void> {
    const { query, values } = setAnswer(tx, change);
    await query.execute(values);
  },

  async purge({ q, t }: Tx, before: number): Promise<void> {
    await q.delete(t.inbox).where(lt(t.inbox.receivedAt, before));
  },
};
