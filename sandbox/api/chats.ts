/** `im/v1/chats`: the groups of the bot and their members. */
import { Router } from 'express';
import * as z from 'zod';
import type { ChatRecord } from '../world.ts';
import { type ApiContext, ApiError, ok, pathParam, readBody, readQuery } from './answer.ts';
import { chatListView, chatView } from './views.ts';

const empty = z.strictObject({});
const page = {
  page_size: z.coerce.number().int().min(1).max(100).optional(),
  page_token: z.string().optional(),
};
const listQuery = z.strictObject({
  ...page,
  user_id_type: z.string().optional(),
  sort_type: z.enum(['ByCreateTimeAsc', 'ByActiveTimeDesc']).optional(),
});
const getQuery = z.strictObject({ user_id_type: z.string().optional() });
const membersQuery = z.strictObject({ ...page, member_id_type: z.literal('open_id').optional() });

/** The routes of chats. */
export function chatsRouter(context: ApiContext): Router {
  const { world } = context;
  const router = Router();
  const path = '/open-apis/im/v1/chats';

  router.get(path, (request, response) => {
    readBody(request, empty);
    const query = readQuery(request, listQuery);
    const groups = [...world.chats.values()].filter((chat) => chat.mode === 'group' && chat.hasBot && !chat.dissolved);
    const { items, ...rest } = pageOf(groups, query);
    ok(response, { ...rest, items: items.map((chat) => chatListView(context, chat)) });
  });
  router.get(`${path}/:chat_id`, (request, response) => {
    readBody(request, empty);
    readQuery(request, getQuery);
    ok(response, chatView(context, knownChat(context, pathParam(request, 'chat_id'))));
  });
  router.get(`${path}/:chat_id/members`, (request, response) => {
    readBody(request, empty);
    const query = readQuery(request, membersQuery);
    const chat = knownChat(context, pathParam(request, 'chat_id'));
    if (!chat.hasBot) throw new ApiError(232011, 'Operator can NOT be out of the chat.');
    const { items, ...rest } = pageOf(chat.members, query);
    const members = items.map((openId) => ({
      member_id_type: 'open_id',
      member_id: openId,
      name: world.people.get(openId)?.name ?? '',
      tenant_key: context.tenantKey,
    }));
    ok(response, { ...rest, items: members, member_total: chat.members.length });
  });
  router.get(`${path}/:chat_id/members/is_in_chat`, (request, response) => {
    readBody(request, empty);
    ok(response, { is_in_chat: knownChat(context, pathParam(request, 'chat_id')).hasBot });
  });
  return router;
}

function knownChat(context: ApiContext, chatId: string): ChatRecord {
  const chat = context.world.chats.get(chatId);
  if (chat === undefined) throw new ApiError(232006, `Your request specifies a chat_id which is invalid: ${chatId}`);
  return chat;
}

function pageOf<Item>(
  all: readonly Item[],
  query: { page_size?: number | undefined; page_token?: string | undefined },
): { items: Item[]; page_token: string; has_more: boolean } {
  const from = Number(query.page_token ?? 0);
  if (!Number.isInteger(from) || from < 0) throw new ApiError(232001, 'invalid page_token');
  const items = all.slice(from, from + (query.page_size ?? 20));
  const next = from + items.length;
  return { items, page_token: next < all.length ? String(next) : '', has_more: next < all.length };
}
