import { type IncomingMessage, request as openRequest, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { closeServer, createHttpApp, listen } from '../../src/http/server.ts';
import { type Arrival, type CallbackAnswer, type Inbound, Replayed } from '../../src/lark/port.ts';
import { type WebhookOptions, type WebhookRefusal, webhookRouter } from '../../src/lark/webhook.ts';
import {
  APP_ID,
  BOT,
  clickEnvelope,
  ENCRYPT_KEY,
  encrypt,
  envelope,
  memoryLog,
  messageEnvelope,
  NOW,
  sealed,
  sign,
  VERIFICATION_TOKEN,
} from './support.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await closeServer(server);
});

/** As the entrance does it; whether it does is shown in replay.test.ts. */
function rememberingSignatures() {
  const taken = new Set<string>();
  return async (arrival: Arrival | undefined): Promise<void> => {
    const signature = arrival?.signature;
    if (signature === undefined) return;
    if (taken.has(signature)) throw new Replayed();
    taken.add(signature);
  };
}

/** The body of an event in which DEEP stands for something nested deeper than a recursion can follow. */
function nested(event: unknown): string {
  const deep = `${'{"a":['.repeat(20_000)}0${']}'.repeat(20_000)}`;
  return JSON.stringify({ encrypt: encrypt(JSON.stringify(event).replace('"DEEP"', deep)) });
}

interface Sent {
  status: number;
  text: string;
  headers: Headers;
}

async function openDoor(overrides: Partial<WebhookOptions> = {}) {
  const received: Inbound[] = [];
  const kept: { key: string; body: string; problem: string }[] = [];
  const refused: WebhookRefusal[] = [];
  const logged = memoryLog();
  const time = { now: NOW };
  const passOver = rememberingSignatures();
  const router = webhookRouter({
    appId: APP_ID,
    encryptKey: ENCRYPT_KEY,
    verificationToken: VERIFICATION_TOKEN,
    receive: async (inbound, arrival) => {
      await passOver(arrival);
      received.push(inbound);
      return {};
    },
    keepUnreadable: async (delivery, arrival) => {
      await passOver(arrival);
      kept.push(delivery);
    },
    passOver,
    clock: { now: () => time.now },
    log: logged.log,
    botOpenId: () => BOT,
    onRefused: (reason) => void refused.push(reason),
    ...overrides,
  });
  const at = { host: '127.0.0.1', port: 0 };
  const { server, url: origin } = await listen(createHttpApp().use(router), at);
  servers.push(server);
  const url = `${origin}/lark/events`;
  async function send(body: string | Buffer, headers: Record<string, string> = {}, method = 'POST'): Promise<Sent> {
    const bodyless = method === 'GET' || method === 'HEAD';
    const init = { method, headers: { 'content-type': 'application/json', connection: 'close', ...headers } };
    const response = await fetch(url, bodyless ? init : { ...init, body: new Uint8Array(Buffer.from(body)) });
    return { status: response.status, text: await response.text(), headers: response.headers };
  }
  const sendSigned = (body: string, parts: Parameters<typeof sign>[1] = {}) => send(body, sign(body, parts));
  return { url, received, kept, refused, logged, time, send, sendSigned };
}

describe('webhook: what is let in', () => {
  it('takes a signed, encrypted event and answers 200 {}', async () => {
    const door = await openDoor();
    const { status, text } = await door.sendSigned(sealed(messageEnvelope()));
    expect([status, text]).toEqual([200, '{}']);
    expect(door.received).toMatchObject([{ kind: 'message', eventId: 'ev-1', text: '/待办' }]);
  });

  it('answers a card callback with what receive returns', async () => {
    const answer: CallbackAnswer = { toast: { type: 'success', content: '已接收' } };
    const door = await openDoor({ receive: async () => answer });
    const { status, text, headers } = await door.sendSigned(sealed(clickEnvelope()));
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('application/json');
    expect(JSON.parse(text)).toEqual(answer);
  });

  it('verifies the bytes received, not JSON written again', async () => {
    const door = await openDoor();
    const spaced = `{ "encrypt" :  "${encrypt(JSON.stringify(messageEnvelope()))}" }\n`;
    expect((await door.sendSigned(spaced)).status).toBe(200);
    expect(door.received).toHaveLength(1);
  });

  it.each([null, undefined])('takes an event that does not name its app: %s', async (app_id) => {
    const door = await openDoor();
    expect((await door.sendSigned(sealed(messageEnvelope({}, { app_id })))).status).toBe(200);
  });

  it('takes timestamps in milliseconds too', async () => {
    const door = await openDoor();
    expect((await door.sendSigned(sealed(messageEnvelope()), { timestamp: String(NOW) })).status).toBe(200);
  });

  it('takes the same event again when the platform sends it with new headers', async () => {
    const door = await openDoor();
    const body = sealed(messageEnvelope());
    expect((await door.sendSigned(body)).status).toBe(200);
    door.time.now += 15_000;
    const timestamp = String(door.time.now / 1000);
    expect((await door.sendSigned(body, { timestamp })).status).toBe(200);
    expect(door.received).toHaveLength(2);
  });

  it('ignores an event type nobody asked for', async () => {
    const door = await openDoor();
    const { status, text } = await door.sendSigned(sealed(envelope('im.message.recalled_v1', {})));
    expect([status, text, door.received.length]).toEqual([200, '{}', 0]);
  });
});

describe('webhook: url_verification', () => {
  const challenge = { type: 'url_verification', challenge: 'c-1', token: VERIFICATION_TOKEN };

  it('answers an encrypted, signed challenge', async () => {
    const door = await openDoor();
    const { status, text } = await door.sendSigned(sealed(challenge));
    expect([status, text]).toEqual([200, '{"challenge":"c-1"}']);
  });

  it('answers an encrypted challenge without signature, as the console sends it', async () => {
    const door = await openDoor();
    const { status, text } = await door.send(sealed(challenge));
    expect([status, text, door.refused]).toEqual([200, '{"challenge":"c-1"}', []]);
  });

  it.each(['', 'other', `${VERIFICATION_TOKEN} `, undefined])(
    'refuses an encrypted challenge of token %j',
    async (token) => {
      const door = await openDoor();
      const { status, text } = await door.send(sealed({ ...challenge, token }));
      expect([status, text]).toEqual([401, '{}']);
      expect((await door.sendSigned(sealed({ ...challenge, token }))).status).toBe(401);
    },
  );

  it.each([
    ['an event', messageEnvelope()],
    ['a click', clickEnvelope()],
    ['an event that calls itself a challenge', { ...messageEnvelope(), type: 'url_verification' }],
    ['a challenge without its type', { challenge: 'c-1', token: VERIFICATION_TOKEN }],
    ['a challenge that is no text', { ...challenge, challenge: { a: 1 } }],
    ['no object', 'url_verification'],
  ])('refuses %s that is encrypted, but unsigned', async (_what, payload) => {
    const door = await openDoor();
    expect(await door.send(sealed(payload))).toMatchObject({ status: 401, text: '{}' });
    expect([door.received, door.kept, door.refused]).toEqual([[], [], ['unsigned']]);
  });

  it('refuses an unsigned challenge under another key, and one that is larger than any', async () => {
    const door = await openDoor();
    const foreign = JSON.stringify({ encrypt: encrypt(JSON.stringify(challenge), 'other') });
    expect((await door.send(foreign)).status).toBe(401);
    expect((await door.send(sealed({ ...challenge, more: 'x'.repeat(4096) }))).status).toBe(401);
    expect((await door.send(JSON.stringify({ ...challenge, more: 'x'.repeat(4096) }))).status).toBe(401);
  });

  it('refuses a signed challenge that was recorded', async () => {
    const door = await openDoor();
    const body = sealed(challenge);
    const headers = sign(body);
    expect((await door.send(body, headers)).status).toBe(200);
    expect((await door.send(body, headers)).status).toBe(401);
  });

  it('answers a plain challenge whose token is right, with nothing but the challenge', async () => {
    const door = await openDoor();
    const { status, text } = await door.send(JSON.stringify({ ...challenge, extra: 1 }));
    expect([status, text]).toEqual([200, '{"challenge":"c-1"}']);
  });

  it.each(['', 'other', `${VERIFICATION_TOKEN} `, undefined])(
    'refuses a plain challenge of token %j',
    async (token) => {
      const door = await openDoor();
      const { status, text } = await door.send(JSON.stringify({ ...challenge, token }));
      expect([status, text]).toEqual([401, '{}']);
    },
  );

  it('refuses a plain challenge that carries a wrong signature', async () => {
    const door = await openDoor();
    const body = JSON.stringify(challenge);
    expect((await door.send(body, sign(body, { key: 'other' }))).status).toBe(401);
  });
});

describe('webhook: what is refused with 401', () => {
  const headers = ['X-Lark-Request-Timestamp', 'X-Lark-Request-Nonce', 'X-Lark-Signature'];

  it.each(headers)('a request without %s', async (name) => {
    const door = await openDoor();
    const body = sealed(messageEnvelope());
    const { [name]: _left, ...rest } = sign(body);
    expect((await door.send(body, rest)).status).toBe(401);
    expect(door.received).toEqual([]);
  });

  it('no headers at all, with an empty object and no hint', async () => {
    const door = await openDoor();
    const { status, text } = await door.send(sealed(messageEnvelope()));
    expect([status, text]).toEqual([401, '{}']);
  });

  it('a signature of another key', async () => {
    const door = await openDoor();
    expect((await door.sendSigned(sealed(messageEnvelope()), { key: 'other' })).status).toBe(401);
  });

  it('a body changed after it was signed', async () => {
    const door = await openDoor();
    const body = sealed(messageEnvelope());
    expect((await door.send(`${body} `, sign(body))).status).toBe(401);
  });

  it.each(['', 'x', '0'.repeat(63), 'Z'.repeat(64), '0'.repeat(64)])('the signature %j', async (signature) => {
    const door = await openDoor();
    const body = sealed(messageEnvelope());
    expect((await door.send(body, { ...sign(body), 'X-Lark-Signature': signature })).status).toBe(401);
  });

  it.each([-301, 301])('a timestamp %i seconds off', async (seconds) => {
    const door = await openDoor();
    const timestamp = String(NOW / 1000 + seconds);
    expect((await door.sendSigned(sealed(messageEnvelope()), { timestamp })).status).toBe(401);
  });

  it.each([-300, 300])('but not one %i seconds off', async (seconds) => {
    const door = await openDoor();
    const timestamp = String(NOW / 1000 + seconds);
    expect((await door.sendSigned(sealed(messageEnvelope()), { timestamp })).status).toBe(200);
  });

  it.each(['soon', '-1', '1e12', '99999999999'])('a timestamp that is none: %s', async (timestamp) => {
    const door = await openDoor();
    expect((await door.sendSigned(sealed(messageEnvelope()), { timestamp })).status).toBe(401);
  });

  it('the same request a second time, as long as its timestamp holds', async () => {
    const door = await openDoor();
    const body = sealed(messageEnvelope());
    const signed = sign(body, { timestamp: String(NOW / 1000 + 299) });
    expect((await door.send(body, signed)).status).toBe(200);
    for (const later of [1, 299_000, 598_000]) {
      door.time.now = NOW + later;
      // Another delivery in between is when old signatures are forgotten.
      const timestamp = String(door.time.now);
      expect((await door.sendSigned(sealed(messageEnvelope()), { timestamp })).status).toBe(200);
      expect((await door.send(body, signed)).status).toBe(401);
    }
    expect(door.received).toHaveLength(4);
  });

  it('the same request a second time, though the first was answered without being recorded', async () => {
    const toast = { type: 'warning' as const, content: '现在忙，请再点一次' };
    const door = await openDoor({ receive: async () => ({ toast }) });
    const body = sealed(clickEnvelope());
    const signed = sign(body);
    expect((await door.send(body, signed)).status).toBe(200);
    expect((await door.send(body, signed)).status).toBe(401);
    door.time.now += 600_001;
    expect((await door.send(body, signed)).status).toBe(401);
    expect(door.refused).toEqual(['replay', 'stale']);
  });

  it('a replay whose nonce lent three digits to the timestamp', async () => {
    const door = await openDoor();
    const body = sealed(messageEnvelope());
    const seconds = String(NOW / 1000);
    const signed = sign(body, { timestamp: seconds, nonce: '123abc' });
    expect((await door.send(body, signed)).status).toBe(200);
    const shifted = { ...signed, 'X-Lark-Request-Timestamp': `${seconds}123`, 'X-Lark-Request-Nonce': 'abc' };
    expect((await door.send(body, shifted)).status).toBe(401);
  });

  it('a plain event, even signed', async () => {
    const door = await openDoor();
    expect((await door.sendSigned(JSON.stringify(messageEnvelope()))).status).toBe(401);
    expect(door.received).toEqual([]);
  });

  it.each(['', 'garbage', 'AAAA', Buffer.alloc(48, 7).toString('base64')])('the ciphertext %j', async (text) => {
    const door = await openDoor();
    expect((await door.sendSigned(JSON.stringify({ encrypt: text }))).status).toBe(401);
  });

  it('a ciphertext of another key', async () => {
    const door = await openDoor();
    const body = JSON.stringify({ encrypt: encrypt(JSON.stringify(messageEnvelope()), 'other') });
    expect((await door.sendSigned(body)).status).toBe(401);
  });

  it('a ciphertext that holds no JSON', async () => {
    const door = await openDoor();
    expect((await door.sendSigned(JSON.stringify({ encrypt: encrypt('hello') }))).status).toBe(401);
  });

  it.each([undefined, '', 'other'])('an event of the token %j', async (token) => {
    const door = await openDoor();
    expect((await door.sendSigned(sealed(messageEnvelope({}, { token })))).status).toBe(401);
    expect(door.received).toEqual([]);
  });

  it.each(['cli_another', ''])('a rightly signed event for the app %j', async (app_id) => {
    const door = await openDoor();
    expect(await door.sendSigned(sealed(messageEnvelope({}, { app_id })))).toMatchObject({ status: 401, text: '{}' });
    expect([door.received, door.refused]).toEqual([[], ['app']]);
  });

  it('an event of version 1 whose token is wrong or missing', async () => {
    const door = await openDoor();
    for (const token of ['other', undefined]) {
      expect((await door.sendSigned(sealed({ type: 'event_callback', token, event: {} }))).status).toBe(401);
    }
  });

  it.each([
    ['headers', { 'X-Lark-Request-Nonce': '' }],
    ['stale', sign('', { timestamp: String(NOW / 1000 - 301) })],
    ['unsigned', { 'X-Lark-Signature': '' }],
  ])('what its headers betray (%s), without waiting for the body', async (reason, headers) => {
    const door = await openDoor();
    const length = reason === 'unsigned' ? 4 * 1024 + 1 : 1024;
    const request = openRequest(door.url, {
      method: 'POST',
      headers: { ...sign(''), ...headers, 'content-length': length },
    });
    request.write('x');
    const { statusCode, headers: answered } = await new Promise<IncomingMessage>((resolve) =>
      request.on('response', resolve),
    );
    expect([statusCode, answered.connection, door.refused]).toEqual([401, 'close', [reason]]);
    request.destroy();
  });

  it('tells each refusal by its reason', async () => {
    const door = await openDoor();
    const body = sealed(messageEnvelope());
    const headers = sign(body);
    await door.send(body, sign(body, { key: 'other' }));
    await door.sendSigned(JSON.stringify(messageEnvelope()));
    await door.sendSigned(JSON.stringify({ encrypt: 'garbage' }));
    await door.sendSigned(sealed(messageEnvelope({}, { token: 'other' })));
    await door.send(body, headers);
    await door.send(body, headers);
    expect(door.refused).toEqual(['signature', 'plaintext', 'encryption', 'token', 'replay']);
  });

  it('unsigned bytes that are not JSON', async () => {
    const door = await openDoor();
    expect((await door.send('not json')).status).toBe(401);
  });
});

describe('webhook: other answers', () => {
  it('400 for signed bytes that are not JSON', async () => {
    const door = await openDoor();
    expect(await door.sendSigned('not json')).toMatchObject({ status: 400, text: '{}' });
  });

  it('413 past 1 MiB, and not at it', async () => {
    const door = await openDoor();
    expect(await door.sendSigned('x'.repeat(1024 * 1024 + 1))).toMatchObject({ status: 413, text: '{}' });
    expect((await door.sendSigned('x'.repeat(1024 * 1024))).status).toBe(400);
  });

  it('413 for a body that does not tell its length, and hangs up', async () => {
    const { url } = await openDoor();
    const request = openRequest(url, { method: 'POST', headers: sign('') });
    request.write(Buffer.alloc(1024 * 1024 + 1));
    const { statusCode, headers } = await new Promise<IncomingMessage>((resolve) => request.on('response', resolve));
    expect([statusCode, headers.connection]).toEqual([413, 'close']);
    request.destroy();
  });

  it('415 for a compressed body', async () => {
    const door = await openDoor();
    const gzip = { 'content-encoding': 'gzip' };
    expect(await door.send('x', { ...sign('x'), ...gzip })).toMatchObject({ status: 415, text: '{}' });
    expect((await door.send('x', { ...sign('x'), 'content-encoding': 'identity' })).status).toBe(400);
    expect((await door.send('x', gzip)).status).toBe(401);
  });

  it('nothing to whoever hangs up, and the next one is served', async () => {
    const door = await openDoor();
    const request = openRequest(door.url, { method: 'POST', headers: { 'content-length': 100 } });
    const cut = new Promise((resolve) => request.on('error', resolve));
    request.write('half of it', () => request.destroy());
    await cut;
    expect((await door.sendSigned(sealed(messageEnvelope()))).status).toBe(200);
    expect(door.logged.text()).not.toContain('webhook failed');
  });

  it('at its own path only, whatever follows in the query', async () => {
    const { url } = await openDoor();
    const status = async (path: string) => (await fetch(url + path, { method: 'POST', body: 'x' })).status;
    expect(await Promise.all(['', '/', '?from=lark', 'x', '/x'].map(status))).toEqual([401, 401, 401, 404, 404]);
  });

  it.each(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('405 for %s', async (method) => {
    const door = await openDoor();
    const { status, headers } = await door.send('', {}, method);
    expect([status, headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('500 with an empty object when receive fails, without stack or message', async () => {
    const door = await openDoor({
      receive: async () => {
        throw new Error('张三 13812345678');
      },
    });
    expect(await door.sendSigned(sealed(messageEnvelope()))).toMatchObject({ status: 500, text: '{}' });
    expect(door.logged.text()).toContain('a delivery failed');
    expect(door.logged.text()).not.toContain('13812345678');
  });

  it('500 when the answer cannot be written out, and goes on', async () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    const toast = { type: 'success' as const, content: '好' };
    const door = await openDoor({ receive: async () => ({ toast, ...loop }) as CallbackAnswer });
    expect(await door.sendSigned(sealed(messageEnvelope()))).toMatchObject({ status: 500, text: '{}' });
    expect((await door.send('not json')).status).toBe(401);
  });

  it('500 when an unreadable delivery cannot be kept', async () => {
    const door = await openDoor({
      keepUnreadable: async () => {
        throw new Error('disk full');
      },
    });
    expect((await door.sendSigned(sealed(messageEnvelope({ message_id: '../x' })))).status).toBe(500);
  });

  it('200 {} for an unreadable event, which is kept', async () => {
    const door = await openDoor();
    const { status, text } = await door.sendSigned(sealed(messageEnvelope({ message_id: '../x' })));
    expect([status, text, door.received.length]).toEqual([200, '{}', 0]);
    expect(door.kept).toMatchObject([{ key: 'ev-1', problem: expect.stringContaining('message.message_id') }]);
    expect(JSON.parse(door.kept[0]?.body ?? '')).toMatchObject({ event: { message: { message_id: '../x' } } });
  });

  it('200 {} for an event of version 1, which is kept', async () => {
    const door = await openDoor();
    const event = { type: 'message', app_id: 'cli_x', open_id: 'ou_ada', text: 'hello' };
    const old = { uuid: 'u-1', ts: '1550038110.478493', type: 'event_callback', token: VERIFICATION_TOKEN, event };
    expect(await door.sendSigned(sealed(old))).toMatchObject({ status: 200, text: '{}' });
    expect(door.kept).toMatchObject([{ key: expect.stringMatching(/^sha256:/) }]);
    expect(JSON.parse(door.kept[0]?.body ?? '')).toEqual(old);
  });

  it('takes an event that is nested deeply where nobody looks', async () => {
    const door = await openDoor();
    expect((await door.sendSigned(nested(messageEnvelope({ user_agent: 'DEEP' })))).status).toBe(200);
    expect(door.received).toMatchObject([{ text: '/待办' }]);
  });

  it('keeps aside an unreadable event however deeply it is nested', async () => {
    const door = await openDoor();
    const events = [
      messageEnvelope({ message_id: 'DEEP' }),
      envelope('im.message.receive_v1', 'DEEP', { event_id: 'ev-2' }),
      envelope('card.action.trigger', 'DEEP', { event_id: 'ev-3' }),
    ];
    for (const event of events) expect((await door.sendSigned(nested(event))).status).toBe(200);
    expect(door.kept.map(({ key }) => key)).toEqual(['ev-1', 'ev-2', 'ev-3']);
    expect(door.kept[0]?.body).toContain('ev-1');
  });

  it('never answers a nested event with a fault of ours, where escapes make reading it harder', async () => {
    const door = await openDoor();
    const escaped = messageEnvelope({ message_id: 'DEEP', content: '\u0007' });
    expect([200, 401]).toContain((await door.sendSigned(nested(escaped))).status);
  });

  it('an error toast for an unreadable click, which says why when nobody is named', async () => {
    const door = await openDoor();
    const press = async (event: Record<string, unknown>, event_id: string) => {
      const click = clickEnvelope(event);
      const { status, text } = await door.sendSigned(sealed({ ...click, header: { ...click.header, event_id } }));
      return [status, JSON.parse(text).toast];
    };
    expect(await press({ context: {} }, 'ev-1')).toEqual([
      200,
      { type: 'error', content: expect.stringContaining('没有收到完整') },
    ]);
    for (const [place, operator] of [{ user_id: 'u1' }, { union_id: 'on_1', open_id: null }].entries()) {
      expect(await press({ operator }, `ev-anonymous-${place}`)).toEqual([
        200,
        { type: 'error', content: expect.stringMatching(/没有说明是谁点的.*联系系统管理员/) },
      ]);
    }
    expect(door.kept).toHaveLength(3);
    expect(door.received).toEqual([]);
  });

  it('keeps aside a message whose words cannot be read, and has its writer told', async () => {
    const door = await openDoor();
    expect(await door.sendSigned(sealed(messageEnvelope({ content: '{"text":7}' })))).toMatchObject({ status: 200 });
    expect(door.kept).toMatchObject([{ key: 'ev-1' }]);
    expect(door.received).toMatchObject([{ kind: 'message', messageId: 'om_1', text: '', wordless: 'other' }]);
    const unmentioned = messageEnvelope({ message_id: 'om_2', content: '{}', mentions: [7, { key: 1 }] });
    await door.sendSigned(sealed(unmentioned));
    expect(door.received[1]).toMatchObject({ messageId: 'om_2', mentionsBot: false });
  });

  it('keeps aside a form whose field is nested beyond writing', async () => {
    const door = await openDoor();
    const click = clickEnvelope({ action: { value: {}, form_value: { note: 'DEEP' } } });
    const { status, text } = await door.sendSigned(nested(click));
    expect([status, JSON.parse(text)]).toMatchObject([200, { toast: { type: 'error' } }]);
    expect(door.kept).toHaveLength(1);
  });

  it('drops keys that could reach a prototype or pass for headers', async () => {
    const door = await openDoor();
    const plain = JSON.stringify(clickEnvelope()).replace(
      '"value":{',
      '"value":{"__proto__":{"admin":true},"constructor":1,"prototype":2,"headers":3,',
    );
    await door.sendSigned(JSON.stringify({ encrypt: encrypt(plain) }));
    const [inbound] = door.received;
    if (inbound?.kind !== 'action') throw new Error('no click received');
    expect(Object.getOwnPropertyNames(inbound.value)).toEqual(['v', 'action']);
  });

  it('never logs body, token or key', async () => {
    const door = await openDoor();
    await door.sendSigned(sealed(messageEnvelope({ content: '{"text":"李四"}', message_id: 'x' })));
    await door.sendSigned(sealed(messageEnvelope({}, { token: 'wrong-token' })));
    await door.send('李四');
    const text = door.logged.text();
    expect(door.logged.lines.length).toBeGreaterThan(2);
    for (const secret of ['李四', VERIFICATION_TOKEN, ENCRYPT_KEY, 'wrong-token']) expect(text).not.toContain(secret);
  });

  it.each([{ encryptKey: '' }, { verificationToken: '' }])('does not open without its secrets: %j', async (missing) => {
    await expect(openDoor(missing)).rejects.toThrow('LARK_ENCRYPT_KEY');
  });
});
