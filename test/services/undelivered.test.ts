import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noticeCard } from '../../cards/notice.ts';
import type { OutboxRow } from '../../db/repositories/outbox.ts';
import { type Ctx, systemCtx } from '../../src/ctx.ts';
import { enqueuePost } from '../../src/services/message/enqueue.ts';
import type { WhyDead } from '../../src/services/message/instead.ts';
import { settleMessage } from '../../src/services/message/settle.ts';
import { wordsOf, ZONE } from '../support/office.ts';
import { ADA, ADMIN, CLERK, openScene, RELIEF, type Scene, TOWN, TOWN_MANAGER, VILLAGE } from '../support/scene.ts';

const HOUR_MS = 3_600_000;
let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const write = <Result>(work: (ctx: Ctx) => Promise<Result>) =>
  scene.db.write((tx) => work(systemCtx({ ...scene, zone: ZONE }, tx, 'test')));
const waiting = async (target: string) => {
  const rows = await scene.db.read(async ({ q, t }) => q.select().from(t.outbox).orderBy(t.outbox.id));
  return rows.filter((row) => row.target === target && row.settledAt === null);
};
const dies = (row: OutboxRow | undefined, why: WhyDead) => {
  if (!row) throw new Error('nothing waits');
  return write((ctx) => settleMessage(ctx, { row, settlement: { kind: 'dead', why, error: 'x' } }));
};
const says = (target: string, openId: string) =>
  write((ctx) => {
    const card = noticeCard({ tone: 'info', title: openId, lines: [] });
    return enqueuePost(ctx, { target, content: { kind: 'fixed', card } });
  });

async function looks(): Promise<string[]> {
  const before = scene.cards(ADMIN, '有消息没有送到').length;
  await scene.app.watch.look();
  await scene.settle();
  return scene
    .cards(ADMIN, '有消息没有送到')
    .slice(before)
    .map(({ card }) => wordsOf(card));
}

describe('what may have been received', () => {
  it('is remembered through every further attempt', async () => {
    await says(TOWN, 'x');
    const retry = async (since: { unconfirmedSince?: number }) => {
      const [row] = await waiting(TOWN);
      if (!row) throw new Error('nothing waits');
      const settlement = { ...since, kind: 'retry', availableAt: 1, error: 'x' } as const;
      await write((ctx) => settleMessage(ctx, { row, settlement }));
      return (await waiting(TOWN)).map(({ unconfirmedSince }) => unconfirmedSince);
    };
    expect(await retry({})).toEqual([null]);
    expect(await retry({ unconfirmedSince: 5 })).toEqual([5]);
    expect(await retry({})).toEqual([5]);
  });
});

describe('what nobody received', () => {
  it('is told on one card, by case and by whose group it was', async () => {
    await scene.register();
    await scene.register({ itemName: RELIEF });
    await says(TOWN, 'x');
    await scene.clicks(ADA, { target: VILLAGE, label: '催办' });
    await scene.says(CLERK, '/查 26-01-00001', TOWN);
    for (const row of await waiting(TOWN)) await dies(row, 'unreachable');
    await says(ADA, 'x');
    for (const row of await waiting(ADA)) await dies(row, 'unreachable');
    const [both, ...more] = await looks();
    expect(more).toEqual([]);
    expect(both).toMatch(/巴彦托海镇的群没有收到：.*代办件 26-01-00001/);
    expect(both).toContain('代办件 26-01-00002');
    expect(both).toContain('一张通知或回答');
    expect(both).toContain('阿达没有收到：');
    expect(both).not.toMatch(/oc_|ou_/);
    expect(await looks()).toEqual([]);
    scene.clock.advance(7 * HOUR_MS);
    expect(await looks()).toEqual([]);
  });

  it('is one message a working day: what is lost later changes that card', async () => {
    await says(TOWN, 'x');
    await dies((await waiting(TOWN))[0], 'unreachable');
    expect(await looks()).toHaveLength(1);
    scene.clock.advance(HOUR_MS);
    await says(VILLAGE, 'x');
    await dies((await waiting(VILLAGE))[0], 'unreachable');
    expect(await looks()).toEqual([]);
    const [card, ...more] = scene.cards(ADMIN, '值班单');
    expect(more).toEqual([]);
    for (const whose of ['巴彦托海镇的群', '安达社区的群']) expect(wordsOf(card?.card)).toContain(whose);
  });

  it('waits for the end of the quiet hours and of the days off', async () => {
    scene.clock.to('2026-11-27T20:30');
    await says(TOWN, 'x');
    await dies((await waiting(TOWN))[0], 'unreachable');
    expect(await looks()).toEqual([]);
    scene.clock.to('2026-11-28T10:00');
    expect(await looks()).toEqual([]);
    scene.clock.to('2026-11-30T07:59');
    expect(await looks()).toEqual([]);
    scene.clock.to('2026-11-30T08:00');
    expect((await looks())[0]).toContain('11月30日值班单');
  });

  it('tells besides how many calls the month has taken, and what waits', async () => {
    await says(TOWN, 'x');
    await dies((await waiting(TOWN))[0], 'unreachable');
    const [words = ''] = await looks();
    expect(words).toMatch(/本月调用\n\d+次：新消息\d+，回复\d+，更新\d+，文件0/);
    expect(words).toMatch(/约\d+次，免费版每月10000次/);
    expect(words).toContain('没送到1条');
  });

  it('does not go round in circles when the administrator is out of reach', async () => {
    await says(ADMIN, 'x');
    for (let round = 0; round < 5; round++) {
      for (const row of await waiting(ADMIN)) await dies(row, 'unreachable');
      scene.clock.advance(60_000);
      await scene.app.watch.look();
    }
    expect(await waiting(ADMIN)).toEqual([]);
  });
});

describe('whoever waits for a message that does not come', () => {
  it.each([
    ['undrawn', '没有生成'],
    ['broken', '没有接受'],
    ['screened', '没有放行'],
  ] as const)('is told so, once (%s)', async (why, words) => {
    await scene.says(TOWN_MANAGER, '/统计');
    await dies((await waiting(TOWN_MANAGER))[0], why);
    const [said, ...more] = await waiting(TOWN_MANAGER);
    expect(more).toEqual([]);
    await dies(said, why);
    expect(await waiting(TOWN_MANAGER)).toEqual([]);
    await scene.says(TOWN_MANAGER, '/统计');
    await dies((await waiting(TOWN_MANAGER))[0], why);
    await scene.settle();
    expect(wordsOf(scene.last(TOWN_MANAGER).card)).toContain(words);
  });

  it.each(['unreachable', 'unconfirmed', 'forged'] as const)('is left alone otherwise (%s)', async (why) => {
    await scene.says(TOWN_MANAGER, '/统计');
    await dies((await waiting(TOWN_MANAGER))[0], why);
    expect(await waiting(TOWN_MANAGER)).toEqual([]);
  });
});

describe('the month’s quota', () => {
  const meets = async () => {
    await scene.says(CLERK, '/帮助');
    const [row] = await waiting(CLERK);
    if (!row) throw new Error('nothing waits');
    await write((ctx) => settleMessage(ctx, { row: { ...row, attempts: 1 }, settlement: { kind: 'quota' } }));
  };
  const troubles = async () => (await scene.app.watch.troubles()).map(({ key }) => key);

  it('is a trouble while it lasts, and costs no message an attempt', async () => {
    expect(await troubles()).toEqual([]);
    await meets();
    expect(await waiting(CLERK)).toMatchObject([{ status: 'waiting', attempts: 0 }]);
    expect(await troubles()).toEqual(['quota']);
    scene.clock.advance(HOUR_MS);
    expect(await troubles()).toEqual(['quota']);
    scene.clock.advance(HOUR_MS);
    expect(await troubles()).not.toContain('quota');
  });

  it('is told once, however long it lasts: every notice would wait with the rest', async () => {
    for (let hour = 0; hour < 30; hour++) {
      await meets();
      await scene.app.watch.look();
      scene.clock.advance(HOUR_MS);
    }
    await scene.settle();
    expect(scene.cards(ADMIN, '调用次数用完了')).toHaveLength(1);
  });
});

it('an outage is told once, however long it lasts', async () => {
  await says(TOWN, 'x');
  for (let hour = 0; hour < 25; hour++) {
    scene.clock.advance(HOUR_MS);
    await scene.app.watch.look();
  }
  await scene.settle();
  expect(scene.cards(ADMIN, '有消息发不出去')).toHaveLength(1);
});
