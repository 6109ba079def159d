import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import protobuf from 'protobufjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createLark } from '../../src/lark/client.ts';
import type { CallbackAnswer, Inbound } from '../../src/lark/port.ts';
import { WatchedAgent } from '../../src/lark/sockets.ts';
import { connectWebsocket, type WebsocketConnection, type WebsocketOptions } from '../../src/lark/websocket.ts';
import { eventually } from '../support/eventually.ts';
import { BOT, clickEnvelope, memoryLog, messageEnvelope, NOW } from './support.ts';

const Frame = protobuf
  .parse(
    `syntax = "proto2";
     message Header { required string key = 1; required string value = 2; }
     message Frame {
       required uint64 SeqID = 1; required uint64 LogID = 2; required int32 service = 3; required int32 method = 4;
       repeated Header headers = 5; optional string payloadEncoding = 6; optional string payloadType = 7;
       optional bytes payload = 8; optional string LogIDNew = 9;
     }`,
    { keepCase: true },
  )
  .root.lookupType('Frame');
const CLIENT_CONFIG = { PingInterval: 120, ReconnectCount: -1, ReconnectInterval: 0.01, ReconnectNonce: 0 };

interface Plain {
  method: number;
  headers: { key: string; value: string }[];
  payload: Uint8Array;
}

/** Only the SDK writes these frames, always with headers; a payload is read from data frames only, which have one. */
function decode(bytes: Buffer): Plain {
  return Frame.toObject(Frame.decode(bytes), { longs: Number }) as unknown as Plain;
}

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** For this machine, signed by itself. */
function ownCertificate(): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'daiban-tls-'));
  const files = { key: join(folder, 'key.pem'), cert: join(folder, 'cert.pem') };
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const out = ['-keyout', files.key, '-out', files.cert];
  try {
    execFileSync('openssl', ['req', '-x509', ...kind, ...subject, ...out], { stdio: 'pipe' });
    return { key: readFileSync(files.key, 'utf8'), cert: readFileSync(files.cert, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The platform's side of the long connection: the endpoint, pongs unless told to be silent, events with their acknowledgement. */
async function fakePlatform(certificate?: Certificate) {
  const state = { endpointCode: 0, silent: false, connections: 0 };
  const sockets = new Set<WebSocket>();
  const acks = new Map<string, (ack: { code: number; data?: string }) => void>();
  const portOf = (listening: Server) => (listening.address() as AddressInfo).port;
  const address = () =>
    `${certificate ? 'wss' : 'ws'}://127.0.0.1:${portOf(events)}/ws?fpid=1&device_id=d1&service_id=77&access_key=k&ticket=secret-ticket`;
  const endpoint: RequestListener = (_request, response) => {
    const data = { URL: address(), ClientConfig: CLIENT_CONFIG };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ code: state.endpointCode, msg: '', data }));
  };
  const server = createServer(endpoint);
  const events = certificate ? createTlsServer(certificate) : server;
  new WebSocketServer({ server: events }).on('connection', (socket) => {
    state.connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('message', (data: Buffer) => {
      const frame = decode(data);
      const header = (key: string) => frame.headers.find((entry) => entry.key === key)?.value ?? '';
      if (frame.method === 0 && !state.silent) {
        const payload = Buffer.from(JSON.stringify(CLIENT_CONFIG));
        socket.send(Frame.encode({ ...frame, headers: [{ key: 'type', value: 'pong' }], payload }).finish());
      }
      if (frame.method === 1) acks.get(header('message_id'))?.(JSON.parse(Buffer.from(frame.payload).toString()));
    });
  });
  for (const one of new Set([server, events])) {
    await new Promise<void>((ready) => one.listen(0, '127.0.0.1', ready));
    open.push(() => {
      for (const socket of sockets) socket.terminate();
      one.closeAllConnections();
      return new Promise((done) => one.close(done));
    });
  }
  let count = 0;
  /** Sends an event in `parts` fragments; resolves with the acknowledgement. */
  function push(envelope: unknown, parts = 1): Promise<{ code: number; answer: unknown }> {
    count += 1;
    const id = `frame-${count}`;
    const bytes = Buffer.from(JSON.stringify(envelope));
    const size = Math.ceil(bytes.length / parts);
    const [socket] = sockets;
    return new Promise((resolve) => {
      acks.set(id, ({ code, data }) =>
        resolve({ code, answer: data === undefined ? undefined : JSON.parse(Buffer.from(data, 'base64').toString()) }),
      );
      for (let seq = 0; seq < parts; seq += 1) {
        const fields = { type: 'event', message_id: id, sum: String(parts), seq: String(seq), trace_id: 'trace' };
        const headers = Object.entries(fields).map(([key, value]) => ({ key, value }));
        const payload = bytes.subarray(seq * size, (seq + 1) * size);
        socket?.send(Frame.encode({ SeqID: 1, LogID: 1, service: 77, method: 1, headers, payload }).finish());
      }
    });
  }
  const dropAll = () => {
    for (const socket of sockets) socket.terminate();
  };
  return { state, push, dropAll, address, domain: `http://127.0.0.1:${portOf(server)}` };
}

async function build(overrides: Partial<WebsocketOptions> = {}, certificate?: Certificate) {
  const platform = await fakePlatform(certificate);
  const received: Inbound[] = [];
  const kept: string[] = [];
  const logged = memoryLog();
  const app = { appId: 'cli_0123456789abcdef', appSecret: 'hunter2', domain: platform.domain };
  const { sdkConfig } = createLark({ ...app, log: logged.log, clock: { now: () => NOW } });
  const connect = (): WebsocketConnection => {
    const connection = connectWebsocket({
      sdkConfig,
      receive: async (inbound) => {
        received.push(inbound);
        return {};
      },
      keepUnreadable: async ({ key }) => void kept.push(key),
      passOver: async () => {},
      clock: { now: () => NOW },
      log: logged.log,
      botOpenId: () => BOT,
      ...overrides,
    });
    open.push(() => connection.close());
    return connection;
  };
  const up = (connection: WebsocketConnection) => eventually(() => expect(connection.status()).toBe('connected'));
  return { platform, received, kept, logged, connect, up };
}

describe('the long connection', () => {
  it('hands events over unflattened and acknowledges them', async () => {
    const world = await build();
    const connection = world.connect();
    await world.up(connection);
    expect(connection.lastEventAt()).toBeUndefined();
    expect(await world.platform.push(messageEnvelope())).toEqual({ code: 200, answer: {} });
    expect(world.received).toMatchObject([{ kind: 'message', eventId: 'ev-1', text: '/待办' }]);
    expect(connection.lastEventAt()).toBe(NOW);
  });

  it('answers a click with toast and card', async () => {
    const answer: CallbackAnswer = {
      toast: { type: 'success', content: '已接收' },
      card: { type: 'raw', data: { schema: '2.0', body: { elements: [] } } },
    };
    const world = await build({ receive: async () => answer });
    await world.up(world.connect());
    expect(await world.platform.push(clickEnvelope())).toEqual({ code: 200, answer });
  });

  it('reads an event that comes in fragments', async () => {
    const world = await build();
    await world.up(world.connect());
    expect(await world.platform.push(messageEnvelope(), 3)).toMatchObject({ code: 200 });
    expect(world.received).toHaveLength(1);
  });

  it('acknowledges with 500 when receive fails, so that the platform sends it again', async () => {
    const world = await build({
      receive: async () => {
        throw new Error('张三 13812345678');
      },
    });
    await world.up(world.connect());
    expect(await world.platform.push(messageEnvelope())).toEqual({ code: 500, answer: undefined });
    expect(world.logged.text()).not.toContain('13812345678');
  });

  it('keeps what cannot be read, and answers such a click with a toast', async () => {
    const world = await build();
    await world.up(world.connect());
    expect(await world.platform.push(messageEnvelope({ chat_id: 7 }))).toEqual({ code: 200, answer: {} });
    const click = await world.platform.push(clickEnvelope({ operator: {} }));
    expect(click).toMatchObject({ code: 200, answer: { toast: { type: 'error' } } });
    expect(world.kept).toEqual(['ev-1', 'ev-1']);
  });

  it('comes back after the connection is cut', async () => {
    const world = await build();
    const connection = world.connect();
    await world.up(connection);
    world.platform.dropAll();
    await eventually(() => expect(world.platform.state.connections).toBe(2));
    await world.up(connection);
    expect(await world.platform.push(messageEnvelope())).toMatchObject({ code: 200 });
  });

  it('notices a connection that has silently died', async () => {
    const world = await build({ pingTimeoutSeconds: 0.05 });
    world.platform.state.silent = true;
    const connection = world.connect();
    await eventually(() => expect(world.platform.state.connections).toBe(2));
    world.platform.state.silent = false;
    await world.up(connection);
  });

  it('begins anew where nothing comes and the SDK does not mind, and tells when it could not hear', async () => {
    const told: string[] = [];
    const onUp = () => void told.push('up');
    const onDown = (aliveAt: number | undefined) => void told.push(`down ${aliveAt}`);
    const world = await build({ pingTimeoutSeconds: 0, silentAfterMs: 200, lookEveryMs: 10, onUp, onDown });
    world.platform.state.silent = true;
    const connection = world.connect();
    await eventually(() => expect(world.platform.state.connections).toBe(2));
    world.platform.state.silent = false;
    await world.up(connection);
    await eventually(() => expect(told.slice(0, 3)).toEqual(['up', `down ${NOW}`, 'up']));
    expect(await world.platform.push(messageEnvelope())).toMatchObject({ code: 200 });
  });

  it('makes another connection when told that this one brings nothing', async () => {
    const world = await build();
    const connection = world.connect();
    await world.up(connection);
    connection.restart();
    await eventually(() => expect(world.platform.state.connections).toBe(2));
    await world.up(connection);
  });

  it('knows when the app has too many connections, and when it has not any more', async () => {
    const world = await build({ restartAfterMs: 20 });
    world.platform.state.endpointCode = 1_000_040_350;
    const connection = world.connect();
    await eventually(() => expect(connection.isCrowded()).toBe(true));
    world.platform.state.endpointCode = 0;
    await world.up(connection);
    expect(connection.isCrowded()).toBe(false);
  });

  it('starts anew after the platform has turned it away for good', async () => {
    const world = await build({ restartAfterMs: 20 });
    world.platform.state.endpointCode = 1;
    const connection = world.connect();
    await eventually(() => expect(connection.status()).toBe('failed'));
    world.platform.state.endpointCode = 0;
    await world.up(connection);
  });

  it('stays closed', async () => {
    const world = await build();
    const connection = world.connect();
    await world.up(connection);
    connection.close();
    expect(connection.status()).toBe('idle');
    connection.restart();
    expect(connection.status()).toBe('idle');
  });

  it('logs neither secret nor ticket', async () => {
    const world = await build();
    await world.up(world.connect());
    await world.platform.push(messageEnvelope({ content: '{"text":"张三"}' }));
    for (const secret of ['hunter2', 'secret-ticket', '张三']) expect(world.logged.text()).not.toContain(secret);
  });

  it('speaks TLS, as the platform does everywhere, and counts what comes over it', async () => {
    const { key, cert } = ownCertificate();
    const connectTls = tls.connect.bind(tls);
    const trusting = (given: tls.ConnectionOptions) => connectTls({ ...given, ca: cert });
    const connects = vi.spyOn(tls, 'connect').mockImplementation(trusting as typeof tls.connect);
    open.push(() => connects.mockRestore());
    const world = await build({}, { key, cert });
    const connection = world.connect();
    await world.up(connection);
    expect(await world.platform.push(messageEnvelope())).toEqual({ code: 200, answer: {} });
    expect(connects).toHaveBeenCalledTimes(1);

    const agent = new WatchedAgent();
    const socket = new WebSocket(world.platform.address(), { agent });
    open.push(() => socket.terminate());
    await new Promise((opened) => socket.once('open', opened));
    const before = agent.bytesRead;
    expect(before).toBeGreaterThan(0);
    socket.ping();
    await new Promise((ponged) => socket.once('pong', ponged));
    expect(agent.bytesRead).toBeGreaterThan(before);
  });

  it('refuses an app id with which the SDK would silently do nothing', async () => {
    const { sdkConfig } = createLark({
      appId: 'cli_short',
      appSecret: 'x',
      domain: 'feishu',
      log: memoryLog().log,
      clock: { now: () => 0 },
    });
    const world = await build({ sdkConfig });
    expect(() => world.connect()).toThrow('LARK_APP_ID');
  });
});
