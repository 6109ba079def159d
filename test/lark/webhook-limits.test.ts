/** Strangers who send slowly and much. */
import { request as openRequest, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { closeServer, createHttpApp, listen, type ServerLimits } from '../../src/http/server.ts';
import { webhookRouter } from '../../src/lark/webhook.ts';
import {
  APP_ID,
  BOT,
  ENCRYPT_KEY,
  memoryLog,
  messageEnvelope,
  NOW,
  sealed,
  sign,
  VERIFICATION_TOKEN,
} from './support.ts';

const MIB = 1024 * 1024;
const servers: Server[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) await closeServer(server, 0);
});

async function openDoor(limits?: ServerLimits) {
  const router = webhookRouter({
    appId: APP_ID,
    encryptKey: ENCRYPT_KEY,
    verificationToken: VERIFICATION_TOKEN,
    receive: async () => ({}),
    keepUnreadable: async () => {},
    passOver: async () => {},
    clock: { now: () => NOW },
    log: memoryLog().log,
    botOpenId: () => BOT,
    onRefused: () => {},
  });
  const { server, url } = await listen(createHttpApp().use(router), {
    host: '127.0.0.1',
    port: 0,
    ...(limits && { limits }),
  });
  servers.push(server);
  const { port } = new URL(url);
  const delivers = async () => {
    const body = sealed(messageEnvelope());
    const init = { method: 'POST', body, headers: { ...sign(body), connection: 'close' } };
    return (await fetch(`${url}/lark/events`, init)).status;
  };
  return { server, url: `${url}/lark/events`, port: Number(port), delivers };
}

interface Stranger {
  /** What the door answered before it hung up: its first line. */
  readonly answer: Promise<string>;
}

/** Sends the beginning of a request and then nothing more. */
function dawdle(port: number, begin: string | Buffer): Stranger {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  let received = '';
  socket.on('data', (chunk: Buffer) => {
    received += chunk.toString('latin1');
  });
  socket.on('error', () => {});
  socket.write(begin);
  return { answer: new Promise((resolve) => socket.on('close', () => resolve(received.split('\r\n')[0] ?? ''))) };
}

function head(headers: Record<string, string | number>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST /lark/events HTTP/1.1\r\nhost: bot\r\n${lines.join('')}\r\n`;
}

describe('slow strangers', () => {
  it.each([
    ['unsigned', { 'content-length': MIB }],
    [
      'with a timestamp of yesterday',
      { ...sign('', { timestamp: String(NOW / 1000 - 86_400) }), 'content-length': MIB },
    ],
    ['unsigned, without saying how much', { 'transfer-encoding': 'chunked' }],
  ])('are refused before their body is read: %s', async (what, headers) => {
    const door = await openDoor();
    const begin = what.includes('without') ? `2000\r\n${'x'.repeat(0x2000)}\r\n` : 'x';
    const strangers = Array.from({ length: 300 }, () => dawdle(door.port, head(headers) + begin));
    const answers = await Promise.all(strangers.map(({ answer }) => answer));
    expect(new Set(answers)).toEqual(new Set(['HTTP/1.1 401 Unauthorized']));
    expect(await door.delivers()).toBe(200);
  });

  it('with headers that might be right hold no more than the budget, and the platform gets through', async () => {
    const door = await openDoor();
    const begin = Buffer.concat([
      Buffer.from(head({ ...sign('whatever'), 'content-length': MIB })),
      Buffer.alloc(MIB - 1, 'x'),
    ]);
    const strangers = Array.from({ length: 40 }, () => dawdle(door.port, begin));
    const crowdedOut = strangers.map(({ answer }) => answer);
    for (let refused = 0; refused < 24; refused++) {
      expect(await Promise.race(crowdedOut)).toBe('HTTP/1.1 503 Service Unavailable');
      crowdedOut.splice(await firstSettled(crowdedOut), 1);
    }
    expect(await door.delivers()).toBe(200);
  });

  it('have ten seconds for a request, here a fifth of one, and are cut off', async () => {
    const door = await openDoor({ requestWithinMs: 200, connectionsMax: 100 });
    const begins = [
      head({ ...sign(''), 'content-length': 100 }),
      head({ 'content-length': 100 }),
      'POST /lark/events HTTP/1.1\r\nhost: bot\r\n',
      'GET /healthz',
    ];
    const strangers = begins.flatMap((begin) => Array.from({ length: 20 }, () => dawdle(door.port, begin)));
    expect(await door.delivers()).toBe(200);
    const answers = await Promise.all(strangers.map(({ answer }) => answer));
    expect(new Set(answers)).toEqual(new Set(['HTTP/1.1 408 Request Timeout']));
    expect(await door.delivers()).toBe(200);
  });

  it('may hold only so many connections', async () => {
    const door = await openDoor({ requestWithinMs: 60_000, connectionsMax: 20 });
    const strangers = Array.from({ length: 50 }, () => dawdle(door.port, head({ ...sign(''), 'content-length': 100 })));
    const turnedAway = strangers.map(({ answer }) => answer);
    for (let closed = 0; closed < 30; closed++) turnedAway.splice(await firstSettled(turnedAway), 1);
    expect(turnedAway).toHaveLength(20);
    const { length: open } = sockets.filter((socket) => !socket.destroyed);
    expect(open).toBe(20);
  });

  it('are waited for no longer by default than a delivery could take', async () => {
    const { server } = await openDoor();
    expect([server.requestTimeout, server.headersTimeout]).toEqual([10_000, 10_000]);
    expect(server.maxConnections).toBeLessThanOrEqual(1_000);
  });

  it('leave nothing behind when they hang up', async () => {
    const door = await openDoor();
    for (let round = 0; round < 20; round++) {
      const request = openRequest(door.url, { method: 'POST', headers: { ...sign('x'), 'content-length': MIB } });
      const cut = new Promise((resolve) => request.on('error', resolve));
      request.write(Buffer.alloc(MIB - 1), () => request.destroy());
      await cut;
    }
    expect(await door.delivers()).toBe(200);
  });
});

/** The place of a promise that is settled, the first of the list. */
async function firstSettled(waiting: readonly Promise<unknown>[]): Promise<number> {
  return Promise.race(waiting.map(async (one, place) => one.then(() => place)));
}
