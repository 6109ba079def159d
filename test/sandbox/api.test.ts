import { request } from 'node:http';
import { describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { card, codeOf, sdkClient, village } from './support.ts';

const codeBody = z.object({ code: z.number() });
const tokenBody = z.object({ tenant_access_token: z.string(), expire: z.number() });
const DAY_MS = 24 * 3600 * 1000;

async function setUp(options: Parameters<typeof village>[0] = {}) {
  const all = await village(options);
  const client = sdkClient(all.sandbox);
  const send = (
    more: { uuid?: string; content?: string; msg_type?: string; receive_id?: string; surprise?: true } = {},
  ) =>
    client.im.message.create({
      params: { receive_id_type: more.receive_id?.startsWith('ou_') ? 'open_id' : 'chat_id' },
      data: { receive_id: all.group.chatId, msg_type: 'interactive', content: JSON.stringify(card()), ...more },
    });
  const sent = async () => (await send()).data?.message_id ?? '';
  const patch = (messageId: string, content = JSON.stringify(card({ tag: 'hr' }))) =>
    client.im.message.patch({ path: { message_id: messageId }, data: { content } });
  return { ...all, client, send, sent, patch };
}

describe('the host', () => {
  const ask = (url: string, headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      request(url, { headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .once('error', reject)
        .end();
    });

  test.each(['/sandbox/state', '/sandbox/events', '/', '/open-apis/bot/v3/info', '/sandbox/say', '/nowhere'])(
    'a page that is not of this machine reaches nothing: %s',
    async (path) => {
      const { sandbox } = await setUp();
      const { port } = new URL(sandbox.url);
      for (const host of [
        'evil.example',
        `evil.example:${port}`,
        '127.0.0.1.evil.example',
        'localhost.evil.example',
        '10.0.0.1',
      ]) {
        expect(await ask(sandbox.url + path, { host }), host).toBe(421);
      }
    },
  );

  test('is this machine by each of its names', async () => {
    const { sandbox } = await setUp();
    for (const host of ['127.0.0.1', 'localhost:8080', '[::1]:3000', 'LOCALHOST']) {
      expect(await ask(`${sandbox.url}/sandbox/state`, { host }), host).toBe(200);
    }
  });
});

describe('tokens', () => {
  test('one token serves until it expires by the clock', async () => {
    const { sandbox, clock, sent } = await setUp();
    await sent();
    await sent();
    const tokenCalls = () => sandbox.calls.filter((call) => call.path.includes('tenant_access_token')).length;
    expect(tokenCalls()).toBe(1);
    clock.move(7200_000);
    await sent();
    expect(tokenCalls()).toBe(2);
  });

  test('no token, malformed, unknown, expired', async () => {
    const { sandbox, clock } = await setUp();
    const info = async (authorization?: string) => {
      const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
      const response = await fetch(`${sandbox.url}/open-apis/bot/v3/info`, { headers });
      return codeBody.parse(await response.json()).code;
    };
    const got = await fetch(`${sandbox.url}/open-apis/auth/v3/tenant_access_token/internal`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ app_id: sandbox.appId, app_secret: sandbox.appSecret }),
    });
    const { tenant_access_token: token, expire } = tokenBody.parse(await got.json());
    expect(expire).toBe(7200);
    expect(await info(`Bearer ${token}`)).toBe(0);
    expect(await info()).toBe(99991661);
    expect(await info('Bearer x')).toBe(99991671);
    expect(await info('Bearer t-x')).toBe(99991663);
    clock.move(7200_000);
    expect(await info(`Bearer ${token}`)).toBe(99991677);
  });

  test('a revoked token and a wrong secret', async () => {
    const { sandbox, sent, send } = await setUp();
    await sent();
    sandbox.faults.revokeTokens();
    expect(await codeOf(send())).toBe('400 99991663');
    const stranger = sdkClient(sandbox, { appSecret: 'wrong' });
    await expect(stranger.im.chat.list({})).rejects.toThrow('10014');
  });
});

describe('messages', () => {
  test('to a group and to a person, whose private chat is opened', async () => {
    const { sandbox, ada, group, send } = await setUp();
    const answer = await send();
    expect(answer.data).toMatchObject({ chat_id: group.chatId, msg_type: 'interactive', deleted: false });
    await send({ receive_id: ada.openId, msg_type: 'text', content: '{"text":"您好"}' });
    expect(ada.sees()).toEqual(['代办：您好']);
    expect(sandbox.calls.at(-1)).toMatchObject({
      method: 'POST',
      path: '/open-apis/im/v1/messages',
      status: 200,
      code: 0,
    });
  });

  test('the same uuid posts once within an hour', async () => {
    const { clock, group, sandbox, send } = await setUp();
    const first = await send({ uuid: 'u1' });
    clock.move(3599_000);
    expect((await send({ uuid: 'u1' })).data?.message_id).toBe(first.data?.message_id);
    clock.move(1000);
    expect((await send({ uuid: 'u1' })).data?.message_id).not.toBe(first.data?.message_id);
    expect(sandbox.world.messagesOf(group.chatId)).toHaveLength(2);
  });

  test('reply, update, read, recall', async () => {
    const { sandbox, client, sent, patch } = await setUp();
    const id = await sent();
    const path = { message_id: id };
    const reply = await client.im.message.reply({ path, data: { msg_type: 'text', content: '{"text":"收到"}' } });
    expect(reply.data).toMatchObject({ parent_id: id, root_id: id });
    expect((await patch(id)).code).toBe(0);
    expect(sandbox.world.messages.get(id)?.content).toContain('hr');
    expect((await client.im.message.get({ path })).data?.items?.[0]?.body?.content).toContain('"title":"您好"');
    expect((await client.im.message.delete({ path })).code).toBe(0);
    expect(await codeOf(patch(id))).toBe('400 230011');
    expect(await codeOf(client.im.message.delete({ path }))).toBe('400 230011');
  });

  test('history in pages', async () => {
    const { client, clock, group, sent } = await setUp({ scopes: ['im:message.group_msg'] });
    const ids = [await sent(), await sent(), await sent()];
    clock.move(1000);
    const page = (page_token?: string) =>
      client.im.message.list({
        params: {
          container_id_type: 'chat',
          container_id: group.chatId,
          page_size: 2,
          ...(page_token ? { page_token } : {}),
        },
      });
    const first = (await page()).data;
    expect(first?.has_more).toBe(true);
    const second = (await page(first?.page_token)).data;
    expect([...(first?.items ?? []), ...(second?.items ?? [])].map((item) => item.message_id)).toEqual(ids);
    expect(second?.has_more).toBe(false);
  });

  test('what is refused when sending', async () => {
    const { sandbox, ada, send } = await setUp();
    const alone = sandbox.addGroup({ name: '没有代办', members: [ada], bot: false });
    const gone = sandbox.addGroup({ name: '散了', members: [ada] });
    sandbox.world.changeChat(gone.chatId, { dissolved: true });
    expect(await codeOf(send({ receive_id: alone.chatId }))).toBe('400 230002');
    expect(await codeOf(send({ receive_id: gone.chatId }))).toBe('400 232009');
    expect(await codeOf(send({ receive_id: 'oc_nobody' }))).toBe('400 99992356');
    expect(await codeOf(send({ receive_id: 'ou_nobody' }))).toBe('400 99992351');
    expect(await codeOf(send({ receive_id: 'nonsense' }))).toBe('400 230001');
    expect(await codeOf(send({ content: 'no json' }))).toBe('400 230001');
    expect(await codeOf(send({ msg_type: 'text', content: '{"words":"x"}' }))).toBe('400 230001');
    expect(await codeOf(send({ msg_type: 'telegram', content: '{}' }))).toBe('400 230054');
    expect(await codeOf(send({ msg_type: 'file', content: '{"file_key":"no"}' }))).toBe('400 230055');
    expect(await codeOf(send({ uuid: 'u'.repeat(51) }))).toBe('400 99992402');
    const big = JSON.stringify(card({ tag: 'markdown', content: '字'.repeat(11_000) }));
    expect(await codeOf(send({ content: big }))).toBe('400 230025');
    expect(await codeOf(send({ content: JSON.stringify(card({ tag: 'hr', colour: 1 })) }))).toBe('400 230099');
    expect(await codeOf(send({ surprise: true }))).toBe('400 99992402');
  });

  test.each<[string, object, number]>([
    ['a tag of old cards', { tag: 'note' }, 200861],
    ['an unknown property', { tag: 'hr', colour: 1 }, 200621],
    ['a chart without data', { tag: 'chart', chart_spec: { type: 'bar' } }, 200550],
    ['a stranger in a list', { tag: 'person_list', persons: [{ id: 'ou_x' }] }, 100290],
    ['a stranger alone', { tag: 'person', user_id: 'ou_x' }, 100290],
    ['a stranger mentioned', { tag: 'markdown', content: '请看 <at id=ou_x></at>' }, 100290],
    ['a stranger among others', { tag: 'markdown', content: '<at ids=all,ou_x></at>' }, 100290],
  ])('%s: refused with its sub-code', async (_name, element, code) => {
    const { send } = await setUp();
    const error = await send({ content: JSON.stringify(card(element)) }).catch((problem) => problem);
    expect(error.response.data.msg).toContain(`ErrCode: ${code};`);
  });

  test('people whom the sandbox knows, everybody, and a list that drops strangers are taken', async () => {
    const { send, ada } = await setUp();
    for (const element of [
      { tag: 'markdown', content: `<at id=${ada.openId}></at> <at id=all></at>` },
      { tag: 'person_list', persons: [{ id: 'ou_x' }], drop_invalid_user_id: true },
    ]) {
      expect(await codeOf(send({ content: JSON.stringify(card(element)) }))).toBe('200 0');
    }
  });

  test('what is refused when updating', async () => {
    const { sandbox, clock, ada, group, client, send, sent, patch } = await setUp();
    const id = await sent();
    expect(await codeOf(patch('om_nobody'))).toBe('400 99992354');
    expect(await codeOf(patch((await ada.says(group, '您好')).messageId))).toBe('400 230017');
    const text = (await send({ msg_type: 'text', content: '{"text":"x"}' })).data?.message_id ?? '';
    expect(await codeOf(patch(text))).toBe('400 230001');
    expect(await codeOf(patch(id, JSON.stringify(card({ tag: 'blink' }))))).toBe('400 230099');
    clock.move(14 * DAY_MS);
    expect(await codeOf(patch(id))).toBe('200 0');
    clock.move(1);
    expect(await codeOf(patch(id))).toBe('400 230031');
    const later = await sent();
    sandbox.world.changeChat(group.chatId, { hasBot: false });
    expect(await codeOf(patch(later))).toBe('400 230002');
    expect(await codeOf(client.request({ method: 'GET', url: '/open-apis/nope' }))).toBe('404 99991201');
  });
});

describe('rate limits', () => {
  test('five messages a second into one chat, by the clock', async () => {
    const { clock, ada, send, sent } = await setUp();
    for (let index = 0; index < 5; index += 1) await sent();
    expect(await codeOf(send())).toBe('400 230020');
    expect(await codeOf(send({ receive_id: ada.openId }))).toBe('200 0');
    clock.move(999);
    expect(await codeOf(send())).toBe('400 230020');
    clock.move(1);
    expect(await codeOf(send())).toBe('200 0');
  });

  test('five updates a second of one card', async () => {
    const { sent, patch } = await setUp();
    const id = await sent();
    for (let index = 0; index < 5; index += 1) await patch(id);
    expect(await codeOf(patch(id))).toBe('400 230020');
  });

  test('fifty calls a second of one API; none when switched off', async () => {
    const { client } = await setUp();
    for (let index = 0; index < 50; index += 1) await client.im.chat.list({});
    expect(await codeOf(client.im.chat.list({}))).toBe('429 99991400');
    const free = await setUp({ limits: false });
    for (let index = 0; index < 8; index += 1) expect(await codeOf(free.send())).toBe('200 0');
  });
});

describe('chats, contacts, uploads', () => {
  test('chats and members, without the bot and with counts as text', async () => {
    const { client, group, ada, bao, sandbox } = await setUp();
    sandbox.world.privateChat(ada.openId);
    const list = await client.im.chat.list({});
    expect(list.data?.items?.map((chat) => chat.chat_id)).toEqual([group.chatId]);
    const path = { chat_id: group.chatId };
    expect((await client.im.chat.get({ path })).data).toMatchObject({ name: '镇中心', user_count: '2' });
    const members = await client.im.chatMembers.get({ path });
    expect(members.data?.items?.map((member) => member.name)).toEqual([ada.name, bao.name]);
    expect((await client.im.chatMembers.isInChat({ path })).data?.is_in_chat).toBe(true);
    sandbox.world.changeChat(group.chatId, { hasBot: false });
    expect(await codeOf(client.im.chatMembers.get({ path }))).toBe('400 232011');
    expect(await codeOf(client.im.chat.get({ path: { chat_id: 'oc_nobody' } }))).toBe('400 232006');
  });

  test('people', async () => {
    const { client, ada, bao } = await setUp();
    const one = await client.contact.user.get({ path: { user_id: ada.openId }, params: { user_id_type: 'open_id' } });
    expect(one.data?.user?.name).toBe(ada.name);
    const two = await client.contact.user.batch({
      params: { user_ids: [ada.openId, bao.openId], user_id_type: 'open_id' },
    });
    expect(two.data?.items?.map((user) => user.name)).toEqual([ada.name, bao.name]);
    expect(await codeOf(client.contact.user.get({ path: { user_id: 'ou_no' } }))).toBe('400 99992351');
  });

  test('a file keeps every byte, and an empty one is refused', async () => {
    const { client, sandbox, send } = await setUp();
    const bytes = Buffer.from(Array.from({ length: 512 }, (_, index) => index % 256));
    const kept = await client.im.file.create({ data: { file_type: 'xls', file_name: '台账.xlsx', file: bytes } });
    const key = kept?.file_key ?? '';
    expect(sandbox.world.files.get(key)).toMatchObject({ name: '台账.xlsx', type: 'xls' });
    expect(sandbox.world.files.get(key)?.bytes.equals(bytes)).toBe(true);
    expect(await codeOf(send({ msg_type: 'file', content: JSON.stringify({ file_key: key }) }))).toBe('200 0');
    const image = await client.im.image.create({ data: { image_type: 'message', image: bytes } });
    expect(sandbox.world.files.get(image?.image_key ?? '')?.bytes.equals(bytes)).toBe(true);
    const empty = client.im.image.create({ data: { image_type: 'message', image: Buffer.alloc(0) } });
    expect(await codeOf(empty.then(() => null))).toBe('400 234010');
  });
});

describe('faults', () => {
  test('each spoils the calls it was planned for', async () => {
    const { sandbox, sent, send } = await setUp();
    await sent();
    sandbox.faults.rateLimit(1, { resetSeconds: 7 });
    const limited = await send().catch((error) => error);
    expect(limited.response.headers['x-ogw-ratelimit-reset']).toBe('7');
    expect(limited.response.data.code).toBe(99991400);
    sandbox.faults.rateLimit(1, { code: 230020 });
    expect(await codeOf(send())).toBe('400 230020');
    const refused = { cardLocked: '400 230099', internalError: '400 2200', quotaExceeded: '429 99991403' } as const;
    for (const name of ['cardLocked', 'internalError', 'quotaExceeded'] as const) {
      sandbox.faults.refuse(1, name);
      expect(await codeOf(send())).toBe(refused[name]);
    }
    sandbox.faults.serverErrors(1);
    const broken = await send().catch((error) => error);
    expect(broken.response.status).toBe(502);
    expect(broken.response.data).toContain('<html>');
    expect(await codeOf(send())).toBe('200 0');
  });

  test('a connection lost after storing leaves one message for two attempts with the same uuid', async () => {
    const { sandbox, group, sent, send } = await setUp();
    await sent();
    sandbox.faults.dropConnections(1);
    expect(await codeOf(send({ uuid: 'a' }))).toBe('no answer');
    expect(sandbox.world.messagesOf(group.chatId)).toHaveLength(1);
    sandbox.faults.dropConnections(1, { afterStoring: true });
    expect(await codeOf(send({ uuid: 'a' }))).toBe('no answer');
    expect(await codeOf(send({ uuid: 'a' }))).toBe('200 0');
    expect(sandbox.world.messagesOf(group.chatId)).toHaveLength(2);
  });

  test('a call that is never answered', async () => {
    const { sandbox, sent } = await setUp();
    await sent();
    sandbox.faults.timeouts(1);
    const giveUp = new AbortController();
    const call = (signal: AbortSignal | null) => fetch(`${sandbox.url}/open-apis/bot/v3/info`, { signal });
    const answered: string[] = [];
    const taken = new Promise<void>((resolve) => {
      const nextCall = sandbox.faults.nextCall.bind(sandbox.faults);
      vi.spyOn(sandbox.faults, 'nextCall').mockImplementationOnce(() => {
        resolve();
        return nextCall();
      });
    });
    const never = call(giveUp.signal).then(() => answered.push('never'));
    await taken;
    await call(null).then(() => answered.push('the next'));
    expect(answered).toEqual(['the next']);
    giveUp.abort();
    await expect(never).rejects.toThrow('aborted');
  });
});
