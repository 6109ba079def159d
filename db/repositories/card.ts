import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Tables, Tx } from '../database.ts';
import { prepared, preparedForRows } from '../prepared.ts';

export type CardRow = Tables['livingCards']['$inferSelect'];
/** `leftChat`: the bot has been taken out of the group where it stands. */
export type FollowingCard = CardRow & { readonly leftChat: boolean };
export type NewCard = Tables['livingCards']['$inferInsert'];
export type CardSubject = CardRow['subject'];

const selectLiving = prepared(({ q, t }) =>
  q
    .select({ card: t.livingCards, joined: t.chats.joined })
    .from(t.livingCards)
    .leftJoin(t.chats, eq(t.chats.chatId, t.livingCards.target))
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

const selectByMessage = prepared(({ q, t }) =>
  q
    .select()
    .from(t.livingCards)
    .where(eq(t.livingCards.messageId, sql.placeholder('messageId')))
    .prepare(),
);

const insertRows = preparedForRows<NewCard>()(({ q, t }, rows) =>
  q.insert(t.livingCards).values(rows).returning().prepare(),
);

interface Posted {
  readonly id: number;
  readonly messageId: string;
  readonly postedAt: number;
}

export const cardReads = {
  async byId({ q, t }: Tx, id: number): Promise<CardRow | undefined> {
    return (await q.select().from(t.livingCards).where(eq(t.livingCards.id, id)))[0];
  },

  async byMessage(tx: Tx, messageId: string): Promise<CardRow | undefined> {
    return (await selectByMessage(tx).execute({ messageId }))[0];
  },

  /** What follows in somebody's private chat. */
  async privateOf({ q, t }: Tx, agentId: number): Promise<CardRow[]> {
    return q
      .select()
      .from(t.livingCards)
      .where(and(eq(t.livingCards.agentId, agentId), isNull(t.livingCards.retiredAt)))
      .orderBy(asc(t.livingCards.id));
  },

  /** The cards that follow the subject now, oldest first. */
  async living(tx: Tx, request: { subject: CardSubject; subjectId: number }): Promise<FollowingCard[]> {
    const found = await selectLiving(tx).execute(request);
    return found.map(({ card, joined }) => ({ ...card, leftChat: joined === false }));
  },
};

export const cardWrites = {
  /**
   * Until the transaction ends nobody else places a card of the subject, so that a chat never gets two of them. The subject
   * itself is held: there may be no card yet.
   */
  async lockSubject(
    { q, t, hold }: Tx,
    { subject, subjectId }: { subject: CardSubject; subjectId: number },
  ): Promise<void> {
    const table = {
      case: t.cases,
      report: t.monthlyReports,
      application: t.agents,
      papers: t.paperRounds,
      upkeep: t.agents,
      bulletin: t.bulletins,
      import: t.imports,
    }[subject];
    await hold(() => q.select({ id: table.id }).from(table).where(eq(table.id, subjectId)));
  },

  /** The new cards as they are kept, in no order. */
  async insert(tx: Tx, cards: readonly NewCard[]): Promise<CardRow[]> {
    const [first, ...rest] = cards;
    if (!first) return [];
    const { query, values } = insertRows(tx, [first, ...rest]);
    return query.execute(values);
  },

  async posted({ q, t }: Tx, { id, ...set }: Posted): Promise<void> {
    await q.update(t.livingCards).set(set).where(eq(t.livingCards.id, id));
  },

  /** Retires what follows in somebody's private chat; returns it. */
  async retirePrivate({ q, t }: Tx, change: { agentId: number; at: number }): Promise<CardRow[]> {
    return q
      .update(t.livingCards)
      .set({ retiredAt: change.at })
      .where(and(eq(t.livingCards.agentId, change.agentId), isNull(t.livingCards.retiredAt)))
      .returning();
  },

  async retire({ q, t }: Tx, change: { ids: readonly number[]; at: number }): Promise<void> {
    if (change.ids.length === 0) return;
    await q
      .update(t.livingCards)
      .set({ retiredAt: change.at })
      .where(inArray(t.livingCards.id, [...change.ids]));
  },
};
