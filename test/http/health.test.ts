import type { Server } from 'node:http';
import { networkInterfaces } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../db/database.ts';
import { outboxWrites } from '../../db/repositories/outbox.ts';
import { type Access, healthRouter } from '../../src/http/health.ts';
import { closeServer, createHttpApp, listen } from '../../src/http/server.ts';
import { createMetrics } from '../../src/metrics.ts';
import type { Trouble } from '../../src/services/alert/raise.ts';
import { emptyDatabase } from '../support/databases.ts';

const hasIPv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));

describe('health', () => {
  let db: Database;
  let server: Server;
  let url: string;
  let connectionProblem: string | undefined;
  let troubles: Trouble[];
  let writeProblem: string | undefined;
  let isLosingAll: boolean;
  let access: Access;
  let open: () => Promise<void>;

  beforeEach(async () => {
    db = emptyDatabase();
    connectionProblem = undefined;
    writeProblem = undefined;
    isLosingAll = false;
    troubles = [];
    const watch = { troubles: async () => troubles };
    const metrics = createMetrics({ db, clock: { now: () => 61_000 }, zone: 'Asia/Shanghai', jobNames: [] });
    const door = {
      writeProblem: async () => writeProblem,
      isLosingAll: () => isLosingAll,
      connectionProblem: () => connectionProblem,
    };
    access = { token: undefined, host: '127.0.0.1' };
    open = async () => {
      const at = { host: '127.0.0.1', port: 0 };
      ({ server, url } = await listen(createHttpApp().use(healthRouter({ db, watch, metrics, ...door, access })), at));
    };
    await open();
  });

  afterEach(async () => {
    await closeServer(server);
    await db.close();
  });

  it('says that the process lives, whatever else is the matter', async () => {
    connectionProblem = 'long connection is failed';
    const response = await fetch(`${url}/healthz`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ ok: true });
    expect(response.headers.get('x-powered-by')).toBeNull();
  });

  it('is ready with a database and a connection', async () => {
    const response = await fetch(`${url}/readyz`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ ready: true, problems: [], troubles: [] });
  });

  it('says how long ago something came last, to whom it may concern', async () => {
    let lastEventAt: number | undefined;
    const watch = { troubles: async () => troubles };
    const metrics = createMetrics({ db, clock: { now: () => 61_000 }, zone: 'Asia/Shanghai', jobNames: [] });
    const door = { writeProblem: async () => undefined, isLosingAll: () => false, connectionProblem: () => undefined };
    const events = { lastEventAt: () => lastEventAt, clock: { now: () => 61_000 } };
    await closeServer(server);
    const health = healthRouter({ db, watch, metrics, ...door, ...events, access });
    ({ server, url } = await listen(createHttpApp().use(health), { host: '127.0.0.1', port: 0 }));
    const seconds = async () => (await fetch(`${url}/readyz`)).json();
    expect(await seconds()).toMatchObject({ lastEventSeconds: null });
    lastEventAt = 1_000;
    expect(await seconds()).toMatchObject({ lastEventSeconds: 60 });
  });

  async function reopen(as: Access): Promise<void> {
    await closeServer(server);
    access = as;
    await open();
  }

  it.each([
    ['127.0.0.1', true],
    ['127.8.0.1', true],
    ['::1', true],
    ['localhost', true],
    ['0.0.0.0', false],
    ['::', false],
    ['10.0.0.5', false],
    ['127.0.0.1.example.org', false],
  ])('without a token tells more on %s: %j', async (host, more) => {
    await reopen({ token: undefined, host });
    connectionProblem = 'long connection is failed';
    const ready = await fetch(`${url}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toEqual(
      more ? { ready: false, problems: [connectionProblem], troubles: [] } : { ready: false },
    );
    const metrics = await fetch(`${url}/metrics`);
    expect([metrics.status, (await metrics.text()).includes('daiban_')]).toEqual(more ? [200, true] : [401, false]);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('with a token tells more only to whoever has it, wherever it listens', async () => {
    const token = 'a token of some length';
    for (const host of ['127.0.0.1', '0.0.0.0']) {
      await reopen({ token, host });
      const look = async (path: string, authorization?: string) =>
        fetch(`${url}${path}`, { headers: authorization === undefined ? {} : { authorization } });
      expect((await look('/metrics', `Bearer ${token}`)).status).toBe(200);
      expect(await (await look('/readyz', `Bearer ${token}`)).json()).toMatchObject({ problems: [] });
      for (const wrong of [undefined, '', 'Bearer ', `Bearer ${token}x`, token, `Basic ${token}`]) {
        expect((await look('/metrics', wrong)).status).toBe(401);
        expect(await (await look('/readyz', wrong)).json()).toEqual({ ready: true });
      }
    }
  });

  it('is not ready without the connection to the platform, and is again when it is back', async () => {
    connectionProblem = 'long connection is reconnecting';
    const response = await fetch(`${url}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ ready: false, problems: ['long connection is reconnecting'] });
    connectionProblem = undefined;
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  it('is not ready without the database, and names every problem', async () => {
    await db.close();
    connectionProblem = 'long connection is failed';
    const response = await fetch(`${url}/readyz`);
    expect(response.status).toBe(503);
    const { problems } = (await response.json()) as { problems: string[] };
    expect(problems).toEqual(['database cannot be read', 'long connection is failed']);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('names what the administrators are told of, and is ready all the same: a restart would not mend it', async () => {
    troubles = [{ key: 'disk', title: '磁盘快满了', lines: ['只剩 3.0%'] }];
    const response = await fetch(`${url}/readyz`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      ...{ ready: true, problems: [] },
      troubles: [{ key: 'disk', title: '磁盘快满了' }],
    });
  });

  it('is not ready while nothing can be written', async () => {
    writeProblem = 'database is held by another program';
    const response = await fetch(`${url}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ ready: false, problems: ['database is held by another program'] });
  });

  it('is not ready while deliveries come to nothing', async () => {
    isLosingAll = true;
    const response = await fetch(`${url}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ ready: false, problems: ['deliveries cannot be saved'] });
    writeProblem = 'database cannot be written';
    const why = await fetch(`${url}/readyz`);
    expect(await why.json()).toMatchObject({ ready: false, problems: [writeProblem] });
  });

  it('counts the rows of the outbox by status', async () => {
    for (const [index, status] of (['waiting', 'waiting', 'dead'] as const).entries()) {
      const row = {
        uuid: String(index),
        lane: 'oc',
        target: 'oc',
        operation: 'post' as const,
        contentSealed: '',
        status,
      };
      await db.write((tx) => outboxWrites.insert(tx, { ...row, availableAt: 1, createdAt: 1_000 }));
    }
    const response = await fetch(`${url}/metrics`);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    const lines = (await response.text()).split('\n');
    expect(lines).toContain('# TYPE daiban_outbox_rows gauge');
    expect(lines).toContain('daiban_outbox_rows{status="sending"} 0');
    expect(lines).toContain('daiban_outbox_oldest_seconds 60');
    expect(lines).toContain('daiban_outbox_rows{status="waiting"} 2');
    expect(lines).toContain('daiban_outbox_rows{status="dead"} 1');
  });

  it('has no metrics, and shows no stack trace, without the database', async () => {
    await db.close();
    const response = await fetch(`${url}/metrics`);
    expect(response.status).toBe(503);
    expect(await response.text()).toBe('database cannot be read\n');
  });

  it.runIf(hasIPv6)('names an address that can be opened, of IPv6 too', async () => {
    await closeServer(server);
    ({ server, url } = await listen(createHttpApp(), { host: '::1', port: 0 }));
    expect((await fetch(url)).status).toBe(404);
  });

  it('does not start on a port that is taken', async () => {
    const port = Number(new URL(url).port);
    await expect(listen(createHttpApp(), { host: '127.0.0.1', port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
