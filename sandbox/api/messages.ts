/** `im/v1/messages`: send, reply, update, edit, recall, read. */
import { Router } from 'express';
import * as z from 'zod';
import type { ChatRecord, MessageRecord } from '../world.ts';
import { type ApiContext, ApiError, ok, pathParam, readBody, readQuery, refusal } from './answer.ts';
import { checkContent } from './content.ts';
import { messageView } from './views.ts';

const HOUR_MS = 3600 * 1000;
const UPDATES_MS = 14 * 24 * HOUR_MS;

const empty = z.strictObject({});
const uuid = z.string().max(50).optional();
const sendQuery = z.strictObject({ receive_id_type: z.enum(['open_id', 'chat_id', 'user_id', 'union_id', 'email']) });
const sendBody = z.strictObject({ receive_id: z.string(), msg_type: z.string(), content: z.string(), uuid });
const replyBody = z.strictObject({
  msg_type: z.string(),
  content: z.string(),
  reply_in_thread: z.boolean().optional(),
  uuid,
});
const listQuery = z.strictObject({
  container_id_type: z.literal('chat'),
  container_id: z.string(),
  start_time: z.string().optional(),
  end_time: z.string().optional(),
  sort_type: z.enum(['ByCreateTimeAsc', 'ByCreateTimeDesc']).optional(),
  page_size: z.coerce.number().int().min(1).max(50).optional(),
  page_token: z.string().optional(),
  card_msg_content_type: z.string().optional(),
});
const getQuery = z.strictObject({
  user_id_type: z.string().optional(),
  card_msg_content_type: z.enum(['raw_card_content', 'user_card_content']).optional(),
});

/** The routes of messages. */
export function messagesRouter(context: ApiContext): Router {
  const router = Router();
  const path = '/open-apis/im/v1/messages';
  const desk = new MessageDesk(context);

  router.post(path, (request, response) => {
    const { receive_id_type } = readQuery(request, sendQuery);
    const body = readBody(request, sendBody);
    const chat = desk.receiver(receive_id_type, body.receive_id);
    ok(response, desk.send({ chat, msgType: body.msg_type, content: body.content, uuid: body.uuid }));
  });
  router.post(`${path}/:message_id/reply`, (request, response) => {
    const body = readBody(request, replyBody);
    const parent = desk.living(pathParam(request, 'message_id'));
    const chat = desk.chatWithBot(parent.chatId);
    const { msg_type: msgType, content } = body;
    ok(response, desk.send({ chat, msgType, content, uuid: body.uuid, parentId: parent.messageId }));
  });
  router.patch(`${path}/:message_id`, (request, response) => {
    const { content } = readBody(request, z.strictObject({ content: z.string() }));
    desk.updateCard(pathParam(request, 'message_id'), content);
    ok(response);
  });
  router.put(`${path}/:message_id`, (request, response) => {
    const body = readBody(request, z.strictObject({ msg_type: z.enum(['text', 'post']), content: z.string() }));
    ok(response, desk.edit(pathParam(request, 'message_id'), { msgType: body.msg_type, content: body.content }));
  });
  router.delete(`${path}/:message_id`, (request, response) => {
    readBody(request, empty);
    context.world.recallMessage(desk.own(pathParam(request, 'message_id')).messageId);
    ok(response);
  });
  router.get(`${path}/:message_id`, (request, response) => {
    readBody(request, empty);
    const query = readQuery(request, getQuery);
    const message = desk.known(pathParam(request, 'message_id'));
    desk.chatWithBot(message.chatId);
    ok(response, { items: [messageView(context, { message, rawCard: query.card_msg_content_type !== undefined })] });
  });
  router.get(path, (request, response) => {
    readBody(request, empty);
    ok(response, desk.history(readQuery(request, listQuery)));
  });
  return router;
}

interface Outgoing {
  readonly chat: ChatRecord;
  readonly msgType: string;
  readonly content: string;
  readonly uuid: string | undefined;
  readonly parentId?: string;
}

class MessageDesk {
  readonly #context: ApiContext;
  readonly #sent = new Map<string, { messageId: string; until: number }>();

  constructor(context: ApiContext) {
    this.#context = context;
  }

  /** The chat a `receive_id` stands for; a private chat is opened on demand. */
  receiver(idType: string, id: string): ChatRecord {
    const { world } = this.#context;
    if (idType === 'chat_id') return this.chatWithBot(id);
    if (idType !== 'open_id') throw invalid(`receive_id_type ${idType} is outside this app's scopes`);
    if (!/^ou_/.test(id)) throw invalid('invalid receive_id');
    if (!world.people.has(id)) throw new ApiError(99992351, `open_id is not exist: ${id}`);
    return world.privateChat(id);
  }

  /** The chat, refused when unknown, dissolved or without the bot. */
  chatWithBot(chatId: string): ChatRecord {
    if (!/^oc_/.test(chatId)) throw invalid('invalid receive_id');
    const chat = this.#context.world.chats.get(chatId);
    if (chat === undefined) throw new ApiError(99992356, `open_chat_id is not exist: ${chatId}`);
    if (chat.dissolved) throw new ApiError(232009, 'Your request specifies a chat which has already been dissolved.');
    if (!chat.hasBot) throw new ApiError(230002, 'The bot can not be outside the group.');
    return chat;
  }

  /** Sends, once per uuid and hour: a repeat gets the first message. */
  send(message: Outgoing): Record<string, unknown> {
    const { world, limits } = this.#context;
    const now = world.clock.now();
    const earlier = message.uuid === undefined ? undefined : this.#sent.get(message.uuid);
    if (earlier !== undefined && earlier.until > now) return this.#view(this.known(earlier.messageId));
    checkContent(world, message);
    if (!limits.takeTarget(message.chat.chatId)) throw tooOften();
    const stored = world.addMessage({
      chatId: message.chat.chatId,
      senderOpenId: undefined,
      msgType: message.msgType,
      content: message.content,
      ...(message.parentId === undefined ? {} : { parentId: message.parentId }),
    });
    if (message.uuid !== undefined) this.#sent.set(message.uuid, { messageId: stored.messageId, until: now + HOUR_MS });
    return this.#view(stored);
  }

  updateCard(messageId: string, content: string): void {
    const { world, limits } = this.#context;
    const message = this.own(messageId);
    if (message.msgType !== 'interactive') throw invalid('This message is NOT a card');
    if (world.clock.now() - message.createdAt > UPDATES_MS) {
      throw new ApiError(230031, 'The operation time has expired: the card was sent more than 14 days ago.');
    }
    checkContent(world, { msgType: 'interactive', content });
    if (world.isPressed(messageId)) throw refusal('cardLocked');
    if (!limits.takeTarget(messageId)) throw tooOften();
    world.updateMessage(messageId, content);
  }

  edit(messageId: string, change: { msgType: string; content: string }): Record<string, unknown> {
    const { world } = this.#context;
    const message = this.own(messageId);
    if (message.msgType !== change.msgType) throw invalid('msg_type differs from the message');
    checkContent(world, change);
    return this.#view(world.updateMessage(messageId, change.content));
  }

  known(messageId: string): MessageRecord {
    const message = this.#context.world.messages.get(messageId);
    if (message === undefined) throw new ApiError(99992354, `open_message_id is not exist: ${messageId}`);
    return message;
  }

  /** A message that was not recalled. */
  living(messageId: string): MessageRecord {
    const message = this.known(messageId);
    if (message.recalled) throw new ApiError(230011, 'The message was withdrawn.');
    return message;
  }

  /** A living message of the bot in a chat where the bot still is. */
  own(messageId: string): MessageRecord {
    const message = this.living(messageId);
    this.chatWithBot(message.chatId);
    if (message.senderOpenId !== undefined) throw new ApiError(230017, 'Bot is NOT the owner of the resource.');
    return message;
  }

  /** Those of groups take a scope of their own, of which the method itself tells; the other the platform asks of every call. */
  history(query: z.infer<typeof listQuery>): Record<string, unknown> {
    const chat = this.chatWithBot(query.container_id);
    const wanted = chat.mode === 'group' ? 'im:message.group_msg' : 'im:message:readonly';
    if (!this.#context.granted().has(wanted)) {
      throw chat.mode === 'group'
        ? new ApiError(230027, `Lack of necessary permissions, need scope: ${wanted}.`)
        : new ApiError(99991672, `Access denied. One of the following scopes is required: [${wanted}]`);
    }
    const since = Number(query.start_time ?? 0) * 1000;
    const until = query.end_time === undefined ? Number.POSITIVE_INFINITY : Number(query.end_time) * 1000;
    const all = this.#context.world
      .messagesOf(chat.chatId)
      .filter((message) => message.createdAt >= since && message.createdAt <= until);
    if (query.sort_type === 'ByCreateTimeDesc') all.reverse();
    const rawCard = query.card_msg_content_type !== undefined;
    const from = Number(query.page_token ?? 0);
    const page = all.slice(from, from + (query.page_size ?? 20));
    const next = from + page.length;
    return {
      items: page.map((message) => messageView(this.#context, { message, rawCard })),
      has_more: next < all.length,
      page_token: next < all.length ? String(next) : '',
    };
  }

  #view(message: MessageRecord): Record<string, unknown> {
    return messageView(this.#context, { message, rawCard: true });
  }
}

function invalid(ext: string): ApiError {
  return new ApiError(230001, `Your request contains an invalid request parameter, ext=${ext}.`);
}

function tooOften(): ApiError {
  return new ApiError(230020, 'This operation triggers the frequency limit.');
}
