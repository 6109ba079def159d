/** A bot whose first question at start, who it is, is answered by a broken gateway. */
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../db/database.ts';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { type Service, serve } from '../../src/serve.ts';
import { createVault } from '../../src/vault.ts';
import { emptyDatabase } from '../support/databases.ts';
import { eventually } from '../support/eventually.ts';
import { TestClock, ZONE } from '../support/office.ts';

let db: Database;
let clock: TestClock;
let sandbox: Sandbox;
let service: Service;
beforeEach(async () => {
  db = emptyDatabase();
  clock = new TestClock('2026-11-23T10:00');
  sandbox = await startSandbox({ clock, botName: '帮办小助手' });
  sandbox.faults.serverErrors(1);
  const { appId, appSecret, url: domain } = sandbox;
  service = await serve({
    connection: { appId, appSecret, domain, transport: { kind: 'websocket' }, host: '127.0.0.1', port: 0 },
    ...{ db, clock, zone: ZONE },
    vault: createVault(Buffer.alloc(32, 7)),
    log: pino({ level: 'silent' }),
    autostart: false,
  });
  await sandbox.connected();
});
afterEach(async () => {
  await service.stop();
  await sandbox.close();
  await db.close();
});

it('asks again when a line comes, once a minute, and knows itself from then on', async () => {
  const asked = () => sandbox.calls.filter(({ path }) => path === '/open-apis/bot/v3/info').map(({ status }) => status);
  const ada = sandbox.addPerson({ name: '阿达' });
  const group = sandbox.addGroup({ name: '嘎查群', members: [ada] });
  const answers = async () => {
    await service.app.dispatcher.drain();
    return ada.sees(group).filter((line) => line.startsWith('帮办小助手：')).length;
  };
  await eventually(() => expect(asked()).toEqual([502]));
  await ada.says(group, '/帮助');
  expect([asked(), await answers()]).toEqual([[502], 0]);
  clock.advance(60_000);
  await ada.says(group, '/帮助');
  await eventually(() => expect(asked()).toEqual([502, 200]));
  expect(await answers()).toBe(0);
  await ada.says(group, '/帮助');
  expect(await answers()).toBe(1);
});
