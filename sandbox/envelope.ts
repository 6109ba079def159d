/** Event and callback envelopes of schema 2.0, and what a callback may be answered with. */
import * as z from 'zod';
import { unionId } from './api/views.ts';
import type { ChatRecord, MessageRecord, World } from './world.ts';

export interface Envelope {
  readonly schema: '2.0';
  readonly header: {
    readonly event_id: string;
    readonly event_type: string;
    readonly create_time: string;
    readonly token: string;
    readonly app_id: string;
    readonly tenant_key: string;
  };
  readonly event: Readonly<Record<string, unknown>>;
}

/** Whose events these are. */
export interface Identity {
  readonly appId: string;
  readonly tenantKey: string;
  readonly verificationToken: string;
}

/** What a pressed component reports. */
export interface PressedAction {
  readonly tag: string;
  readonly name?: string;
  readonly value?: unknown;
  readonly option?: string;
  readonly checked?: boolean;
  readonly input_value?: string;
  readonly form_value?: Readonly<Record<string, string | readonly string[] | boolean>>;
}

interface GroupChange {
  readonly chat: ChatRecord;
  readonly operator: string;
}

export class Envelopes {
  readonly #world: World;
  readonly #identity: Identity;

  constructor(world: World, identity: Identity) {
    this.#world = world;
    this.#identity = identity;
  }

  /** `im.message.receive_v1` for a message a person wrote. */
  message(message: MessageRecord): Envelope {
    const chat = this.#world.chats.get(message.chatId);
    const { tenantKey } = this.#identity;
    return this.#wrap('im.message.receive_v1', {
      sender: { sender_id: ids(message.senderOpenId ?? ''), sender_type: 'user', tenant_key: tenantKey },
      message: {
        message_id: message.messageId,
        ...(message.parentId === undefined ? {} : { root_id: message.rootId, parent_id: message.parentId }),
        create_time: String(message.createdAt),
        update_time: String(message.updatedAt),
        chat_id: message.chatId,
        chat_type: chat?.mode ?? 'group',
        message_type: message.msgType,
        content: message.content,
        ...(message.mentions.length === 0
          ? {}
          : {
              mentions: message.mentions.map(({ key, openId, name }) => ({
                key,
                id: ids(openId),
                name,
                tenant_key: tenantKey,
              })),
            }),
      },
    });
  }

  /** The bot came into a group or left it. */
  botMembership(type: 'added' | 'deleted', change: GroupChange): Envelope {
    return this.#wrap(`im.chat.member.bot.${type}_v1`, this.#group(change));
  }

  /** A group is dissolved. */
  disbanded(change: GroupChange): Envelope {
    return this.#wrap('im.chat.disbanded_v1', this.#group(change));
  }

  /** A group has another name than before. */
  renamed(change: GroupChange & { before: string }): Envelope {
    const { name: _, i18n_names: __, ...group } = this.#group(change);
    const [before, after] = [change.before, change.chat.name].map((name) => ({ name, i18n_names: { zh_cn: name } }));
    return this.#wrap('im.chat.updated_v1', { ...group, before_change: before, after_change: after });
  }

  #group({ chat, operator }: GroupChange) {
    return {
      chat_id: chat.chatId,
      operator_id: ids(operator),
      external: false,
      operator_tenant_key: this.#identity.tenantKey,
      name: chat.name,
      i18n_names: { zh_cn: chat.name },
    };
  }

  /** A person opened the private chat with the bot. */
  chatEntered(chat: ChatRecord, openId: string): Envelope {
    const last = this.#world.messagesOf(chat.chatId).at(-1);
    return this.#wrap('im.chat.access_event.bot_p2p_chat_entered_v1', {
      chat_id: chat.chatId,
      operator_id: ids(openId),
      last_message_id: last?.messageId ?? '',
      last_message_create_time: last === undefined ? '' : String(last.createdAt),
    });
  }

  /** `card.action.trigger`; its create_time is in microseconds, and the callback has a token of its own. */
  action(press: { message: MessageRecord; operator: string; action: PressedAction }): Envelope {
    const envelope = this.#wrap('card.action.trigger', {
      operator: { ...ids(press.operator), tenant_key: this.#identity.tenantKey },
      token: this.#world.newId('c').replace('_', '-'),
      action: { ...press.action, timezone: 'Asia/Shanghai' },
      host: 'im_message',
      context: { open_message_id: press.message.messageId, open_chat_id: press.message.chatId },
    });
    return { ...envelope, header: { ...envelope.header, create_time: `${this.#world.clock.now()}000` } };
  }

  /** The same event again under an id of its own. */
  again(envelope: Envelope): Envelope {
    return { ...envelope, header: { ...envelope.header, event_id: this.#world.newId('ev') } };
  }

  #wrap(type: string, event: Readonly<Record<string, unknown>>): Envelope {
    return {
      schema: '2.0',
      header: {
        event_id: this.#world.newId('ev'),
        event_type: type,
        create_time: String(this.#world.clock.now()),
        token: this.#identity.verificationToken,
        app_id: this.#identity.appId,
        tenant_key: this.#identity.tenantKey,
      },
      event,
    };
  }
}

/** `user_id` is absent: it takes a scope of its own. */
function ids(openId: string): { open_id: string; union_id: string } {
  return { open_id: openId, union_id: unionId(openId) };
}

const toast = z.strictObject({
  type: z.enum(['info', 'success', 'error', 'warning']).optional(),
  content: z.string(),
  i18n: z.record(z.string(), z.string()).optional(),
});
const rawCard = z.strictObject({ type: z.literal('raw'), data: z.record(z.string(), z.unknown()) });

/** The answer of a bot to a pressed button; an empty object changes nothing. */
export const callbackAnswer = z.strictObject({ toast: toast.optional(), card: rawCard.optional() });
export type CallbackAnswer = z.infer<typeof callbackAnswer>;
