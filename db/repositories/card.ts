import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import type { livingCards } from '../schema/sqlite.ts';

export type CardRow = typeof livingCards.$inferSelect;
export type NewCard = typeof livingCards.$inferInsert;
export type CardSubject = CardRow['subject'];

export const cardReads = {
  async byId({ q, t }: Tx, id: number): Promise<CardRow | undefined> {
    return (await q.select().from(t.livingCards).where(eq(t.livingCards.id, id)))[0];
  },

  async byMessage({ q, t }: Tx, messageId: string): Promise<CardRow | undefined> {
    return (await q.select().from(t.livingCards).where(eq(t.livingCards.messageId, messageId)))[0];
  },

  /** The cards that follow the subject now, oldest first. */
  async living({ q, t }: Tx, of: { subject: CardSubject; subjectId: number }): Promise<CardRow[]> {
    return q
      .select()
      .from(t.livingCards)
      .where(
        and(
          eq(t.livingCards.subject, of.subject),
          eq(t.livingCards.subjectId, of.subjectId),
          isNull(t.livingCards.retiredAt),
        ),
      )
      .orderBy(asc(t.livingCards.id));
  },
};

export const cardWrites = {
  /**
   * Until the transaction ends nobody else places a card of the subject, so that a chat never gets two of them. The subject
   * itself is held: there may be no card yet.
   */
  async lockSubject({ q, t, forUpdate }: Tx, of: { subject: CardSubject; subjectId: number }): Promise<void> {
    const table = { case: t.cases, report: t.monthlyReports, application: t.agents }[of.subject];
    await forUpdate(q.select({ id: table.id }).from(table).where(eq(table.id, of.subjectId)));
  },

  async insert({ q, t }: Tx, card: NewCard): Promise<CardRow> {
    const [row] = await q.insert(t.livingCards).values(card).returning();
    if (!row) throw new Error('insert into living_cards returned no row');
    return row;
  },

  async posted(
    { q, t }: Tx,
    change: { id: number; messageId: string; postedAt: number; postedAtCount: number },
  ): Promise<void> {
    const { id, ...set } = change;
    await q.update(t.livingCards).set(set).where(eq(t.livingCards.id, id));
  },

  async retire({ q, t }: Tx, change: { id: number; at: number }): Promise<void> {
    await q.update(t.livingCards).set({ retiredAt: change.at }).where(eq(t.livingCards.id, change.id));
  },
};
