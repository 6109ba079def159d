/**
 * What was written in a chat, as the platform lists it: for messages whose delivery did not come. Presses of buttons are listed
 * nowhere. https://open.feishu.cn/document/server-docs/im-v1/message/list
 */
import * as z from 'zod';
import { isId } from './ids.ts';
import { eventTypes } from './inbound.ts';
import { LarkError } from './port.ts';

/** What somebody wrote, in the shape in which it would have been delivered. */
export interface ListedMessage {
  readonly messageId: string;
  /** When it was written, by the platform's clock (ms). */
  readonly createdAt: number;
  readonly envelope: unknown;
  /** Open ids of those who are mentioned in it. */
  readonly mentioned: readonly string[];
}

export interface ListedChat {
  readonly chatId: string;
  readonly chatType: 'p2p' | 'group';
}

export interface MessageHistory {
  /**
   * What people wrote in the chat since then (ms) and have not recalled, oldest first, the first 500 messages at most. Rejects with
   * `LarkError`; 230027 or 99991672 where the tenant does not let the app read it.
   */
  list(chat: ListedChat, since: number): Promise<ListedMessage[]>;
  /** Whether the tenant lets the app read what is written in groups. Rejects with `LarkError`. */
  readsGroups(): Promise<boolean>;
  /** How many calls of the platform that were since it was asked last. */
  takeCalls(): number;
}

/** By it private chats are listed. */
export const LIST_SCOPE = 'im:message:readonly';
/** A scope that is not asked for: with it the app gets whatever anybody writes in its groups. */
const GROUP_SCOPE = 'im:message.group_msg';
/** As many as the platform gives at once. */
const PAGE_SIZE = 50;
const PAGES_MAX = 10;

const pageSchema = z.object({
  data: z.object({
    items: z.array(z.unknown()).nullish(),
    has_more: z.boolean().optional(),
    page_token: z.string().optional(),
  }),
});

const itemSchema = z.object({
  message_id: z.string().refine((id) => isId(id, 'om')),
  root_id: z.string().nullish(),
  parent_id: z.string().nullish(),
  msg_type: z.string(),
  create_time: z.coerce.number(),
  deleted: z.boolean().nullish(),
  sender: z.object({ id: z.string(), id_type: z.literal('open_id'), sender_type: z.literal('user') }),
  body: z.object({ content: z.string() }),
  mentions: z.array(z.object({ key: z.string(), id: z.string(), name: z.string().nullish() })).nullish(),
});

/** @param get one call of the API with its token; rejects with `LarkError`. */
export function createHistory({
  get,
  grantedScopes,
}: {
  readonly get: (path: string, params: Record<string, string>) => Promise<unknown>;
  readonly grantedScopes: () => Promise<ReadonlySet<string>>;
}): MessageHistory {
  let calls = 0;
  return {
    takeCalls() {
      const made = calls;
      calls = 0;
      return made;
    },
    async list(chat, since) {
      if (!isId(chat.chatId, 'oc')) throw new LarkError('broken', 'not a chat id');
      const found: ListedMessage[] = [];
      let pageToken: string | undefined;
      for (let page = 0; page < PAGES_MAX; page++) {
        calls += 1;
        const answer = await get('/open-apis/im/v1/messages', {
          container_id_type: 'chat',
          container_id: chat.chatId,
          start_time: String(Math.floor(since / 1000)),
          sort_type: 'ByCreateTimeAsc',
          page_size: String(PAGE_SIZE),
          ...(pageToken === undefined ? {} : { page_token: pageToken }),
        });
        const parsed = pageSchema.safeParse(answer);
        if (!parsed.success) throw new LarkError('later', 'the platform gave no list of messages');
        const { items, has_more: hasMore, page_token: next } = parsed.data.data;
        found.push(...(items ?? []).flatMap((item) => asDelivered(item, chat)));
        if (!hasMore || !next) break;
        pageToken = next;
      }
      return found;
    },
    async readsGroups() {
      calls += 1;
      return (await grantedScopes()).has(GROUP_SCOPE);
    },
  };
}

/** Nothing for what an app wrote, the system said, or somebody recalled, and for what cannot be read. */
function asDelivered(item: unknown, { chatId, chatType }: ListedChat): ListedMessage[] {
  const parsed = itemSchema.safeParse(item);
  if (!parsed.success || parsed.data.deleted) return [];
  const { message_id: messageId, sender, body, ...message } = parsed.data;
  const mentions = (message.mentions ?? []).map(({ key, id, name }) => ({ key, name, id: { open_id: id } }));
  const envelope = {
    header: { event_id: listedEventId(messageId), event_type: eventTypes.message },
    event: {
      sender: { sender_id: { open_id: sender.id }, sender_type: 'user' },
      message: {
        message_id: messageId,
        chat_id: chatId,
        chat_type: chatType,
        message_type: message.msg_type,
        content: body.content,
        root_id: message.root_id,
        parent_id: message.parent_id,
        mentions,
      },
    },
  };
  const mentioned = mentions.map(({ id }) => id.open_id);
  return [{ messageId, createdAt: message.create_time, envelope, mentioned }];
}

/** In place of the number that its delivery would have had. */
export function listedEventId(messageId: string): string {
  return `listed:${messageId}`;
}
