/** How the platform shows its records in answers. */
import { messageText } from '../text.ts';
import type { ChatRecord, MessageRecord, PersonRecord } from '../world.ts';
import type { ApiContext } from './answer.ts';

/** A message; a card comes in the platform's simplified form unless the raw one is asked for. */
export function messageView(
  context: ApiContext,
  options: { message: MessageRecord; rawCard: boolean },
): Record<string, unknown> {
  const { message, rawCard } = options;
  const sender =
    message.senderOpenId === undefined
      ? { id: context.appId, id_type: 'app_id', sender_type: 'app' }
      : { id: message.senderOpenId, id_type: 'open_id', sender_type: 'user' };
  return {
    message_id: message.messageId,
    ...(message.parentId === undefined ? {} : { root_id: message.rootId, parent_id: message.parentId }),
    msg_type: message.msgType,
    create_time: String(message.createdAt),
    update_time: String(message.updatedAt),
    deleted: message.recalled,
    updated: message.updated,
    chat_id: message.chatId,
    sender: { ...sender, tenant_key: context.tenantKey },
    body: { content: message.msgType === 'interactive' && !rawCard ? simplified(message) : message.content },
    mentions: message.mentions.map((mention) => ({
      key: mention.key,
      id: mention.openId,
      id_type: 'open_id',
      name: mention.name,
      tenant_key: context.tenantKey,
    })),
  };
}

/** A chat in the list of chats. */
export function chatListView(context: ApiContext, chat: ChatRecord): Record<string, unknown> {
  return {
    chat_id: chat.chatId,
    avatar: '',
    name: chat.name,
    description: '',
    external: false,
    tenant_key: context.tenantKey,
    chat_status: chat.dissolved ? 'dissolved' : 'normal',
  };
}

/** One chat asked for by id: no chat_id in it, counts as strings, less when the bot is not a member. */
export function chatView(context: ApiContext, chat: ChatRecord): Record<string, unknown> {
  const public_ = {
    name: chat.name,
    avatar: '',
    user_count: String(chat.members.length),
    bot_count: chat.hasBot ? '1' : '0',
    chat_status: chat.dissolved ? 'dissolved' : 'normal',
  };
  if (!chat.hasBot) return public_;
  return {
    ...public_,
    description: '',
    chat_mode: chat.mode,
    chat_type: 'private',
    external: false,
    tenant_key: context.tenantKey,
  };
}

/** A person in the contacts, with the fields an app gets by the basic scopes. */
export function userView(person: PersonRecord): Record<string, unknown> {
  return {
    open_id: person.openId,
    union_id: unionId(person.openId),
    name: person.name,
    en_name: '',
    status: { is_frozen: false, is_resigned: false, is_activated: true, is_exited: false, is_unjoin: false },
  };
}

/** The id of a person that is the same for all apps of a vendor. */
export function unionId(openId: string): string {
  return openId.replace(/^ou_/, 'on_');
}

function simplified(message: MessageRecord): string {
  const [title = '', ...lines] = messageText(message).split('\n');
  return JSON.stringify({ title, elements: lines.map((text) => [{ tag: 'text', text }]) });
}
