/** Turns a verified, decrypted delivery into an `Inbound`: the only place that knows the shape of the platform's events. */
import type { z } from 'zod';
import {
  type ActionEvent,
  actionEventSchema,
  botAddedEventSchema,
  botRemovedEventSchema,
  chatEnteredEventSchema,
  chatUpdatedEventSchema,
  envelopeSchema,
  type FormField,
  type MessageEvent,
  messageEventSchema,
  personLeftEventSchema,
  senderTypeSchema,
} from './events.ts';
import { readText } from './message-text.ts';
import type { Inbound, InboundAction, InboundMessage } from './port.ts';
import { parse, Unreadable } from './unreadable.ts';

/** Event types we ask the platform for; everything else is ignored. */
export const eventTypes = {
  message: 'im.message.receive_v1',
  action: 'card.action.trigger',
  botAdded: 'im.chat.member.bot.added_v1',
  botRemoved: 'im.chat.member.bot.deleted_v1',
  chatDisbanded: 'im.chat.disbanded_v1',
  chatUpdated: 'im.chat.updated_v1',
  personLeft: 'contact.user.deleted_v3',
  chatEntered: 'im.chat.access_event.bot_p2p_chat_entered_v1',
} as const;

/** What reading needs to know beyond the delivery itself. */
export interface ReadingContext {
  /** The bot's own open_id; undefined until the platform has told it. */
  readonly botOpenId: string | undefined;
}

/**
 * Reads one delivery. undefined: nothing for us (an event type nobody asked for, or a message of an app, ours included).
 * Throws `Unreadable` when a field we need is missing or is not what the platform documents.
 */
export function readEnvelope(envelope: unknown, context: ReadingContext): Inbound | undefined {
  const { header, event } = parse(envelopeSchema, envelope, {});
  const about = { eventId: header.event_id, eventType: header.event_type };
  const read = <Schema extends z.ZodType>(schema: Schema): z.output<Schema> => parse(schema, event, about);
  const eventId = header.event_id;
  switch (header.event_type) {
    case eventTypes.message:
      if (read(senderTypeSchema).sender.sender_type !== 'user') return undefined;
      try {
        return readMessage(eventId, read(messageEventSchema), context);
      } catch (error) {
        throw error instanceof Unreadable ? error.about(about) : error;
      }
    case eventTypes.action:
      return readAction(eventId, read(actionEventSchema));
    case eventTypes.botAdded: {
      const { chat_id: chatId, name, operator_id: operator } = read(botAddedEventSchema);
      return { kind: 'botAdded', eventId, chatId, chatName: name ?? '', openId: operator?.open_id ?? undefined };
    }
    case eventTypes.botRemoved:
    case eventTypes.chatDisbanded:
      return { kind: 'botRemoved', eventId, chatId: read(botRemovedEventSchema).chat_id };
    case eventTypes.chatUpdated: {
      const { chat_id: chatId, after_change: change } = read(chatUpdatedEventSchema);
      return change?.name ? { kind: 'chatRenamed', eventId, chatId, chatName: change.name } : undefined;
    }
    case eventTypes.personLeft:
      return { kind: 'personLeft', eventId, openId: read(personLeftEventSchema).object.open_id };
    case eventTypes.chatEntered: {
      const { chat_id: chatId, operator_id: operator } = read(chatEnteredEventSchema);
      return { kind: 'chatEntered', eventId, chatId, openId: operator.open_id };
    }
    default:
      return undefined;
  }
}

function readMessage(eventId: string, event: MessageEvent, context: ReadingContext): InboundMessage {
  const { message } = event;
  const chatType = message.chat_type === 'p2p' ? 'p2p' : 'group';
  const read = readText(message, context.botOpenId);
  return {
    kind: 'message',
    eventId,
    messageId: message.message_id,
    chatId: message.chat_id,
    chatType,
    openId: event.sender.sender_id.open_id,
    text: read.text,
    mentionsBot: chatType === 'p2p' || read.mentionsBot,
    isText: read.isText,
  };
}

function readAction(eventId: string, event: ActionEvent): InboundAction {
  return {
    kind: 'action',
    eventId,
    messageId: event.context.open_message_id,
    chatId: event.context.open_chat_id,
    openId: event.operator.open_id,
    value: event.action.value,
    form: readForm(event.action.form_value ?? {}),
    ...(event.action.option ? { option: event.action.option } : {}),
  };
}

/** An optional field left empty may be missing, null, '' or []: all become absent. */
function readForm(fields: Readonly<Record<string, FormField>>): InboundAction['form'] {
  const form: Record<string, string | readonly string[] | boolean> = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = typeof field === 'number' ? String(field) : field;
    if (value === null) continue;
    if (typeof value === 'string' && value.trim() === '') continue;
    const filled = Array.isArray(value) ? value.filter((entry) => entry.trim() !== '') : value;
    if (Array.isArray(filled) && filled.length === 0) continue;
    form[name] = filled;
  }
  return form;
}
