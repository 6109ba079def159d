/**
 * The deliveries this program understands, as the platform sends them (envelope v2, decrypted). Fields we use are checked;
 * fields we do not use may come and go. Sources: the platform's pages on im.message.receive_v1, card.action.trigger,
 * im.chat.member.bot.added_v1 / deleted_v1, im.chat.disbanded_v1, im.chat.updated_v1, contact.user.deleted_v3 and
 * im.chat.access_event.bot_p2p_chat_entered_v1.
 */
import * as z from 'zod';
import { type IdPrefix, isId } from './ids.ts';

const idOf = (prefix: IdPrefix) =>
  z.string().refine((value) => isId(value, prefix), `not an id of the form ${prefix}_…`);
const chatId = idOf('oc');
const messageId = idOf('om');
const openId = idOf('ou');

export const envelopeSchema = z.object({
  header: z.object({
    event_id: z.string().min(1).max(200),
    event_type: z.string().min(1).max(200),
  }),
  event: z.unknown(),
});
export type Envelope = z.infer<typeof envelopeSchema>;

/** Read before anything else of a message: an app's own messages carry no person. */
export const senderTypeSchema = z.object({ sender: z.object({ sender_type: z.string() }) });

const mentionSchema = z.object({
  key: z.string().max(40),
  name: z.string().nullish(),
  id: z.object({ open_id: z.string().nullish() }).nullish(),
});
export type Mention = z.infer<typeof mentionSchema>;

export const messageEventSchema = z.object({
  sender: z.object({ sender_id: z.object({ open_id: openId }) }),
  message: z.object({
    message_id: messageId,
    chat_id: chatId,
    chat_type: z.string(),
    message_type: z.string(),
    content: z.string(),
    /** Of a reply: the message that was replied to, and the one its thread began with. One that cannot be read is no reply. */
    parent_id: messageId.nullish().catch(null),
    root_id: messageId.nullish().catch(null),
    /** A mention that cannot be read names nobody. */
    mentions: z.array(mentionSchema.catch({ key: '' })).nullish(),
  }),
});
export type MessageEvent = z.infer<typeof messageEventSchema>;

/** `content` of a text message. */
export const textContentSchema = z.object({ text: z.string() });

/** `content` of a picture, and of a file. */
export const imageContentSchema = z
  .object({ image_key: z.string() })
  .transform(({ image_key: key }) => ({ kind: 'image' as const, key }));
export const fileContentSchema = z
  .object({ file_key: z.string(), file_name: z.string().optional().catch(undefined) })
  .transform(({ file_key: key, file_name: name }) => ({ kind: 'file' as const, key, name }));

/** What cannot be read of a post is left out: the rest of it is worth an answer. */
const pieceSchema = z
  .object({
    tag: z.string(),
    text: z.string().nullish(),
    user_id: z.string().nullish(),
    user_name: z.string().nullish(),
    image_key: z.string().nullish(),
  })
  .catch({ tag: '' });
export type PostPiece = z.infer<typeof pieceSchema>;
const linesSchema = z.array(z.array(pieceSchema).catch([]));

/** `content` of a post: lines of pieces, bare or under a language. */
const postBodySchema = z
  .object({ title: z.string().nullish(), content: linesSchema.optional(), content_v2: linesSchema.optional() })
  .transform(({ title, content, content_v2: newer }, context) => {
    const lines = content ?? newer;
    if (lines) return { title: title ?? '', lines };
    context.addIssue({ code: 'custom', message: 'post without lines' });
    return z.NEVER;
  });
export type PostBody = z.infer<typeof postBodySchema>;
export const postContentSchema = z.union([
  postBodySchema,
  z.record(z.string(), postBodySchema).transform((byLanguage, context) => {
    const { zh_cn: chinese } = byLanguage;
    const body = chinese ?? Object.values(byLanguage)[0];
    if (body) return body;
    context.addIssue({ code: 'custom', message: 'post without a body' });
    return z.NEVER;
  }),
]);

export const actionEventSchema = z.object({
  operator: z.object({ open_id: openId.nullish() }),
  action: z.object({
    value: z.unknown().optional(),
    name: z.string().nullish(),
    form_value: z.record(z.string(), z.unknown()).nullish(),
    option: z.string().nullish(),
  }),
  context: z.object({ open_message_id: messageId, open_chat_id: chatId }),
});
export type ActionEvent = z.infer<typeof actionEventSchema>;

export const botAddedEventSchema = z.object({
  chat_id: chatId,
  name: z.string().nullish(),
  /** Nobody but the group depends on who it was. */
  operator_id: z.object({ open_id: openId.nullish() }).nullish().catch(undefined),
});

/** Of a bot's removal and of a chat's end alike. */
export const botRemovedEventSchema = z.object({ chat_id: chatId });

/** `after_change` names only what has changed. */
export const chatUpdatedEventSchema = z.object({
  chat_id: chatId,
  after_change: z.object({ name: z.string().nullish() }).nullish(),
});

export const personLeftEventSchema = z.object({ object: z.object({ open_id: openId }) });

export const chatEnteredEventSchema = z.object({ chat_id: chatId, operator_id: z.object({ open_id: openId }) });
