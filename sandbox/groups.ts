/** What people do with groups, and what the platform tells the bot of it. */
import type { Person, PersonContext } from './person.ts';
import type { ChatRecord } from './world.ts';

export interface GroupLife {
  /** Puts the bot into a group; resolves when the event was acknowledged. */
  addBot(chat: ChatRecord, by: Person): Promise<void>;
  removeBot(chat: ChatRecord, by: Person): Promise<void>;
  /** Opens a group with the bot in it; who opens it is a member. */
  open(by: Person, group: { readonly name: string; readonly members: readonly Person[] }): Promise<ChatRecord>;
  disband(chat: ChatRecord, by: Person, how?: { keepsHistory?: boolean }): Promise<void>;
  rename(chat: ChatRecord, by: Person, name: string): Promise<void>;
}

export function groupLife({ world, push, envelopes }: PersonContext): GroupLife {
  async function changeBot(type: 'added' | 'deleted', change: { chat: ChatRecord; by: Person }): Promise<ChatRecord> {
    const chat = world.changeChat(change.chat.chatId, { hasBot: type === 'added' });
    await push.event(envelopes.botMembership(type, { chat, operator: change.by.openId }));
    return chat;
  }

  return {
    async addBot(chat, by) {
      await changeBot('added', { chat, by });
    },
    async removeBot(chat, by) {
      await changeBot('deleted', { chat, by });
    },
    open(by, { name, members }) {
      const openIds = [...new Set([by, ...members].map(({ openId }) => openId))];
      return changeBot('added', { chat: world.addGroup({ name, members: openIds, hasBot: false }), by });
    },
    async disband({ chatId }, by, { keepsHistory = false } = {}) {
      const chat = world.changeChat(chatId, { dissolved: true });
      if (chat.hasBot && !keepsHistory) await push.event(envelopes.disbanded({ chat, operator: by.openId }));
    },
    async rename({ chatId, name: before }, by, name) {
      const chat = world.changeChat(chatId, { name });
      if (chat.hasBot) await push.event(envelopes.renamed({ chat, before, operator: by.openId }));
    },
  };
}
