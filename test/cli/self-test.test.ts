/** `doctor --self-test`: a card goes out, and a press comes back or not. */
import { afterEach, describe, expect, it } from 'vitest';
import { trialPress } from '../../src/services/trial/press.ts';
import { type LiveDesk, openLiveDesk } from './live-desk.ts';

describe('doctor --self-test', () => {
  let live: LiveDesk;

  afterEach(() => live.close());

  const cardsOf = () => live.admin.sees().filter((text) => text.includes('自检'));

  it('says that the press came, once the administrator has pressed, and shows it on the card', async () => {
    live = await openLiveDesk();
    let pressed = false;
    const { out } = await live.daiban('doctor --self-test', {
      async meanwhile() {
        if (pressed) return;
        pressed = true;
        const { toast } = await live.admin.clicks(live.admin.privateChat, '点我');
        expect(toast).toEqual({ type: 'success', content: '收到' });
      },
    });
    expect(out).toMatch(/自检：卡片发给了\S+，请打开和机器人的私聊/);
    expect(out).toMatch(/OK {4}自检：卡片发到了，\d 秒后收到了按钮/);
    expect(live.admin.sees().at(-1)).toContain('机器人收到了这一下');
  });

  it('waits two minutes, says how long there is left, and then where to look', async () => {
    live = await openLiveDesk({ botRuns: false });
    const began = live.desk.clock.now();
    const { code, out } = await live.daiban('doctor --self-test');
    expect(live.desk.clock.now() - began).toBe(120_000);
    expect(code).toBe(1);
    expect(out).toContain('自检：还在等，剩 105 秒……');
    expect(out).toContain('注意  自检：卡片发出去了，没有收到按钮');
    expect(out).toContain(
      `${live.sandbox.url}/app/${live.sandbox.appId} →“事件与回调”→“回调配置”：订阅方式选“使用长连接接收回调”并保存`,
    );
    expect(out).toContain('“添加回调”选“卡片回传交互”（card.action.trigger）');
    expect(out).toContain('“事件配置”页签也要这样选');
    expect(cardsOf()).toHaveLength(1);
  });

  it('names the address instead where the transport is a webhook', async () => {
    live = await openLiveDesk({ botRuns: false });
    const { out } = await live.daiban('doctor --self-test', {
      environment: { LARK_TRANSPORT: 'webhook', LARK_ENCRYPT_KEY: 'k', LARK_VERIFICATION_TOKEN: 't' },
    });
    expect(out).toContain('“将回调发送至开发者服务器”，地址填 公网地址/lark/events');
  });

  it('keeps what goes on out of what a machine reads', async () => {
    live = await openLiveDesk({ botRuns: false });
    const { out, err } = await live.daiban('doctor --json --self-test');
    const findings: unknown = JSON.parse(out);
    expect(findings).toContainEqual({ level: 'fault', text: expect.stringMatching(/^自检：卡片发出去了，没有收到/) });
    expect(err).toContain('剩 105 秒');
  });

  it('sends to whoever is named, and says why the platform did not take it', async () => {
    live = await openLiveDesk({ botRuns: false });
    const { code, out } = await live.daiban('doctor --self-test --to ou_nobody');
    expect(code).toBe(1);
    expect(out).toMatch(/注意 {2}自检：平台没有收下：.+/);
    expect((await live.daiban('doctor --self-test --to 高娃')).out).toContain('--to 应为一个人的 open_id');
    expect(cardsOf()).toEqual([]);
  });

  it('refuses what does not go together, and has nowhere to send without a platform', async () => {
    live = await openLiveDesk({ botRuns: false });
    expect((await live.daiban('doctor --self-test --offline')).err).toContain('不能和 --offline');
    expect((await live.daiban('doctor --to ou_x')).err).toContain('--self-test');
    const sandbox = { LARK_APP_ID: '', LARK_APP_SECRET: '', DATABASE_URL: '', DATA_KEY: '' };
    expect((await live.daiban('doctor --self-test', { environment: sandbox })).out).toContain('没有连接飞书');
  });

  it('keeps of a forged press its shape alone, once', async () => {
    live = await openLiveDesk();
    const value = { v: 1, action: 'trial.press', token: 't00000000000a', after: 'stay' };
    const form = { note: '张三 13812345678', day: '2026-12-01 +0800', tick: true, ['x'.repeat(99)]: 'a' };
    const press = { kind: 'action', messageId: 'om_1', chatId: 'oc_1', openId: 'ou_admin', form, value } as const;
    for (const eventId of ['e1', 'e2']) await live.desk.app.receive({ ...press, eventId });
    const { db, vault } = live.desk;
    expect(await db.read((tx) => trialPress({ tx, vault }, 't00000000000a'))).toEqual({
      at: live.desk.clock.now(),
      fields: { note: '字字 99999999999', day: '9999-99-99 +9999', tick: '勾了' },
    });
    expect(await db.read((tx) => trialPress({ tx, vault }, 't00000000000b'))).toBeUndefined();
  });
});
