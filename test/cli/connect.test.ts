import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { readConfig } from '../../src/config.ts';
import { closeServer, createHttpApp, listen } from '../../src/http/server.ts';
import { TestClock } from '../support/office.ts';
import { KEY, run } from './support.ts';

describe('connect, with credentials there', () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await startSandbox({ clock: new TestClock('2026-11-23T10:00'), botName: '代办小助手' });
  });

  afterEach(() => sandbox.close());

  function connect(environment: Record<string, string> = {}) {
    const credentials = { LARK_APP_ID: sandbox.appId, LARK_APP_SECRET: sandbox.appSecret, LARK_DOMAIN: sandbox.url };
    const whole = { ...credentials, DATA_KEY: KEY.toString('base64'), ...environment };
    return run('connect', { readConfig: () => readConfig(whole) });
  }

  it('names the app, the bot and the transport', async () => {
    const { code, out, err } = await connect();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`凭证：${sandbox.appId} 可用`);
    expect(out).toContain('机器人：代办小助手');
    expect(out).toContain('长连接');
    expect(out).toContain('权限：要用的都有了');
    expect(sandbox.calls.every((call) => !call.path.includes('/im/'))).toBe(true);
  });

  it('tells where to enter the address of the webhook', async () => {
    const { out } = await connect({
      LARK_TRANSPORT: 'webhook',
      LARK_ENCRYPT_KEY: 'ek',
      LARK_VERIFICATION_TOKEN: 'vt',
    });
    expect(out).toContain('/lark/events');
  });

  it('tells a wrong secret from a wrong app id, and repeats neither', async () => {
    const secret = await connect({ LARK_APP_SECRET: 'hunter2' });
    expect(secret).toMatchObject({ code: 1, out: '' });
    expect(secret.err).toMatch(/^LARK_APP_SECRET 不对/);
    expect(secret.err).not.toContain('hunter2');
    expect((await connect({ LARK_APP_ID: 'cli_0000000000000000' })).err).toMatch(/^LARK_APP_ID 不对/);
  });

  it('tells that there is no network', async () => {
    const { server, url } = await listen(createHttpApp(), { host: '127.0.0.1', port: 0 });
    await closeServer(server);
    const { code, err } = await connect({ LARK_DOMAIN: url });
    expect(code).toBe(1);
    expect(err).toContain(`没有连上 ${url}`);
    expect(err).toContain('请检查网络');
  });

  it('tells that somebody else answers at the address', async () => {
    const server: Server = createServer((_request, response) => response.end('<html>welcome</html>'));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const { code, err } = await connect({ LARK_DOMAIN: `http://127.0.0.1:${port}` });
    await closeServer(server);
    expect(code).toBe(1);
    expect(err).toContain('LARK_DOMAIN');
  });
});
