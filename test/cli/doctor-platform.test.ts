/** What `doctor` asks the platform, beside a look-alike of it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/index.ts';
import { TestClock } from '../support/office.ts';
import { type Desk, openDesk } from './support.ts';

describe('doctor, asking the platform', () => {
  let desk: Desk;
  let sandbox: Sandbox;

  async function open(options: Partial<SandboxOptions> = {}) {
    sandbox = await startSandbox({ clock: new TestClock('2026-11-23T10:00'), botName: '代办小助手', ...options });
  }

  beforeEach(async () => {
    desk = await openDesk();
    await open();
    // The look-alike says the real time of day in its answers.
    desk.clock.advance(Date.now() - desk.clock.now());
  });

  afterEach(async () => {
    await sandbox.close();
    await desk.close();
  });

  const doctor = (environment: Record<string, string> = {}) =>
    desk.daiban('doctor', {
      LARK_APP_ID: sandbox.appId,
      LARK_APP_SECRET: sandbox.appSecret,
      LARK_DOMAIN: sandbox.url,
      ...environment,
    });

  it('finds credentials, bot, scopes and clock in order, and says what it cannot see', async () => {
    const { code, out } = await doctor();
    expect(code).toBe(0);
    for (const topic of ['凭证', '机器人', '权限', '时钟', '平台']) expect(out).toContain(`OK    ${topic}：`);
    for (const wanted of ['可用范围', '创建版本', '10000 次']) expect(out).toContain(wanted);
    expect(sandbox.calls.every((call) => !call.path.includes('/im/'))).toBe(true);
  });

  it('asks for the address of a long connection, without making one, and names what keeps it from getting one', async () => {
    expect((await doctor()).out).toContain('OK    长连接：平台给得出连接地址');
    const wrong = await doctor({ LARK_APP_SECRET: 'hunter2' });
    expect(wrong.out).toMatch(/注意 {2}长连接：平台不给连接地址（514 .*）/);
    const { out } = await doctor({
      ...{ LARK_TRANSPORT: 'webhook', LARK_ENCRYPT_KEY: 'key', LARK_VERIFICATION_TOKEN: 'token' },
    });
    expect(out).not.toContain('长连接：');
  });

  it('names the scopes that are missing', async () => {
    await sandbox.close();
    await open({ scopes: ['im:message:send_as_bot', 'im:resource'] });
    const { code, out } = await doctor();
    expect(code).toBe(1);
    expect(out).toMatch(/注意 {2}权限：还缺 .*im:chat\.members:bot_access.*创建版本并发布/);
    expect(out).not.toMatch(/还缺 .*im:resource/);
    expect(out).toContain('im:message.p2p_msg:readonly（收私信（私聊里有输入框））');
    expect(out).toMatch(/OK {4}可选权限：没有 im:chat:read（.*不影响登记和办理/);
  });

  it('tells a wrong secret, and goes on to what lies here', async () => {
    const { code, out } = await doctor({ LARK_APP_SECRET: 'hunter2' });
    expect(code).toBe(1);
    expect(out).toContain('注意  凭证：LARK_APP_SECRET 不对');
    expect(out).toContain('OK    数据库：');
    expect(out).not.toContain('hunter2');
  });

  it('tells a clock that is wrong, and which way', async () => {
    desk.clock.advance(600_000);
    const { code, out } = await doctor();
    expect(code).toBe(1);
    expect(out).toMatch(/注意 {2}时钟：比平台快 \d+ 秒/);
  });
});
