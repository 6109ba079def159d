/** A delivery that somebody has recorded and sends again, at the real entrance and its database. */
import type { Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../db/database.ts';
import { createEntrance } from '../../src/entrance.ts';
import { closeServer, createHttpApp, listen } from '../../src/http/server.ts';
import { webhookRouter } from '../../src/lark/webhook.ts';
import { buttonOf, ZONE } from '../support/office.ts';
import { CLERK, openScene, type Scene, TOWN, VILLAGE } from '../support/scene.ts';
import {
  APP_ID,
  BOT,
  clickEnvelope,
  ENCRYPT_KEY,
  envelope,
  memoryLog,
  messageEnvelope,
  sealed,
  sign,
  VERIFICATION_TOKEN,
} from './support.ts';

let scene: Scene;
const servers: Server[] = [];
beforeEach(async () => {
  scene = await openScene();
});
afterEach(async () => {
  for (const server of servers.splice(0)) await closeServer(server);
  await scene.close();
});

interface Recorded {
  readonly body: string;
  readonly headers: Record<string, string>;
}

function record(payload: unknown): Recorded {
  const body = sealed(payload);
  return { body, headers: sign(body, { timestamp: String(Math.floor(scene.clock.now() / 1000)) }) };
}

/** One more process on the scene's database. Returns what brings a delivery to it. */
async function startProcess(db: Database = scene.db) {
  const { log } = memoryLog();
  const { vault, clock } = scene;
  const entrance = createEntrance({ db, vault, clock, zone: ZONE, log, wake: () => {} });
  const keys = { appId: APP_ID, encryptKey: ENCRYPT_KEY, verificationToken: VERIFICATION_TOKEN };
  const router = webhookRouter({ ...entrance, ...keys, clock, log, botOpenId: () => BOT, onRefused: () => {} });
  const { server, url } = await listen(createHttpApp().use(router), { host: '127.0.0.1', port: 0 });
  servers.push(server);
  return async ({ body, headers }: Recorded): Promise<[number, unknown]> => {
    const response = await fetch(`${url}/lark/events`, { method: 'POST', body, headers });
    return [response.status, await response.json()];
  };
}

const click = (value: unknown, messageId: string) =>
  clickEnvelope({
    operator: { open_id: CLERK },
    action: { value, tag: 'button' },
    context: { open_message_id: messageId, open_chat_id: TOWN },
  });

describe('a recorded delivery', () => {
  it('is refused at a process that was started since, and at a second one', async () => {
    const line = messageEnvelope({ chat_id: VILLAGE });
    await scene.register();
    const { card, messageId } = scene.last(TOWN);
    const deliveries = [
      record(line),
      record(click(buttonOf(card, '接收'), messageId)),
      record(messageEnvelope({ message_id: '../x' }, { event_id: 'ev-unreadable' })),
      record(envelope('im.message.recalled_v1', {})),
      record({ type: 'url_verification', challenge: 'c-1', token: VERIFICATION_TOKEN }),
    ];
    const first = await startProcess();
    const second = await startProcess();
    for (const delivery of deliveries) {
      expect((await first(delivery))[0]).toBe(200);
      expect(await first(delivery)).toEqual([401, {}]);
      expect(await second(delivery)).toEqual([401, {}]);
    }
    const restarted = await startProcess();
    for (const delivery of deliveries) expect(await restarted(delivery)).toEqual([401, {}]);
    expect((await scene.entries()).filter(({ kind }) => kind === 'accept')).toHaveLength(1);
  });

  it('is taken once by two processes that get it at the same time', async () => {
    const processes = [await startProcess(), await startProcess()];
    const delivery = record(messageEnvelope());
    const answers = await Promise.all(processes.map((send) => send(delivery)));
    expect(answers.map(([status]) => status).sort()).toEqual([200, 401]);
  });

  it('that is signed anew gets the stored answer', async () => {
    await scene.register();
    const { card, messageId } = scene.last(TOWN);
    const send = await startProcess();
    const pressed = click(buttonOf(card, '接收'), messageId);
    const [, answer] = await send(record(pressed));
    scene.clock.advance(15_000);
    expect(await send(record(pressed))).toEqual([200, answer]);
    expect(answer).toMatchObject({ toast: { type: 'success' } });
  });

  it('may come again as it is when it could not be recorded', async () => {
    const broken = { ...scene.db, write: () => Promise.reject(new Error('database is locked')) };
    const delivery = record(messageEnvelope({ chat_id: VILLAGE, message_id: 'om_again' }));
    const unreadable = record(messageEnvelope({ message_id: '../x' }));
    const unlucky = await startProcess(broken);
    const send = await startProcess();
    for (const one of [delivery, unreadable]) {
      expect(await unlucky(one)).toEqual([500, {}]);
      expect(await send(one)).toEqual([200, {}]);
      expect(await send(one)).toEqual([401, {}]);
    }
  });

  it('may come again as it is to the process that could not record it', async () => {
    let broken = true;
    const db: Database = {
      ...scene.db,
      write: (work) => (broken ? Promise.reject(new Error('database is locked')) : scene.db.write(work)),
    };
    const send = await startProcess(db);
    const delivery = record(messageEnvelope({ chat_id: VILLAGE }, { event_id: 'ev-locked' }));
    expect(await send(delivery)).toEqual([500, {}]);
    broken = false;
    expect(await send(delivery)).toEqual([200, {}]);
  });
});
