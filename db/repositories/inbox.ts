import { eq, lt } from 'drizzle-orm';
import type { Tables, Tx } from '../database.ts';
import { preparedForRows } from '../prepared.ts';

export type InboxRow = Tables['inbox']['$inferSelect'];
export type NewInboxRow = Tables['inbox']['$inferInsert'];

const insertOrIgnore = preparedForRows<NewInboxRow>()(({ q, t }, rows) => {
  const { key } = t.inbox;
  return q.insert(t.inbox).values(rows).onConflictDoNothing({ target: key }).returning({ key }).prepare();
});

type Answered = Pick<InboxRow, 'key' | 'status' | 'answerSealed'>;

const setAnswer = preparedForRows<Answered>()(({ q, t }, [{ key, ...set }]) =>
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
    const { query, values } = insertOrIgnore(tx, [row]);
    return (await query.execute(values)).length > 0;
  },

  async answer(tx: Tx, change: Answered): Promise<void> {
    const { query, values } = setAnswer(tx, [change]);
    await query.execute(values);
  },

  async purge({ q, t }: Tx, before: number): Promise<void> {
    await q.delete(t.inbox).where(lt(t.inbox.receivedAt, before));
  },
};
