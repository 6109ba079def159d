import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import express from 'express';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Card } from '../../cards/card.ts';
import { createLark } from '../../src/lark/client.ts';
import { NeverSent } from '../../src/lark/errors.ts';
import { createHttp, originOf } from '../../src/lark/http.ts';
import { LarkError } from '../../src/lark/port.ts';
import { eventually } from '../support/eventually.ts';
import { memoryLog } from './support.ts';

const SECRET = 'hunter2-app-secret';
const card: Card = { schema: '2.0', body: { elements: [{ tag: 'div', text: '张三' }] } };

interface Request {
  method: string;
  path: string;
  query: unknown;
  body: Record<string, unknown>;
  authorization: string | undefined;
  contentType: string | undefined;
  /** Of a body that is no JSON. */
  text: string;
}
type Answer = { status?: number; body: unknown; headers?: Record<string, string> };

const servers: Server[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

/** A platform that hands out tokens t-1, t-2 … and gives every other call the next of `answers`, else success. */
async function build() {
  const requests: Request[] = [];
  const answers: Answer[] = [];
  const time = { now: 0 };
  const tokens = { count: 0, answer: undefined as Answer | undefined };
  const app = express().use(express.json(), express.raw({ type: 'multipart/form-data', limit: '1mb' }));
  app.use((request, response) => {
    if (request.path === '/open-apis/auth/v3/tenant_access_token/internal') {
      tokens.count += 1;
      const body = { code: 0, msg: 'ok', tenant_access_token: `t-${tokens.count}`, expire: 7200 };
      response.status(tokens.answer?.status ?? 200).json(tokens.answer?.body ?? body);
      return;
    }
    const { method, path, query, body } = request;
    const given = { authorization: request.get('authorization'), contentType: request.get('content-type') };
    const raw = Buffer.isBuffer(body);
    requests.push({ method, path, query, body: raw ? {} : body, ...given, text: raw ? body.toString('utf8') : '' });
    const answer = answers.shift() ?? { body: { code: 0, data: { message_id: 'om_new' } } };
    if (answer.body instanceof Readable) {
      answer.body.pipe(response);
      return;
    }
    response
      .status(answer.status ?? 200)
      .set(answer.headers ?? {})
      .send(answer.body);
  });
  const server = app.listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((ready) => server.once('listening', ready));
  const domain = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const logged = memoryLog();
  const options = {
    appId: 'cli_0123456789abcdef',
    appSecret: SECRET,
    domain,
    log: logged.log,
    clock: { now: () => time.now },
  };
  return { ...createLark(options), requests, answers, time, tokens, logged, domain };
}

async function contentOf(stream: Readable): Promise<string> {
  return (await buffer(stream)).toString('utf8');
}

async function failureOf(call: Promise<unknown>): Promise<LarkError> {
  const error = await call.catch((thrown: unknown) => thrown);
  if (error instanceof LarkError) return error;
  throw new Error(`no LarkError: ${String(error)}`);
}

describe('calls', () => {
  it.each([
    ['oc_chat', 'chat_id'],
    ['ou_ada', 'open_id'],
  ])('posts to %s as %s', async (target, idType) => {
    const { port, requests } = await build();
    expect(await port.post({ target, card, uuid: 'u-1' })).toEqual({ messageId: 'om_new' });
    expect(requests).toMatchObject([
      {
        method: 'POST',
        path: '/open-apis/im/v1/messages',
        query: { receive_id_type: idType },
        body: { receive_id: target, msg_type: 'interactive', content: JSON.stringify(card), uuid: 'u-1' },
        authorization: 'Bearer t-1',
      },
    ]);
  });

  it('replies and updates', async () => {
    const { port, requests } = await build();
    expect(await port.reply({ messageId: 'om_q', card, uuid: 'u-1' })).toEqual({ messageId: 'om_new' });
    await port.update({ messageId: 'om_c', card });
    expect(requests.map(({ method, path, body }) => [method, path, body])).toEqual([
      [
        'POST',
        '/open-apis/im/v1/messages/om_q/reply',
        { msg_type: 'interactive', content: JSON.stringify(card), uuid: 'u-1' },
      ],
      ['PATCH', '/open-apis/im/v1/messages/om_c', { content: JSON.stringify(card) }],
    ]);
  });

  it('uploads a file with its name and posts it', async () => {
    const { port, requests, answers } = await build();
    answers.push({ body: { code: 0, data: { file_key: 'file_v3_1' } } });
    const content = Buffer.from('PK not really');
    const file = { name: '台账.xlsx', bytes: content.length, read: () => Readable.from([content]) };
    expect(await port.upload(file)).toEqual({ fileKey: 'file_v3_1' });
    expect(requests[0]).toMatchObject({ path: '/open-apis/im/v1/files', authorization: 'Bearer t-1' });
    expect(requests[0]?.contentType).toMatch(/^multipart\/form-data; *boundary=/);
    expect(requests[0]?.text).toMatch(/name="file_type"\r\n\r\nxls\r\n/);
    expect(requests[0]?.text).toMatch(/name="file"; filename="台账.xlsx"\r\n.*\r\n\r\nPK not really\r\n/);
    expect(await port.postFile({ target: 'oc_chat', fileKey: 'file_v3_1', uuid: 'u-1' })).toEqual({
      messageId: 'om_new',
    });
    expect(requests[1]?.body).toEqual({
      receive_id: 'oc_chat',
      msg_type: 'file',
      content: '{"file_key":"file_v3_1"}',
      uuid: 'u-1',
    });
  });

  it('uploads anew with a new token, and names what the platform refuses', async () => {
    const { port, requests, answers } = await build();
    const content = Buffer.alloc(100_000, 'x');
    const file = { name: 'a.xlsx', bytes: content.length, read: () => Readable.from([content]) };
    answers.push({ body: { code: 99991663, msg: 'token' } }, { body: { code: 0, data: { file_key: 'file_2' } } });
    expect(await port.upload(file)).toEqual({ fileKey: 'file_2' });
    expect(requests.map(({ authorization }) => authorization)).toEqual(['Bearer t-1', 'Bearer t-2']);
    expect(requests[1]?.text.length).toBeGreaterThan(100_000);
    answers.push({ body: { code: 234006, msg: 'too big' } });
    expect(await failureOf(port.upload(file))).toMatchObject({ failure: 'broken', code: 234006 });
    answers.push({ status: 502, body: '<html>' });
    expect(await failureOf(port.upload(file))).toMatchObject({ failure: 'later', code: undefined });
    answers.push({ body: { code: 0, data: {} } });
    expect(await failureOf(port.upload(file))).toMatchObject({ failure: 'later' });
  });

  it('never puts an unchecked id into a path', async () => {
    const { port, requests, tokens } = await build();
    for (const messageId of ['../../x?y=1#z', 'om_a/../b', 'oc_chat', '']) {
      expect(await failureOf(port.update({ messageId, card }))).toMatchObject({ failure: 'broken' });
      expect(await failureOf(port.reply({ messageId, card, uuid: 'u' }))).toMatchObject({ failure: 'broken' });
    }
    expect(await failureOf(port.post({ target: 'om_x', card, uuid: 'u' }))).toMatchObject({ failure: 'broken' });
    expect([requests.length, tokens.count]).toEqual([0, 0]);
  });

  it('asks who the bot is once a minute until it is told', async () => {
    const { botOpenId, answers, requests, time, logged } = await build();
    const asked = (times: number) => eventually(() => expect(requests).toHaveLength(times));
    answers.push({ status: 502, body: '<html>' }, { body: { code: 0, bot: { open_id: 'ou_bot' } } });
    expect([botOpenId(), botOpenId()]).toEqual([undefined, undefined]);
    await eventually(() => expect(logged.text()).toContain('does not know its own open_id'));
    time.now += 59_999;
    expect(botOpenId()).toBeUndefined();
    time.now += 1;
    expect(botOpenId()).toBeUndefined();
    await asked(2);
    await eventually(() => expect(botOpenId()).toBe('ou_bot'));
    time.now += 3_600_000;
    expect(botOpenId()).toBe('ou_bot');
    expect(requests.map((request) => request.path)).toEqual(['/open-apis/bot/v3/info', '/open-apis/bot/v3/info']);
  });
});

describe('token', () => {
  it('is fetched anew for every kind of call that it is refused for', async () => {
    const { history, port, answers, tokens, requests } = await build();
    const refused = { status: 400, body: { code: 99991663, msg: 'token invalid' } };
    const calls: [unknown, () => Promise<unknown>][] = [
      [{ code: 0, data: { scopes: [] } }, () => history.readsGroups()],
      [{ code: 0, data: { items: [] } }, () => history.list({ chatId: 'oc_a', chatType: 'p2p' }, 0)],
      [{ code: 0, data: { message_id: 'om_1' } }, () => port.post({ target: 'oc_a', card, uuid: 'u-1' })],
    ];
    for (const [index, [body, make]] of calls.entries()) {
      answers.push(refused, { body });
      await make();
      expect(tokens.count).toBe(index + 2);
      expect(requests.at(-1)?.authorization).toBe(`Bearer t-${index + 2}`);
    }
  });

  it('is fetched once for calls that come together, and kept', async () => {
    const { port, tokens } = await build();
    await Promise.all(['u-1', 'u-2', 'u-3'].map((uuid) => port.post({ target: 'oc_a', card, uuid })));
    await port.update({ messageId: 'om_c', card });
    expect(tokens.count).toBe(1);
  });

  it('is renewed by the clock', async () => {
    const { port, time, requests } = await build();
    await port.update({ messageId: 'om_c', card });
    time.now = 7_200_000;
    await port.update({ messageId: 'om_c', card });
    expect(requests.map((request) => request.authorization)).toEqual(['Bearer t-1', 'Bearer t-2']);
  });

  it.each([
    [400, 99991663],
    [200, 99991677],
    [401, 99991661],
  ])('is dropped when refused (HTTP %i, %i), and the call made once more', async (status, code) => {
    const { port, answers, requests } = await build();
    answers.push({ status, body: { code, msg: 'token invalid' } });
    await port.post({ target: 'oc_a', card, uuid: 'u-1' });
    expect(requests.map((request) => request.authorization)).toEqual(['Bearer t-1', 'Bearer t-2']);
  });

  it('is not renewed for ever', async () => {
    const { port, answers, requests } = await build();
    answers.push({ status: 400, body: { code: 99991663 } }, { status: 400, body: { code: 99991663 } });
    expect(await failureOf(port.post({ target: 'oc_a', card, uuid: 'u-1' }))).toMatchObject({ code: 99991663 });
    expect(requests).toHaveLength(2);
  });

  it('that cannot be had means that nothing was sent', async () => {
    const { port, tokens, requests } = await build();
    tokens.answer = { body: { code: 10014, msg: 'app secret invalid' } };
    const error = await failureOf(port.post({ target: 'oc_a', card, uuid: 'u-1' }));
    expect(error).toBeInstanceOf(NeverSent);
    expect(error).toMatchObject({ failure: 'later', code: 10014 });
    expect(requests).toEqual([]);
  });
});

describe('failures', () => {
  it.each([
    [
      { status: 400, body: { code: 230002, msg: 'not in chat' } },
      { failure: 'gone', code: 230002 },
    ],
    [{ body: { code: 230031, msg: 'too old' } }, { failure: 'expired', code: 230031 }],
    [
      { status: 502, body: '<html>' },
      { failure: 'later', code: undefined },
    ],
    [
      { status: 429, body: { code: 99991400 }, headers: { 'x-ogw-ratelimit-reset': '2' } },
      { failure: 'later', retryAfterMs: 2_000 },
    ],
    [{ status: 302, body: '', headers: { location: 'http://127.0.0.1:1/' } }, { failure: 'broken' }],
    [{ body: { code: 0, data: {} } }, { failure: 'later' }],
  ])('%j is %j', async (answer, expected) => {
    const { port, answers } = await build();
    answers.push(answer);
    expect(await failureOf(port.post({ target: 'oc_a', card, uuid: 'u-1' }))).toMatchObject(expected);
  });

  it('no connection comes later', async () => {
    const { log } = memoryLog();
    const lark = createLark({
      appId: 'cli_0',
      appSecret: SECRET,
      domain: 'http://127.0.0.1:1',
      log,
      clock: { now: () => 0 },
    });
    const error = await failureOf(lark.port.update({ messageId: 'om_c', card }));
    expect(error).toBeInstanceOf(NeverSent);
    expect(error.failure).toBe('later');
  });

  it('logs neither secret nor token nor content', async () => {
    const { port, answers, tokens, logged } = await build();
    answers.push({ status: 400, body: { code: 230099, msg: '张三' } });
    await failureOf(port.post({ target: 'oc_a', card, uuid: 'u-1' }));
    answers.push({ status: 400, body: { code: 99991663 } });
    tokens.answer = { status: 400, body: { code: 10014, msg: SECRET } };
    await failureOf(port.post({ target: 'oc_a', card, uuid: 'u-1' }));
    expect(logged.text()).toContain('230099');
    for (const secret of [SECRET, 'Bearer', 't-1', '张三']) expect(logged.text()).not.toContain(secret);
  });
});

describe('HTTP', () => {
  it('knows the two clouds and any other origin', () => {
    expect(originOf('feishu')).toBe('https://open.feishu.cn');
    expect(originOf('lark')).toBe('https://open.larksuite.com');
    expect(originOf('http://127.0.0.1:4000/')).toBe('http://127.0.0.1:4000');
    expect(() => originOf('ftp://example.org')).toThrow('LARK_DOMAIN');
    expect(() => originOf('nonsense')).toThrow();
  });

  it('reaches this machine past a proxy', async () => {
    for (const name of ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY']) vi.stubEnv(name, 'http://127.0.0.1:1');
    for (const name of ['NO_PROXY', 'no_proxy']) vi.stubEnv(name, '');
    const { domain } = await build();
    expect(await createHttp(domain).get(`${domain}/x`)).toMatchObject({ code: 0 });
  });
});

describe('a download', () => {
  const wanted = { messageId: 'om_1', kind: 'image' as const, key: 'img_v3_1', bytesMax: 10 };

  it('asks for the resource of the message and gives what comes', async () => {
    const { port, requests, answers } = await build();
    answers.push({ body: Buffer.from('1234567890') });
    expect(await contentOf(await port.download(wanted))).toBe('1234567890');
    expect(requests).toMatchObject([
      {
        method: 'GET',
        path: '/open-apis/im/v1/messages/om_1/resources/img_v3_1',
        query: { type: 'image' },
        authorization: 'Bearer t-1',
      },
    ]);
  });

  it('is refused for what is larger than wanted, told or not', async () => {
    const { port, answers } = await build();
    answers.push({ body: Buffer.from('12345678901') });
    expect(await failureOf(port.download(wanted))).toMatchObject({ failure: 'oversized' });
    // A file whose length is not told is read up to the limit.
    answers.push({ body: Buffer.from('12345678901'), headers: { 'transfer-encoding': 'chunked' } });
    const stream = await port.download(wanted).catch((error: unknown) => Promise.reject(error));
    expect(await failureOf(contentOf(stream))).toMatchObject({ failure: 'oversized' });
  });

  it('of 50 MB that were not told of is broken off at the limit, and the rest never comes', async () => {
    const { port, answers } = await build();
    const megabyte = Buffer.alloc(1024 * 1024);
    let sent = 0;
    function* megabytes() {
      for (; sent < 50; sent++) yield megabyte;
    }
    answers.push({ body: Readable.from(megabytes()) });
    const stream = await port.download({ ...wanted, kind: 'file', bytesMax: 20 * megabyte.length });
    let taken = 0;
    const reading = (async () => {
      for await (const chunk of stream) taken += chunk.length;
    })();
    expect(await failureOf(reading)).toMatchObject({ failure: 'oversized' });
    expect(taken).toBeLessThanOrEqual(20 * megabyte.length);
    // What the sockets hold is on its way.
    expect(sent).toBeLessThan(45);
  });

  it.each([
    [230110, 'expired'],
    [234003, 'broken'],
    [234004, 'gone'],
    [234037, 'oversized'],
    [234042, 'later'],
    [234043, 'broken'],
    [99991403, 'quota'],
  ] as const)('that fails with %i is %s', async (code, failure) => {
    const { port, answers } = await build();
    answers.push({ status: 400, body: { code, msg: 'no' } });
    expect(await failureOf(port.download(wanted))).toMatchObject({ failure, code });
    answers.push({ status: 200, body: { code, msg: 'no' } });
    expect(await failureOf(port.download(wanted))).toMatchObject({ failure, code });
  });

  it('gives a JSON file that somebody sent as it is', async () => {
    const { port, answers } = await build();
    const headers = { 'content-type': 'application/json', 'content-disposition': 'attachment; filename="a.json"' };
    answers.push({ body: Buffer.from('{"a":1}'), headers });
    expect(await contentOf(await port.download({ ...wanted, kind: 'file' }))).toBe('{"a":1}');
  });

  it('fetches a new token when the platform has refused the one it had', async () => {
    const { port, answers, requests } = await build();
    answers.push({ status: 400, body: { code: 99991663, msg: 'token' } }, { body: Buffer.from('ok') });
    expect(await contentOf(await port.download(wanted))).toBe('ok');
    expect(requests.map(({ authorization }) => authorization)).toEqual(['Bearer t-1', 'Bearer t-2']);
  });

  it('asks for nothing by a key or id that does not fit into a path', async () => {
    const { port, requests } = await build();
    expect(await failureOf(port.download({ ...wanted, key: '../x' }))).toMatchObject({ failure: 'broken' });
    expect(await failureOf(port.download({ ...wanted, messageId: 'om_/x' }))).toMatchObject({ failure: 'broken' });
    expect(requests).toEqual([]);
  });
});
