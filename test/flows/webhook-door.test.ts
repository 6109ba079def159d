import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encrypt } from '../../sandbox/push-webhook.ts';
import { raiseCurtain, type TestStage } from '../support/stage.ts';
import { expectAllWell, posted, registers, zhang } from './support.ts';

const ENCRYPT_KEY = 'sandbox-encrypt-key';
const TOKEN = 'sandbox-token';
const BODY_MAX = 1024 * 1024;

let stage: TestStage;
beforeEach(async () => {
  stage = await raiseCurtain({ transport: 'webhook' });
});
afterEach(() => stage.close());

describe('the webhook of the running service', () => {
  it('proves its address, encrypted as the platform asks and plain as its console does first', async () => {
    expect(await stage.sandbox.verifyUrl()).toBe(true);
    const plain = await send(JSON.stringify({ type: 'url_verification', challenge: 'abc', token: TOKEN }));
    expect([plain.status, plain.text]).toEqual([200, '{"challenge":"abc"}']);
    const wrong = await send(JSON.stringify({ type: 'url_verification', challenge: 'abc', token: 'guess' }));
    expect([wrong.status, wrong.text]).toEqual([401, '{}']);
  });

  it('lets nothing in that is unsigned, stale, of a wrong token, no JSON or too big', async () => {
    const body = sealed(message(TOKEN));
    expect((await send(body)).status).toBe(401);
    expect((await send(JSON.stringify(message(TOKEN)))).status).toBe(401);
    expect((await send(body, signed(body, { secondsAgo: 301 }))).status).toBe(401);
    expect((await send(body, signed(`${body} `))).status).toBe(401);
    const wrong = sealed(message('guess'));
    expect((await send(wrong, signed(wrong))).status).toBe(401);
    const noJson = 'no json';
    expect((await send(noJson, signed(noJson))).status).toBe(400);
    expect((await send('x'.repeat(BODY_MAX))).status).toBe(401);
    const tooBig = 'x'.repeat(BODY_MAX + 1);
    expect((await send(tooBig)).status).toBe(401);
    expect((await send(tooBig, signed(tooBig))).status).toBe(413);
    await stage.settle();
    expect(posted(stage, 'town')).toEqual([]);
    await expectAllWell(stage, { residents: [] });
  });

  it('takes a good delivery once: the same bytes again are a replay', async () => {
    const body = sealed(message(TOKEN));
    const headers = signed(body);
    const first = await send(body, headers);
    expect([first.status, first.text]).toEqual([200, '{}']);
    expect((await send(body, headers)).status).toBe(401);
    await stage.settle();
    expect(posted(stage, 'town')).toHaveLength(1);
    await registers(stage, { item: '低保' });
    await expectAllWell(stage, { residents: [zhang] });
  });

  it('refuses what is rightly signed for another app, and says so', async () => {
    const body = sealed(message(TOKEN, 'cli_fedcba9876543210'));
    expect((await send(body, signed(body))).status).toBe(401);
    const ready = await (await fetch(`${stage.service.url}/readyz`)).json();
    expect(ready).toMatchObject({ ready: true, troubles: [{ key: 'foreign-app', title: '收到了发给别的应用的事件' }] });
    await stage.settle();
    expect(posted(stage, 'town')).toEqual([]);
    await expectAllWell(stage, { residents: [] });
  });

  it('says when most of what comes is refused as stale, and tells the administrators', async () => {
    const { service, people } = stage;
    for (let n = 0; n < 3; n++) {
      const body = sealed(message(TOKEN));
      expect((await send(body, signed(body, { secondsAgo: 360 }))).status).toBe(401);
    }
    const ready = await fetch(`${service.url}/readyz`);
    // Anybody can knock like that: it must not take the bot out of service.
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({ troubles: [{ key: 'clock', title: '消息和点击因时间不对被拒收' }] });
    await service.app.watch.look();
    await stage.settle();
    expect(people.admin.sees().join('\n')).toContain('请把服务器的时钟校准');
  });

  it('answers for its health', async () => {
    for (const path of ['/healthz', '/readyz']) {
      expect((await fetch(`${stage.service.url}${path}`)).status).toBe(200);
    }
    await expectAllWell(stage, { residents: [] });
  });
});

/** 王芳 writes /待办 in the town's group. */
function message(token: string, appId = stage.sandbox.appId) {
  const { groups, people, sandbox } = stage;
  const { world } = sandbox;
  const content = JSON.stringify({ text: '@_user_1 /待办' });
  const { messageId } = world.addMessage({
    chatId: groups.town.chatId,
    senderOpenId: people.townClerk.openId,
    msgType: 'text',
    content,
  });
  const header = { event_id: `ev_${messageId}`, event_type: 'im.message.receive_v1', create_time: '0', token };
  const mentions = [{ key: '@_user_1', id: { open_id: world.bot.openId }, name: world.bot.name }];
  return {
    schema: '2.0',
    header: { ...header, app_id: appId, tenant_key: 'tenant' },
    event: {
      sender: { sender_id: { open_id: people.townClerk.openId }, sender_type: 'user' },
      message: {
        ...{ message_id: messageId, chat_id: groups.town.chatId, chat_type: 'group' },
        ...{ message_type: 'text', content, mentions },
      },
    },
  };
}

function sealed(payload: unknown): string {
  return JSON.stringify({ encrypt: encrypt(JSON.stringify(payload), ENCRYPT_KEY) });
}

function signed(body: string, options: { secondsAgo?: number } = {}): Record<string, string> {
  const timestamp = String(Math.floor(stage.clock.now() / 1000) - (options.secondsAgo ?? 0));
  const nonce = 'a1b2c3';
  const signature = createHash('sha256').update(`${timestamp}${nonce}${ENCRYPT_KEY}${body}`).digest('hex');
  return {
    'x-lark-request-timestamp': timestamp,
    'x-lark-request-nonce': nonce,
    'x-lark-signature': signature,
  };
}

async function send(body: string, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
  const url = `${stage.service.url}/lark/events`;
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
  return { status: response.status, text: await response.text() };
}
