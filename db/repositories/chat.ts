import { and, asc, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Tables, Tx } from '../database.ts';
import { prepared, preparedForList } from '../prepared.ts';

export type ChatRow = Tables['chats']['$inferSelect'];
type NamedChat = Pick<ChatRow, 'chatId' | 'mode' | 'name'> & Partial<Pick<ChatRow, 'privateChatId'>>;

const upsertHeard = prepared(({ q, t }) =>
  q
    .insert(t.chats)
    .values({
      chatId: sql.placeholder('chatId'),
      mode: sql.placeholder('mode'),
      privateChatId: sql.placeholder('privateChatId'),
      name: '',
      joined: true,
    })
    .onConflictDoUpdate({
      target: t.chats.chatId,
      set: {
        joined: true,
        privateChatId: sql`excluded.private_chat_id`,
      },
    })
    .prepare(),
);

export const chatReads = {
  /** Those of the chats that are known, in no order. */
  byIds: preparedForList(({ q, t }, chatIds) =>
    q.select().from(t.chats).where(inArray(t.chats.chatId, chatIds)).prepare(),
  ),

  /** The private chats' own ids, of those on the staff and of those who want to be, where something came from the chat before. */
  async privateOfStaff({ q, t }: Tx): Promise<string[]> {
    const { chatId, privateChatId } = t.chats;
    const { openId, status, id } = t.agents;
    const rows = await q
      .select({ privateChatId })
      .from(t.agents)
      .innerJoin(t.chats, eq(chatId, openId))
      .where(and(inArray(status, ['active', 'pending']), isNotNull(privateChatId)))
      .orderBy(asc(id));
    return rows.flatMap((row) => row.privateChatId ?? []);
  },

  /** The groups that the bot is in. */
  async joinedGroups({ q, t }: Tx): Promise<string[]> {
    const { chatId, mode, joined } = t.chats;
    const rows = await q
      .select({ chatId })
      .from(t.chats)
      .where(and(eq(mode, 'group'), eq(joined, true)))
      .orderBy(asc(chatId));
    return rows.map((row) => row.chatId);
  },

  async byId({ q, t }: Tx, chatId: string): Promise<ChatRow | undefined> {
    return (await q.select().from(t.chats).where(eq(t.chats.chatId, chatId)))[0];
  },
};

export const chatWrites = {
  /** Notes that the bot is in the chat; a name of '' leaves the known one. */
  async joined({ q, t }: Tx, chat: NamedChat): Promise<void> {
    const { chatId, mode, name, privateChatId = null } = chat;
    const set = { joined: true, privateChatId, ...(name === '' ? {} : { name }) };
    await q
      .insert(t.chats)
      .values({ chatId, mode, name, privateChatId, joined: true })
      .onConflictDoUpdate({ target: t.chats.chatId, set });
  },

  async greeted(tx: Tx, change: { chatId: string; at: number }): Promise<void> {
    const { q, t } = tx;
    await q.update(t.chats).set({ greetedAt: change.at }).where(eq(t.chats.chatId, change.chatId));
  },

  async renamed({ q, t }: Tx, { chatId, name }: Pick<ChatRow, 'chatId' | 'name'>): Promise<void> {
    await q.update(t.chats).set({ name }).where(eq(t.chats.chatId, chatId));
  },

  async left(tx: Tx, chatId: string): Promise<void> {
    const { q, t } = tx;
    await q.update(t.chats).set({ joined: false }).where(eq(t.chats.chatId, chatId));
  },

  /** Somebody said something in the chat, so the bot is in it. */
  async heard(tx: Tx, chat: Pick<ChatRow, 'chatId' | 'mode' | 'privateChatId'>): Promise<void> {
    await upsertHeard(tx).execute(chat);
  },
};
