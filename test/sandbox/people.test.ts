import { createDecipheriv, createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { SandboxOptions } from '../../sandbox/index.ts';
import type { Patience } from '../../sandbox/push.ts';
import { encrypt } from '../../sandbox/push-webhook.ts';
import { cardText } from '../../sandbox/text.ts';
import { afterTest, button, card, codeOf, post, sdkClient, sdkSocket, village } from './support.ts';

const MESSAGE = 'im.message.receive_v1';
const ACTION = 'card.action.trigger';

/** A village whose bot keeps what it heard and answers presses with `reply`. */
async function listening(reply: (data: Record<string, unknown>) => unknown = () => undefined) {
  const all = await village();
  const heard: { text: string; eventId: string; messageId: string; mentions: number }[] = [];
  const pressed: Record<string, unknown>[] = [];
  await sdkSocket(all.sandbox, {
    [MESSAGE]: (data: { event_id: string; message: { content: string; message_id: string; mentions?: unknown[] } }) => {
      const { content, message_id: messageId, mentions = [] } = data.message;
      heard.push({ text: JSON.parse(content).text, eventId: data.event_id, messageId, mentions: mentions.length });
    },
    [ACTION]: (data: Record<string, unknown>) => {
      pressed.push(data);
      return reply(data);
    },
  });
  return { ...all, heard, pressed };
}

describe('by long connection', () => {
  test('words reach the bot before says() resolves, with the mention in a group', async () => {
    const { ada, group, heard } = await listening();
    await ada.says(group, '/待办');
    await ada.says('/我');
    await ada.says(group, '大家好', { mention: false });
    expect(heard.map(({ text, mentions }) => [text, mentions])).toEqual([
      ['@_user_1 /待办', 1],
      ['/我', 0],
    ]);
    expect(ada.sees(group)).toEqual(['阿达：@代办 /待办', '阿达：大家好']);
  });

  test('a press comes back with toast and a card that everybody sees', async () => {
    const next = card(button('办结'));
    const { sandbox, bao, ada, group, pressed } = await listening(() => ({
      toast: { type: 'success', content: '已接收' },
      card: { type: 'raw', data: next },
    }));
    const shown = post(sandbox, { chatId: group.chatId, card: card(button('接收')) });
    const result = await bao.clicks(group, '接收');
    expect(result).toEqual({ toast: { type: 'success', content: '已接收' }, card: next, error: undefined });
    expect(ada.sees(group)).toEqual(['代办：您好\n[办结]']);
    expect(pressed[0]).toMatchObject({
      operator: { open_id: bao.openId },
      action: { tag: 'button', value: { pressed: '接收' } },
      context: { open_message_id: shown.messageId, open_chat_id: group.chatId },
    });
    expect(pressed[0]?.['create_time']).toMatch(/^\d{16}$/);
    await expect(bao.clicks(group, '接收')).rejects.toThrow('接收');
  });

  test('a card is locked while somebody presses it', async () => {
    const codes: string[] = [];
    let patch = async (): Promise<string> => '';
    const { sandbox, ada, group } = await listening(async () => {
      codes.push(await patch());
      return {};
    });
    const { messageId } = post(sandbox, { chatId: group.chatId, card: card(button('接收')) });
    const client = sdkClient(sandbox);
    const data = { content: JSON.stringify(card(button('办结'))) };
    patch = () => codeOf(client.im.message.patch({ path: { message_id: messageId }, data }));
    expect((await ada.clicks(group, '接收')).error).toBeUndefined();
    expect([...codes, await patch()]).toEqual(['400 230099', '200 0']);
  });

  test('an answer of wrong form, a refused card, one of the old format and a fault show their codes and change nothing', async () => {
    const raw = (data: object) => ({ card: { type: 'raw', data } });
    const answers: unknown[] = [{ toast: { text: 'x' } }, raw({ schema: '2.0', x: 1 }), raw({ elements: [] })];
    const { sandbox, ada, group } = await listening(() => {
      const answer = answers.shift();
      if (answer === undefined) throw new Error('broken');
      return answer;
    });
    const shown = post(sandbox, { chatId: group.chatId, card: card(button('接收')) });
    for (const code of [200672, 200673, 200830, 200671]) {
      expect((await ada.clicks(group, '接收')).error?.code).toBe(code);
    }
    expect(sandbox.world.messages.get(shown.messageId)).toEqual(shown);
  });

  test('two clients: each event goes to one of them', async () => {
    const { sandbox, ada, group, heard } = await listening();
    const second: unknown[] = [];
    await sdkSocket(sandbox, { [MESSAGE]: () => void second.push(1) });
    await sandbox.connected(2);
    for (let index = 0; index < 4; index += 1) await ada.says(group, `第${index}句`);
    expect(heard.length).toBeGreaterThan(0);
    expect(second.length).toBeGreaterThan(0);
    expect(heard.length + second.length).toBe(4);
  });

  test('duplicates, reversed order, and a dropped connection that comes back', async () => {
    const { sandbox, ada, clock, heard } = await listening();
    sandbox.faults.duplicateEvents('sameEventId');
    await ada.says('一');
    expect(new Set(heard.map(({ eventId }) => eventId)).size).toBe(1);
    sandbox.faults.duplicateEvents('newEventId');
    await ada.says('二');
    expect(heard).toHaveLength(4);
    expect(heard[2]?.messageId).toBe(heard[3]?.messageId);
    expect(heard[2]?.eventId).not.toBe(heard[3]?.eventId);
    await sandbox.faults.clear();
    sandbox.faults.reorderEvents(2);
    await ada.says('三');
    await ada.says('四');
    expect(heard.slice(4).map(({ text }) => text)).toEqual(['四', '三']);
    sandbox.faults.dropWebsockets();
    await ada.says('五');
    expect(heard).toHaveLength(6);
    await sandbox.connected();
    clock.move(15_000);
    await sandbox.advance();
    expect(heard.at(-1)?.text).toBe('五');
  });
});

describe('forms', () => {
  const text = (content: string) => ({ tag: 'plain_text', content });
  const options = [
    { text: text('窗口'), value: 'window' },
    { text: text('上门'), value: 'door' },
  ];
  const form = card({
    tag: 'form',
    name: 'f',
    elements: [
      { tag: 'input', name: 'who', label: text('申请人姓名'), required: true, max_length: 5 },
      { tag: 'markdown', content: '**办理方式**：' },
      { tag: 'select_static', name: 'way', options, initial_option: 'window' },
      { tag: 'date_picker', name: 'day', placeholder: text('日期') },
      { tag: 'checker', name: 'agree', text: text('自愿委托确认（已当面说明）'), value: { field: 'agree' } },
      { tag: 'input', name: 'note', label: text('备注'), default_value: '无' },
      button('提交登记', { name: 'go', form_action_type: 'submit' }),
    ],
  });

  test('labels find the fields, defaults go along, dates carry their zone', async () => {
    const { sandbox, ada, group, pressed } = await listening();
    post(sandbox, { chatId: group.chatId, card: form });
    await ada.clicks(group, '提交登记', {
      申请人姓名: '张三',
      办理方式: '上门',
      日期: '2026-11-02',
      自愿委托确认: true,
    });
    expect(pressed[0]?.['action']).toMatchObject({
      name: 'go',
      value: { pressed: '提交登记' },
      form_value: { who: '张三', way: 'door', day: '2026-11-02 +0800', agree: true, note: '无' },
    });
    await ada.clicks(group, '提交登记', { who: '李四' });
    const action = pressed[1]?.['action'] as { form_value: unknown };
    expect(action.form_value).toEqual({ who: '李四', way: 'window', agree: false, note: '无' });
  });

  test.each([
    ['no value', {}],
    ['an empty value', { value: {} }],
  ])('a box to tick with %s: the client shows 200340 and sends nothing', async (_name, bare) => {
    const { sandbox, ada, group, pressed } = await listening();
    const box = { tag: 'checker', name: 'agree', text: text('同意'), ...bare };
    const send = button('提交', { name: 'go', form_action_type: 'submit' });
    post(sandbox, { chatId: group.chatId, card: card({ tag: 'form', name: 'f', elements: [box, send] }) });
    expect((await ada.clicks(group, '提交', { agree: true })).error?.code).toBe(200340);
    expect(pressed).toEqual([]);
  });

  test('what a client would not let through', async () => {
    const { sandbox, ada, group, pressed } = await listening();
    const stranger = sandbox.addPerson({ name: '外人' });
    post(sandbox, { chatId: group.chatId, card: form });
    const click = (input: Record<string, string | boolean>) => ada.clicks(group, '提交登记', input);
    await expect(click({})).rejects.toThrow('required');
    await expect(click({ who: '张三', 办理方式: '飞鸽' })).rejects.toThrow('no option');
    await expect(click({ who: '张三', 血型: 'A' })).rejects.toThrow('no field');
    await expect(click({ who: '一二三四五六' })).rejects.toThrow('at most 5');
    await expect(click({ who: '张三', 日期: '明天' })).rejects.toThrow('does not fit');
    await expect(ada.clicks(group, '催办')).rejects.toThrow('催办');
    await expect(stranger.clicks(group, '提交登记', { who: '张三' })).rejects.toThrow('not in');
    post(sandbox, { chatId: group.chatId, card: card(button('催办', { disabled: true })) });
    await expect(ada.clicks(group, '催办')).rejects.toThrow('催办');
    expect(pressed).toEqual([]);
  });
});

describe('by webhook', () => {
  interface Got {
    readonly raw: string;
    readonly headers: IncomingHttpHeaders;
  }

  /** A bare HTTP server in the bot's place. */
  async function webhookVillage(
    answer: (got: Got) => { status?: number; body?: string } | undefined,
    more: Pick<SandboxOptions, 'patience'> = {},
  ) {
    const got: Got[] = [];
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const one = { raw: Buffer.concat(chunks).toString('utf8'), headers: request.headers };
      got.push(one);
      const { status = 200, body = '' } = answer(one) ?? {};
      if (status !== 0) response.writeHead(status).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    afterTest(() => {
      server.closeAllConnections();
      server.close();
    });
    const address = server.address();
    const webhookUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/lark/events`;
    return {
      got,
      ...(await village({ ...more, transport: 'webhook', webhookUrl, encryptKey: 'test key' })),
    };
  }

  function decrypted(raw: string): string {
    return decrypt(JSON.parse(raw).encrypt);
  }

  function decrypt(encrypted: string): string {
    const bytes = Buffer.from(encrypted, 'base64');
    const key = createHash('sha256').update('test key').digest();
    const decipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, 16));
    return decipher.update(bytes.subarray(16), undefined, 'utf8') + decipher.final('utf8');
  }

  test('the documented test vector, and our own encryption read back', () => {
    expect(decrypt('P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=')).toBe('hello world');
    expect(decrypt(encrypt('代办', 'test key'))).toBe('代办');
  });

  test('events are encrypted and signed over the bytes sent', async () => {
    const { ada, got, clock } = await webhookVillage(() => undefined);
    await ada.says('/我');
    const [{ raw, headers }] = got as [Got];
    expect(JSON.parse(decrypted(raw))).toMatchObject({ schema: '2.0', header: { event_type: MESSAGE } });
    const timestamp = String(headers['x-lark-request-timestamp']);
    expect(timestamp).toBe(String(clock.now() / 1000));
    const signed = `${timestamp}${headers['x-lark-request-nonce']}test key${raw}`;
    expect(headers['x-lark-signature']).toBe(createHash('sha256').update(signed).digest('hex'));
  });

  test('an unacknowledged event comes again after 15 s, 5 min, 1 h, 6 h, then no more', async () => {
    const { ada, got, clock, sandbox } = await webhookVillage(() => ({ status: 500 }));
    await ada.says('/我');
    for (const [index, wait] of [15_000, 300_000, 3600_000, 21_600_000].entries()) {
      clock.move(wait - 1);
      await sandbox.advance();
      expect(got).toHaveLength(index + 1);
      clock.move(1);
      await sandbox.advance();
      expect(got).toHaveLength(index + 2);
    }
    clock.move(100 * 3600_000);
    await sandbox.advance();
    expect(got).toHaveLength(5);
    expect(new Set(got.map(({ raw }) => JSON.parse(decrypted(raw)).header.event_id)).size).toBe(1);
  });

  test('a callback without an answer shows 200341 and is never repeated', async () => {
    let late: (() => void) | undefined;
    const patience: Patience = (runOut) => {
      late = runOut;
      return () => {};
    };
    const answer = () => {
      late?.();
      return { status: 0 };
    };
    const { sandbox, ada, group, got, clock } = await webhookVillage(answer, { patience });
    post(sandbox, { chatId: group.chatId, card: card(button('接收')) });
    expect((await ada.clicks(group, '接收')).error?.code).toBe(200341);
    clock.move(15_000);
    await sandbox.advance();
    expect(got).toHaveLength(1);
  });

  test.each([
    ['an answer that is no JSON', { body: 'OK' }, 200672],
    ['an answer that is no 200', { status: 500 }, 200671],
  ])('%s: the client shows its code', async (_name, answer, code) => {
    const { sandbox, ada, group } = await webhookVillage(() => answer);
    post(sandbox, { chatId: group.chatId, card: card(button('接收')) });
    expect((await ada.clicks(group, '接收')).error?.code).toBe(code);
  });

  test('the address check', async () => {
    const { sandbox, got } = await webhookVillage(({ raw }) => ({
      body: JSON.stringify({ challenge: JSON.parse(decrypted(raw)).challenge }),
    }));
    expect(await sandbox.verifyUrl()).toBe(true);
    const { headers, raw } = got[0] as (typeof got)[number];
    expect(JSON.parse(decrypted(raw))).toMatchObject({ type: 'url_verification', token: 'sandbox-token' });
    expect(Object.keys(headers).filter((name) => name.startsWith('x-lark'))).toEqual([]);
    const deaf = await webhookVillage(() => ({ body: '{}' }));
    expect(await deaf.sandbox.verifyUrl()).toBe(false);
  });

  test('bot put in and taken out, private chat entered; without the bot nothing is heard', async () => {
    const { sandbox, ada, got } = await webhookVillage(() => undefined);
    const other = sandbox.addGroup({ name: '嘎查', members: [ada], bot: false });
    await ada.says(other, '没人听');
    await sandbox.addBot(other, ada);
    await ada.enters();
    await sandbox.removeBot(other, ada);
    expect(got.map(({ raw }) => JSON.parse(decrypted(raw)).header.event_type)).toEqual([
      'im.chat.member.bot.added_v1',
      'im.chat.access_event.bot_p2p_chat_entered_v1',
      'im.chat.member.bot.deleted_v1',
    ]);
  });

  test('a group is heard only where it mentions the bot, and a picture alone mentions nobody', async () => {
    const { ada, group, got } = await webhookVillage(() => undefined);
    await ada.says(group, '闲聊', { mention: false });
    await ada.shows(group);
    await ada.says(group, '/待办');
    await ada.shows();
    const heard = got.map(({ raw }) => JSON.parse(decrypted(raw)).event.message);
    expect(heard.map(({ chat_type, message_type }) => [chat_type, message_type])).toEqual([
      ['group', 'text'],
      ['p2p', 'image'],
    ]);
    expect(ada.sees(group)).toEqual(['阿达：闲聊', '阿达：（图片）', '阿达：@代办 /待办']);
  });
});

test('card text: marks gone, escaped characters kept, values shown', () => {
  const shown = cardText(
    {
      schema: '2.0',
      header: { title: { tag: 'plain_text', content: '代办件' } },
      body: {
        elements: [
          {
            tag: 'markdown',
            content: '**张&#42;&#42;** <font color="red">超期</font> <at id=ou_1></at> [详情](https://x.cn)',
          },
          { tag: 'markdown', content: '一\n二<br>三 &#126;&sim;\n\n- 四\n- 五' },
          { tag: 'input', name: 'a', label: { tag: 'plain_text', content: '备注' }, default_value: '无' },
          button('接收', { disabled: true }),
        ],
      },
    },
    () => '阿达',
  );
  expect(shown).toBe('代办件\n张** 超期 @阿达 详情\n一 二\n三 ~∼\n- 四\n- 五\n备注：无\n[接收]（不可用）');
});

test('control interface: state, words, clock, refusal of a wrong body', async () => {
  const { sandbox, ada, group, clock } = await village();
  const call = async (path: string, body: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${sandbox.url}/sandbox/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return response.status;
  };
  expect(await call('say', { openId: ada.openId, chatId: group.chatId, text: '您好' })).toBe(200);
  expect(ada.sees(group)).toEqual(['阿达：@代办 您好']);
  const before = clock.now();
  expect(await call('clock', { byMs: 1000 })).toBe(200);
  expect(clock.now()).toBe(before + 1000);
  expect(await call('say', { openId: ada.openId, text: '您好', extra: 1 })).toBe(400);
  expect(await call('click', { openId: ada.openId, messageId: 'om_no', label: '接收' })).toBe(400);
  expect(await call('faults', { serverErrors: 1 })).toBe(200);
  expect((await fetch(`${sandbox.url}/open-apis/bot/v3/info`)).status).toBe(502);
  const state = await (await fetch(`${sandbox.url}/sandbox/state`)).json();
  expect(state).toMatchObject({ people: [{ name: '阿达' }, { name: '宝音' }], chats: [{ name: '镇中心' }] });
});
