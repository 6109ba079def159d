import { pino } from 'pino';
import { expect, it } from 'vitest';
import { closeServer, createHttpApp, listen } from '../src/http/server.ts';
import { serve } from '../src/serve.ts';
import { createVault } from '../src/vault.ts';
import { emptyDatabase } from './support/databases.ts';
import { ZONE } from './support/office.ts';

it('asks for no connection while its own address is taken: events belong to the bot that has it', async () => {
  const asked: string[] = [];
  const platform = createHttpApp().use((request, response) => {
    asked.push(request.path);
    response.json({ code: 99, msg: 'no' });
  });
  const { server, url } = await listen(platform, { host: '127.0.0.1', port: 0 });
  const port = Number(new URL(url).port);
  const db = emptyDatabase();
  const transport = { kind: 'websocket' } as const;
  const app = { appId: 'cli_0123456789abcdef', appSecret: 'secret', domain: url };
  const parts = { db, vault: createVault(Buffer.alloc(32, 7)), zone: ZONE, log: pino({ level: 'silent' }) };
  const connection = { ...app, transport, host: '127.0.0.1', port };
  const started = serve({ ...parts, connection, clock: { now: () => Date.now() }, autostart: false });
  await expect(started).rejects.toMatchObject({ code: 'EADDRINUSE' });
  // Whatever was asked before has come by then.
  await fetch(`${url}/last`);
  expect(asked).not.toContain('/callback/ws/endpoint');
  await closeServer(server);
  await db.close();
});
