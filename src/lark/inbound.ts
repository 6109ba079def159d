/** Turns a verified, decrypted delivery into an `Inbound`: the only place that knows the shape of the platform's events. */
import type { z } from 'zod';
import {
  type ActionEvent,
  actionEventSchema,
  botAddedEventSchema,
  botRemovedEventSchema,
  chatEnteredEventSchema,
  chatUpdatedEventSchema,
  type Envelope,
  envelopeSchema,
  type MessageEvent,
  messageEventSchema,
  personLeftEventSchema,
  senderTypeSchema,
} from './events.ts';
import { isBot, type MessageText, readText } from './message-text.ts';
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

/** Said to whom the platform does not name. */
const ANONYMOUS_CLICK = '飞书没有说明是谁点的，这次没有办。请更新飞书后打开最新卡片再点；仍不行，请联系系统管理员';

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
  try {
    return readEvent(event, { header, context });
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    throw error.about({ eventId: header.event_id, eventType: header.event_type });
  }
}

function readEvent(
  event: unknown,
  { header, context }: { header: Envelope['header']; context: ReadingContext },
): Inbound | undefined {
  const read = <Schema extends z.ZodType>(schema: Schema): z.output<Schema> => parse(schema, event, {});
  const eventId = header.event_id;
  switch (header.event_type) {
    case eventTypes.message:
      if (read(senderTypeSchema).sender.sender_type !== 'user') return undefined;
      return readMessage(eventId, read(messageEventSchema), context);
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

function readMessage(eventId: string, event: MessageEvent, { botOpenId }: ReadingContext): InboundMessage {
  const { message, sender } = event;
  const chatType = message.chat_type === 'p2p' ? 'p2p' : 'group';
  const repliedTo = message.parent_id || message.root_id;
  const inbound = (read: MessageText): InboundMessage => ({
    ...read,
    kind: 'message',
    eventId,
    messageId: message.message_id,
    chatId: message.chat_id,
    chatType,
    openId: sender.sender_id.open_id,
    mentionsBot: chatType === 'p2p' || read.mentionsBot,
    ...(repliedTo ? { repliedTo } : {}),
  });
  try {
    return inbound(readText(message, botOpenId));
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const mentionsBot = (message.mentions ?? []).some((mention) => isBot(mention, botOpenId));
    throw new Unreadable(
      error.message,
      {},
      { message: inbound({ text: '', mentionsBot, wordless: 'other', files: [] }) },
    );
  }
}

function readAction(eventId: string, event: ActionEvent): InboundAction {
  const { operator, action, context } = event;
  if (!operator.open_id) throw new Unreadable('operator.open_id: missing', {}, { toast: ANONYMOUS_CLICK });
  return {
    kind: 'action',
    eventId,
    messageId: context.open_message_id,
    chatId: context.open_chat_id,
    openId: operator.open_id,
    value: action.value,
    form: readForm(action.form_value ?? {}),
    ...(action.name ? { name: action.name } : {}),
    ...(action.option ? { option: action.option } : {}),
  };
}

/** An optional field left empty may be missing, null, '' or []: all become absent. */
function readForm(fields: Readonly<Record<string, unknown>>): InboundAction['form'] {
  const form: Record<string, string | readonly string[] | boolean> = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = readField(field);
    if (value !== undefined) form[name] = value;
  }
  return form;
}

function readField(field: unknown): string | readonly string[] | boolean | undefined {
  if (typeof field === 'boolean') return field;
  if (!Array.isArray(field)) return filled(field);
  const entries = field.map(filled).filter((entry) => entry !== undefined);
  return entries.length === 0 ? undefined : entries;
}

/** As text; what no component of ours sends as JSON, so that whoever reads the form can refuse it by its name. */
function filled(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  const text = typeof value === 'string' ? value : jsonOf(value);
  return text.trim() === '' ? undefined : text;
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    throw new Unreadable('action.form_value: nested too deeply');
  }
}
