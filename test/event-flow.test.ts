import { beforeEach, describe, expect, it } from 'vitest';
import { createEventFlow, type EventFlow } from '../src/event-flow.ts';
import { at, ZONE } from './support/office.ts';

let now: number;
let crowded: boolean;
let flow: EventFlow;
const to = (time: string) => {
  now = at(`2026-11-23T${time}`);
};

beforeEach(() => {
  to('10:00');
  crowded = false;
  flow = createEventFlow({ clock: { now: () => now }, zone: ZONE, connects: true, isCrowded: () => crowded });
});

const missed = (createdAt: [number, ...number[]], deliveredAt = 0) => flow.noteMissed({ createdAt, deliveredAt });
const told = () => flow.troubles().map(({ key, lines }) => `${key}: ${lines.join('')}`);

describe('the flow of events', () => {
  it('owes what was written since the connection was known to stand, once it stands again', () => {
    flow.up();
    to('11:00');
    flow.down(at('2026-11-23T10:58'));
    to('11:30');
    expect(flow.owed()).toBeUndefined();
    flow.up();
    expect(flow.owed()).toEqual({ since: at('2026-11-23T10:58'), until: now });
  });

  it.each([
    [299_999, false],
    [300_000, true],
  ])('a gap of %i ms is looked through: %j', (ms, owed) => {
    flow.up();
    flow.down(now);
    now += ms;
    flow.up();
    expect(flow.owed() !== undefined).toBe(owed);
  });

  it('joins gaps until one look has been through them all', () => {
    flow.up();
    flow.owe({ since: 1, until: 2 });
    const first = flow.owed();
    flow.owe({ since: 5, until: 6 });
    if (first) flow.settle(first);
    const both = flow.owed();
    expect(both).toEqual({ since: 1, until: 6, isJoined: true });
    if (both) flow.settle(both);
    expect(flow.owed()).toBeUndefined();
  });

  it('a start owes what came since the program last lived, whether it is connected already or not', () => {
    flow.remember(at('2026-11-23T08:00'));
    flow.up();
    expect(flow.owed()).toEqual({ since: at('2026-11-23T08:00'), until: now });
    const webhook = createEventFlow({ clock: { now: () => now }, zone: ZONE, connects: false });
    webhook.remember(at('2026-11-23T08:00'));
    expect(webhook.owed()).toEqual({ since: at('2026-11-23T08:00'), until: now });
    webhook.noteMissed({ createdAt: [now], deliveredAt: 0 });
    const [trouble] = webhook.troubles();
    expect(trouble?.lines.join('')).toMatch(/请求地址/);
    expect(trouble?.lines.join('')).not.toMatch(/长连接|重新建立/);
  });

  it('names another program where other events came after the lost one, and a deaf connection where none did', () => {
    flow.up();
    to('11:00');
    flow.heard();
    expect(missed([at('2026-11-23T11:01')]).which).toBe('all');
    expect(told()).toEqual([expect.stringContaining('events-missed')]);
    expect(missed([at('2026-11-23T10:59'), at('2026-11-23T11:05')]).which).toBe('some');
    expect(told()).toEqual([expect.stringMatching(/second-instance: 有 2 条私聊消息.*11-23 10:59.*App ID/s)]);
    now += 24 * 3_600_000;
    expect(told()).toEqual([]);
  });

  it('tells of a connection that is gone for ten minutes, and why if the platform says so', () => {
    flow.up();
    flow.down(now);
    to('10:09');
    expect(told()).toEqual([]);
    to('10:10');
    expect(told()).toEqual([expect.stringMatching(/connection: .*10 分钟.*服务器的网络/s)]);
    crowded = true;
    expect(told()).toEqual([expect.stringContaining('最多50条')]);
    flow.up();
    expect(told()).toEqual([]);
  });

  it('tells for a day, with the rest, what a long gap was and what could not be put right', () => {
    flow.up();
    const gap = { since: at('2026-11-23T09:00'), until: at('2026-11-23T09:09') };
    const done = { ...gap, until: at('2026-11-23T09:10'), messages: 3, isDenied: false, readsGroups: false };
    flow.noteCaughtUp({ ...done, until: gap.until });
    expect(told()).toEqual([]);
    flow.noteCaughtUp(done);
    expect(told()).toEqual([
      expect.stringMatching(/最近一次收到是 11-23 09:00，11-23 09:10 才又收得到，补上了 3 条.*再点一次/s),
    ]);
    expect(told().join('')).not.toContain('更早');
    expect(flow.troubles()[0]?.gathered).toBe(true);
    flow.noteCaughtUp({ ...done, messages: 0 });
    expect(told()).toEqual([]);
    flow.noteCaughtUp({ ...done, messages: 0, isDenied: true });
    expect(told()).toEqual([expect.stringMatching(/没有补：应用缺权限 im:message:readonly/)]);
  });

  it('says that of a gap longer than a day only the last day is put right, even where nothing was found', () => {
    flow.up();
    const until = at('2026-11-23T09:00');
    const gap = { until, messages: 0, isDenied: false, readsGroups: false };
    flow.noteCaughtUp({ ...gap, since: until - 24 * 3_600_000 });
    expect(told()).toEqual([]);
    flow.noteCaughtUp({ ...gap, since: until - 24 * 3_600_000 - 1 });
    expect(told()).toEqual([expect.stringContaining('更早的没有补，请再发')]);
  });

  it('keeps the private chats that were written in last, the newest first', () => {
    for (const chat of ['a', 'b', 'a']) flow.heard(chat);
    flow.heard();
    expect(flow.liveliest()).toEqual(['a', 'b']);
    for (let n = 0; n < 60; n++) flow.heard(`chat ${n}`);
    expect(flow.liveliest()).toHaveLength(50);
  });
});
