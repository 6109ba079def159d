import { eq, sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { prepared } from '../prepared.ts';
import type { chats } from '../schema/sqlite.ts';

export type ChatRow = typeof chats.$inferSelect;

const selectById = prepared(({ q, t }) =>
  q
    .select()
    .from(t.chats)
    .where(eq(t.chats.chatId, sql.placeholder('chatId')))
    .prepare(),
);

export const chatReads = {
  async byId(tx: Tx, chatId: string): Promise<ChatRow | undefined> {
    return (await selectById(tx).execute({ chatId }))[0];
  },
};

export const chatWrites = {
  /** Notes that the bot is in the chat; a name of '' leaves the known one. */
  async joined({ q, t }: Tx, chat: { chatId: string; mode: ChatRow['mode']; name: string }): Promise<void> {
    await q
      .insert(t.chats)
      .values({ ...chat, joined: true })
      .onConflictDoUpdate({
        target: t.chats.chatId,
        set: chat.name === '' ? { joined: true } : { joined: true, name: chat.name },
      });
  },

  async greeted({ q, t }: Tx, change: { chatId: string; at: number }): Promise<void> {
    await q.update(t.chats).set({ greetedAt: change.at }).where(eq(t.chats.chatId, change.chatId));
  },

  async left({ q, t }: Tx, chatId: string): Promise<void> {
    await q.update(t.chats).set({ joined: false }).where(eq(t.chats.chatId, chatId));
  },

  /** One more message stands in the chat. */
  async count({ q, t }: Tx, chatId: string): Promise<void> {
    await q
      .update(t.chats)
      .set({ messageCount: sql`${t.chats.messageCount} + 1` })
      .where(eq(t.chats.chatId, chatId));
  },
};
