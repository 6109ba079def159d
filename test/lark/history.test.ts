import { describe, expect, it } from 'vitest';
import { createHistory } from '../../src/lark/history.ts';
import { readEnvelope } from '../../src/lark/inbound.ts';
import { BOT } from './support.ts';

const item = {
  message_id: 'om_1',
  msg_type: 'text',
  create_time: '1763863200000',
  deleted: false,
  chat_id: 'oc_1',
  sender: { id: 'ou_ada', id_type: 'open_id', sender_type: 'user' },
  body: { content: '{"text":"@_user_1 /待办"}' },
  mentions: [{ key: '@_user_1', id: BOT, id_type: 'open_id', name: '代办' }],
};

function historyOf(pages: readonly unknown[]) {
  const asked: Record<string, string>[] = [];
  const history = createHistory({
    async get(_path, params) {
      asked.push(params);
      return pages[Math.min(asked.length, pages.length) - 1];
    },
    grantedScopes: async () => new Set(['im:message.group_msg']),
  });
  return { history, asked };
}

const page = (items: unknown, more = {}) => ({ code: 0, data: { items, ...more } });
const chat = { chatId: 'oc_1', chatType: 'group' } as const;

describe('the list of a chat', () => {
  it('reads a message as if it had been delivered', async () => {
    const { history } = historyOf([page([item])]);
    const [listed] = await history.list(chat, 0);
    expect(listed).toMatchObject({ messageId: 'om_1', createdAt: 1_763_863_200_000, mentioned: [BOT] });
    expect(readEnvelope(listed?.envelope, { botOpenId: BOT })).toMatchObject({
      ...{ kind: 'message', messageId: 'om_1', chatId: 'oc_1', chatType: 'group', openId: 'ou_ada' },
      ...{ text: '/待办', mentionsBot: true },
    });
  });

  it.each([
    ['of an app', { sender: { id: 'cli_1', id_type: 'app_id', sender_type: 'app' } }],
    ['recalled', { deleted: true }],
    ['without a sender', { sender: undefined }],
    ['with another kind of id', { message_id: '../x' }],
    ['without a body', { body: null }],
    ['null', null],
  ])('passes over one %s', async (_what, change) => {
    const other = change === null ? null : { ...item, ...change };
    const { history } = historyOf([page([other, { ...item, message_id: 'om_2' }])]);
    expect((await history.list(chat, 0)).map(({ messageId }) => messageId)).toEqual(['om_2']);
  });

  it('turns the pages, ten at most', async () => {
    const { history, asked } = historyOf([page([item], { has_more: true, page_token: 'next' })]);
    expect(await history.list(chat, 1_999)).toHaveLength(10);
    expect(asked).toHaveLength(10);
    expect([history.takeCalls(), history.takeCalls()]).toEqual([10, 0]);
    expect(asked[0]).toMatchObject({ start_time: '1', page_size: '50', sort_type: 'ByCreateTimeAsc' });
    expect(asked[0]).not.toHaveProperty('page_token');
    expect(asked[1]).toMatchObject({ page_token: 'next' });
  });

  it('takes no items for none, and no list for a failure that may pass', async () => {
    expect(await historyOf([page(null)]).history.list(chat, 0)).toEqual([]);
    await expect(historyOf([{ code: 0 }]).history.list(chat, 0)).rejects.toMatchObject({ failure: 'later' });
    await expect(historyOf([]).history.list({ ...chat, chatId: '../x' }, 0)).rejects.toMatchObject({
      failure: 'broken',
    });
  });
});
