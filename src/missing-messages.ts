/** What people wrote and the inbox does not know, by the lists of their chats. */
import { inboxReads } from '../db/repositories/inbox.ts';
import type { Parts } from './ctx.ts';
import { createDeliver } from './lark/deliver.ts';
import { NO_SCOPE } from './lark/errors.ts';
import { type ListedChat, type ListedMessage, listedEventId, type MessageHistory } from './lark/history.ts';
import { type Entrance, LarkError } from './lark/port.ts';
import { requestLog } from './lark/request.ts';

export interface MissingMessagesOptions extends Pick<Parts, 'db' | 'clock' | 'log'> {
  readonly history: MessageHistory;
  readonly botOpenId: () => string | undefined;
  readonly entrance: Entrance;
}

export interface MissingMessages {
  /**
   * What people wrote to the bot in the chat since then (ms), at most 24 hours back, and the inbox does not know, oldest first. Of a chat
   * that cannot be read there is nothing. Rejects with a `LarkError` that may pass (`later`, `quota`).
   */
  find(chat: ListedChat, since: number): Promise<ListedMessage[]>;
  /** Deals with them as if they had just been delivered; returns how many there were. Rejects with `DeliveryFailed`. */
  take(found: readonly ListedMessage[]): Promise<number>;
  /** The private chat that was asked for last was refused because the app lacks a scope: the others are as well. */
  isDenied(): boolean;
}

/** Whoever got no answer for a day has long asked again, or somebody else. */
export const BACK_MAX_MS = 24 * 3_600_000;
const KEYS_AT_ONCE = 200;

export function createMissingMessages(options: MissingMessagesOptions): MissingMessages {
  const { db, clock, log, history, botOpenId, entrance } = options;
  let isDenied = false;

  async function listOf(chat: ListedChat, from: number): Promise<ListedMessage[]> {
    try {
      const messages = await history.list(chat, from);
      if (chat.chatType === 'p2p') isDenied = false;
      return messages;
    } catch (error) {
      if (!(error instanceof LarkError)) throw error;
      const lacksScope = error.code === NO_SCOPE;
      if (!lacksScope && (error.failure === 'later' || error.failure === 'quota')) throw error;
      if (chat.chatType === 'p2p') isDenied = lacksScope;
      log.warn({ chatId: chat.chatId, reason: error.message }, 'a chat cannot be looked through');
      return [];
    }
  }

  /** In groups the platform delivers nothing else. */
  function isForBot({ chatType }: ListedChat): (message: ListedMessage) => boolean {
    if (chatType === 'p2p') return () => true;
    const bot = botOpenId();
    if (bot === undefined) throw new LarkError('later', 'the bot does not know its own open_id yet');
    return ({ mentioned }) => mentioned.includes(bot);
  }

  async function knownOf(listed: readonly ListedMessage[]): Promise<Set<string>> {
    const known = new Set<string>();
    for (let start = 0; start < listed.length; start += KEYS_AT_ONCE) {
      const keys = listed.slice(start, start + KEYS_AT_ONCE).flatMap(keysOf);
      for (const key of await db.read((tx) => inboxReads.known(tx, keys))) known.add(key);
    }
    return known;
  }

  return {
    async find(chat, since) {
      const from = Math.max(since, clock.now() - BACK_MAX_MS);
      const isWanted = isForBot(chat);
      // The list begins with a whole second.
      const listed = (await listOf(chat, from)).filter((one) => one.createdAt >= from && isWanted(one));
      const known = await knownOf(listed);
      const isKnown = (one: ListedMessage) => keysOf(one).some((key) => known.has(key));
      return listed.filter((one) => !isKnown(one)).sort((one, other) => one.createdAt - other.createdAt);
    },
    async take(found) {
      const writtenAt = new Map(found.map(({ messageId, createdAt }) => [messageId, createdAt]));
      const begun = new Set<string>();
      const deliver = createDeliver({
        ...entrance,
        botOpenId,
        receive(inbound, arrival) {
          const at = inbound.kind === 'message' ? writtenAt.get(inbound.messageId) : undefined;
          if (inbound.kind !== 'message' || at === undefined) return entrance.receive(inbound, arrival);
          const late = { writtenAt: at, isFirst: !begun.has(inbound.chatId) };
          begun.add(inbound.chatId);
          return entrance.receive({ ...inbound, late }, arrival);
        },
      });
      for (const { envelope } of found) await deliver(envelope, { log: requestLog(log) });
      return found.length;
    },
    isDenied: () => isDenied,
  };
}

/** As the entrance keeps it: dealt with, or found here before and not to be read. */
function keysOf({ messageId }: ListedMessage): string[] {
  return [`message:${messageId}`, `unreadable:${listedEventId(messageId)}`];
}
