/** Deliveries by long connection: the endpoint that hands out an address, binary frames, acknowledgements. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { json, Router } from 'express';
import { type WebSocket, WebSocketServer } from 'ws';
import * as z from 'zod';
import { clientCodes } from './client-codes.ts';
import type { Envelope } from './envelope.ts';
import type { OtherInstance } from './faults.ts';
import { type Delivered, NO_ANSWER, type Patience, type Transport } from './push.ts';
import { decodeFrame, encodeFrame, type Frame, headerOf } from './websocket-frame.ts';

const PATH = '/ws/v2';
const SERVICE_ID = 77;
const CONTROL = 0;
const DATA = 1;
const CONNECTIONS_MAX = 50;
/** Seconds. Clients come back at once: a test that drops a connection need not wait the platform's two minutes. */
const CLIENT_CONFIG = { PingInterval: 120, ReconnectCount: -1, ReconnectInterval: 1, ReconnectNonce: 0 };

const endpointBody = z.strictObject({ AppID: z.string(), AppSecret: z.string() });
const ackPayload = z.object({ code: z.number(), data: z.string().optional() });

interface Client {
  readonly socket: WebSocket;
  /** A client listens for events from its first ping on. */
  ready: boolean;
}

export class WebsocketTransport implements Transport {
  readonly #options: { appId: string; appSecret: string; patience: Patience };
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #clients = new Set<Client>();
  readonly #tickets = new Set<string>();
  readonly #acks = new Map<string, (delivered: Delivered) => void>();
  readonly #readyWaiters = new Set<() => void>();
  #count = 0;
  #turn = 0;
  #dead = false;
  #other: OtherInstance = 'none';
  #forOther = false;

  constructor(options: { appId: string; appSecret: string; patience: Patience }) {
    this.#options = options;
  }

  /** `POST /callback/ws/endpoint`; `host` is the sandbox's own host and port. */
  router(host: () => string): Router {
    const router = Router();
    router.post('/callback/ws/endpoint', json(), (request, response) => {
      const body = endpointBody.safeParse(request.body);
      const known = body.success && body.data.AppID === this.#options.appId;
      if (!known || body.data.AppSecret !== this.#options.appSecret) {
        return void response.json({ code: 514, msg: 'app id or app secret is wrong', data: {} });
      }
      if (this.#clients.size >= CONNECTIONS_MAX) {
        return void response.json({ code: 1000040350, msg: 'too many connections', data: {} });
      }
      this.#count += 1;
      const ticket = `ticket${this.#count}`;
      this.#tickets.add(ticket);
      const query = `fpid=1&device_id=device${this.#count}&service_id=${SERVICE_ID}&access_key=key&ticket=${ticket}`;
      const data = { URL: `ws://${host()}${PATH}?${query}`, ClientConfig: CLIENT_CONFIG };
      response.json({ code: 0, msg: '', data });
    });
    return router;
  }

  /** Takes an upgrade request of the HTTP server; every ticket works once. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.#dead) {
      socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n');
      return;
    }
    const url = new URL(request.url ?? '/', 'http://sandbox');
    const ticket = url.searchParams.get('ticket') ?? '';
    if (url.pathname !== PATH || !this.#tickets.delete(ticket)) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (connection) => this.#accept(connection));
  }

  /** Resolves when at least `count` clients are connected and listening. */
  async connected(count = 1): Promise<void> {
    while (this.#readyClients().length < count) {
      await new Promise<void>((resolve) => {
        this.#readyWaiters.add(resolve);
      });
    }
  }

  /** Cuts every connection without a farewell. */
  dropAll(): void {
    for (const client of this.#clients) client.socket.terminate();
    this.#clients.clear();
  }

  /** Connections stay open, but nothing comes through any more, no pong either; nor are new ones taken in while it lasts. */
  playDead(dead: boolean): void {
    this.#dead = dead;
  }

  /** Another program takes every second delivery, or all, and answers as if it had done it. */
  otherInstance(takes: OtherInstance): void {
    this.#other = takes;
    this.#forOther = false;
  }

  /** Each delivery goes to one client; the clients take turns. */
  async deliver(envelope: Envelope): Promise<Delivered> {
    this.#forOther = !this.#forOther;
    if (this.#other === 'all' || (this.#other === 'some' && this.#forOther)) return { ok: true, answer: {} };
    if (this.#dead) return { ok: false, code: clientCodes.noAnswer, problem: NO_ANSWER };
    const clients = this.#readyClients();
    const client = clients[this.#turn % Math.max(clients.length, 1)];
    if (client === undefined) return { ok: false, code: clientCodes.notConfigured, problem: 'no client is connected' };
    this.#turn += 1;
    this.#count += 1;
    const frameId = `frame${this.#count}`;
    return await new Promise<Delivered>((resolve) => {
      const settle = (delivered: Delivered) => {
        callOff();
        client.socket.off('close', closed);
        this.#acks.delete(frameId);
        resolve(delivered);
      };
      const closed = () => settle({ ok: false, code: clientCodes.noAnswer, problem: 'the connection was closed' });
      const callOff = this.#options.patience(() =>
        settle({ ok: false, code: clientCodes.noAnswer, problem: NO_ANSWER }),
      );
      client.socket.once('close', closed);
      this.#acks.set(frameId, settle);
      client.socket.send(encodeFrame(eventFrame(frameId, envelope)));
    });
  }

  async close(): Promise<void> {
    this.dropAll();
    this.#server.close();
  }

  #readyClients(): Client[] {
    return [...this.#clients].filter((client) => client.ready);
  }

  #accept(socket: WebSocket): void {
    const client: Client = { socket, ready: false };
    this.#clients.add(client);
    socket.on('close', () => this.#clients.delete(client));
    socket.on('error', () => socket.terminate());
    socket.on('message', (data: Buffer) => this.#receive(client, data));
  }

  #receive(client: Client, data: Buffer): void {
    const frame = decodeFrame(data);
    if (this.#dead) return;
    if (frame === undefined) {
      client.socket.terminate();
    } else if (frame.method === DATA) {
      this.#acks.get(headerOf(frame, 'message_id') ?? '')?.(readAck(frame));
    } else if (frame.method === CONTROL && headerOf(frame, 'type') === 'ping') {
      this.#pong(client, frame);
    }
  }

  #pong(client: Client, ping: Frame): void {
    const headers = [{ key: 'type', value: 'pong' }];
    client.socket.send(encodeFrame({ ...ping, headers, payload: Buffer.from(JSON.stringify(CLIENT_CONFIG)) }));
    client.ready = true;
    for (const resolve of this.#readyWaiters) resolve();
    this.#readyWaiters.clear();
  }
}

function eventFrame(frameId: string, envelope: Envelope): Frame {
  const fields = { type: 'event', message_id: frameId, sum: '1', seq: '0', trace_id: `trace-${frameId}` };
  return {
    SeqID: 0,
    LogID: 0,
    service: SERVICE_ID,
    method: DATA,
    headers: Object.entries(fields).map(([key, value]) => ({ key, value })),
    payload: Buffer.from(JSON.stringify(envelope)),
  };
}

function readAck(frame: Frame): Delivered {
  try {
    const ack = ackPayload.parse(JSON.parse(Buffer.from(frame.payload ?? []).toString('utf8')));
    if (ack.code !== 200) return { ok: false, code: clientCodes.badStatus, problem: `answered with code ${ack.code}` };
    const answer = ack.data === undefined ? {} : JSON.parse(Buffer.from(ack.data, 'base64').toString('utf8'));
    return { ok: true, answer };
  } catch (error) {
    return { ok: false, code: clientCodes.badAnswer, problem: `unreadable answer: ${String(error)}` };
  }
}
