import { and, asc, desc, eq, gt, inArray, isNotNull, lt } from 'drizzle-orm';
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
  /** The next `limit` of those that have something sealed beside them, by key. */
  async answered(
    { q, t }: Tx,
    page: { afterKey: string; limit: number },
  ): Promise<{ key: string; answerSealed: string }[]> {
    const { key, answerSealed } = t.inbox;
    const rows = await q
      .select({ key, answerSealed })
      .from(t.inbox)
      .where(and(gt(key, page.afterKey), isNotNull(answerSealed)))
      .orderBy(asc(key))
      .limit(page.limit);
    return rows.map((row) => ({ key: row.key, answerSealed: row.answerSealed ?? '' }));
  },

  /** When the last delivery of a kind was dealt with; undefined when none is kept. */
  async lastOfKind({ q, t }: Tx, kind: string): Promise<number | undefined> {
    const { receivedAt } = t.inbox;
    const rows = await q
      .select({ receivedAt })
      .from(t.inbox)
      .where(eq(t.inbox.kind, kind))
      .orderBy(desc(receivedAt))
      .limit(1);
    return rows[0]?.receivedAt;
  },

  /** When the newest delivery was dealt with; undefined when none is kept. */
  async newest({ q, t }: Tx): Promise<number | undefined> {
    const { receivedAt } = t.inbox;
    return (await q.select({ receivedAt }).from(t.inbox).orderBy(desc(receivedAt)).limit(1))[0]?.receivedAt;
  },

  /** Those of the keys that are there. */
  async known({ q, t }: Tx, keys: readonly string[]): Promise<Set<string>> {
    const { key } = t.inbox;
    const rows = await q
      .select({ key })
      .from(t.inbox)
      .where(inArray(key, [...keys]));
    return new Set(rows.map((row) => row.key));
  },

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

  /** A repeat of one of these is dealt with no second time, and gets no answer. */
  async forgetAnswers({ q, t }: Tx, keys: readonly string[]): Promise<void> {
    await q
      .update(t.inbox)
      .set({ answerSealed: null })
      .where(inArray(t.inbox.key, [...keys]));
  },

  async purge({ q, t }: Tx, before: number): Promise<void> {
    await q.delete(t.inbox).where(lt(t.inbox.receivedAt, before));
  },
};
