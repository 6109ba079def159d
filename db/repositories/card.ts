import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Tables, Tx } from '../database.ts';
import { prepared } from '../prepared.ts';

export type CardRow = Tables['livingCards']['$inferSelect'];
export type NewCard = Tables['livingCards']['$inferInsert'];
export type CardSubject = CardRow['subject'];

const selectLiving = prepared(({ q, t }) =>
  q
    .select()
    .from(t.livingCards)
    .where(
      and(
        eq(t.livingCards.subject, sql.placeholder('subject')),
        eq(t.livingCards.subjectId, sql.placeholder('subjectId')),
        isNull(t.livingCards.retiredAt),
      ),
    )
    .orderBy(asc(t.livingCards.id))
    .prepare(),
);

const selectById = prepared(({ q, t }) =>
  q
    .select()
    .from(t.livingCards)
    .where(eq(t.livingCards.id, sql.placeholder('id')))
    .prepare(),
);

const selectByMessage = prepared(({ q, t }) =>
  q
    .select()
    .from(t.livingCards)
    .where(eq(t.livingCards.messageId, sql.placeholder('messageId')))
    .prepare(),
);

interface Posted {
  readonly id: number;
  readonly messageId: string;
  readonly postedAt: number;
  readonly postedAtCount: number;
}

export const cardReads = {
  async byId(tx: Tx, id: number): Promise<CardRow | undefined> {
    return (await selectById(tx).execute({ id }))[0];
  },

  async byMessage(tx: Tx, messageId: string): Promise<CardRow | undefined> {
    return (await selectByMessage(tx).execute({ messageId }))[0];
  },

  /** The cards that follow the subject now, oldest first. */
  async living(tx: Tx, of: { subject: CardSubject; subjectId: number }): Promise<CardRow[]> {
    return selectLiving(tx).execute(of);
  },
};

export const cardWrites = {
  /**
   * Until the transaction ends nobody else places a card of the subject, so that a chat never gets two of them. The subject
   * itself is held: there may be no card yet.
   */
  async lockSubject({ q, t, hold }: Tx, of: { subject: CardSubject; subjectId: number }): Promise<void> {
    const table = { case: t.cases, report: t.monthlyReports, application: t.agents }[of.subject];
    await hold(() => q.select({ id: table.id }).from(table).where(eq(table.id, of.subjectId)));
  },

  async insert({ q, t }: Tx, card: NewCard): Promise<CardRow> {
    const [row] = await q.insert(t.livingCards).values(card).returning();
    if (!row) throw new Error('insert into living_cards returned no row');
    return row;
  },

  async posted({ q, t }: Tx, { id, ...set }: Posted): Promise<void> {
    await q.update(t.livingCards).set(set).where(eq(t.livingCards.id, id));
  },

  async retire({ q, t }: Tx, change: { id: number; at: number }): Promise<void> {
    await q.update(t.livingCards).set({ retiredAt: change.at }).where(eq(t.livingCards.id, change.id));
  },
};
