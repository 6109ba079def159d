/** A group dissolved, or the bot was taken out of it, and no event said so: the next message that fails does. */
import { eq, inArray } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeAction } from '../../cards/action-values.ts';
import { noticeCard } from '../../cards/notice.ts';
import { unitReads } from '../../db/repositories/unit.ts';
import { type Ctx, systemCtx } from '../../src/ctx.ts';
import { postMorningDigests } from '../../src/services/digest/morning.ts';
import { enqueuePost } from '../../src/services/message/enqueue.ts';
import { settleMessage } from '../../src/services/message/settle.ts';
import { remindTowns } from '../../src/services/report/remind.ts';
import { wordsOf, ZONE } from '../support/office.ts';
import {
  ADA,
  ADMIN,
  ALLOWANCE,
  BAI,
  CLERK,
  openScene,
  RELIEF,
  type Scene,
  SECOND,
  TOWN,
  TOWN_MANAGER,
  UNBOUND,
  VILLAGE,
} from '../support/scene.ts';

const TOWN_PEOPLE = [CLERK, SECOND, TOWN_MANAGER];
let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const write = <Result>(work: (ctx: Ctx) => Promise<Result>) =>
  scene.db.write((tx) => work(systemCtx({ ...scene, zone: ZONE }, tx, 'test')));
const rowsTo = (target: string) =>
  scene.db.read(async ({ q, t }) =>
    (await q.select().from(t.outbox).orderBy(t.outbox.id)).filter(
      (row) => row.target === target && row.settledAt === null,
    ),
  );

/** The oldest message to the group fails because the group is gone; whatever else there is is sent. */
async function failsFirst(target: string): Promise<void> {
  const [row] = await rowsTo(target);
  if (!row) throw new Error(`nothing waits for ${target}`);
  await scene.db.write(async ({ q, t }) => {
    await q.update(t.outbox).set({ status: 'sending' }).where(eq(t.outbox.id, row.id));
  });
  await write((ctx) => settleMessage(ctx, { row, settlement: { kind: 'chatLost', error: '232009 dissolved' } }));
  await scene.settle();
}

/** Cases whose cards are not sent yet. */
async function registers(...items: string[]): Promise<void> {
  for (const _ of items) await scene.says(ADA, '/登记', VILLAGE);
  await scene.settle();
  const forms = scene.posted.slice(-items.length);
  for (const [index, itemName] of items.entries()) {
    const on = forms[index];
    if (!on) throw new Error('no form');
    const applicantName = ['李秀英', '王桂兰', '赵玉梅'][index] ?? '';
    await scene.clicks(ADA, {
      target: VILLAGE,
      label: '提交登记',
      form: scene.registration({ itemName, applicantName }),
      on,
    });
  }
}

describe('a case’s card', () => {
  it('goes to the people of the unit that has to act, and so do those that wait behind it', async () => {
    await registers(ALLOWANCE, RELIEF);
    await failsFirst(TOWN);
    for (const person of TOWN_PEOPLE) {
      for (const number of ['26-01-00001', '26-01-00002']) {
        expect(scene.cards(person, number)).toHaveLength(1);
      }
    }
    expect(scene.cards(TOWN, '26-01-0000')).toEqual([]);
    expect(scene.cards(ADMIN, '群解绑了')).toHaveLength(1);
    await scene.does(SECOND, { target: SECOND, label: '接收' });
    expect(scene.cards(CLERK, '办理中')).toHaveLength(1);
  });

  it('goes to the registering unit’s people when theirs is the group', async () => {
    await scene.register();
    await scene.clicks(CLERK, { target: TOWN, label: '接收' });
    await failsFirst(VILLAGE);
    for (const person of [ADA, BAI]) expect(scene.cards(person, '26-01-00001')).toHaveLength(1);
    for (const person of TOWN_PEOPLE) expect(scene.cards(person, '26-01-00001')).toEqual([]);
  });

  it('comes to nobody once the case is closed', async () => {
    await scene.register();
    await scene.clicks(ADA, { target: VILLAGE, label: '撤回', form: { note: '不办了' } });
    await failsFirst(TOWN);
    for (const person of TOWN_PEOPLE) expect(scene.cards(person, '26-01-00001')).toEqual([]);
  });

  it('that was on its way when the group was left comes, too', async () => {
    await registers(ALLOWANCE);
    await scene.app.receive({ kind: 'botRemoved', eventId: 'ev_gone', chatId: TOWN });
    await failsFirst(TOWN);
    for (const person of TOWN_PEOPLE) expect(scene.cards(person, '26-01-00001')).toHaveLength(1);
    expect(scene.cards(ADMIN, '群解绑了')).toHaveLength(1);
  });
});

describe('a case’s card that still waits', () => {
  beforeEach(() => registers(ALLOWANCE));

  const expectWith = (targets: readonly string[]) => {
    for (const target of targets) expect(scene.cards(target, '26-01-00001')).toHaveLength(1);
    expect(scene.cards(VILLAGE, '26-01-00001')).toHaveLength(1);
  };

  it('goes to the unit’s people when the bot is taken out of its group', async () => {
    await scene.app.receive({ kind: 'botRemoved', eventId: 'ev_gone', chatId: TOWN });
    await scene.settle();
    expectWith(TOWN_PEOPLE);
    expect(scene.cards(TOWN, '26-01-00001')).toEqual([]);
  });

  it('goes to the unit’s people when the group is unbound', async () => {
    const unitId = scene.unitId('巴彦托海镇');
    const value = encodeAction({ action: 'unit.unbind', unitId, seen: TOWN, keep: false });
    await scene.forges(TOWN_MANAGER, { value, chat: `oc_p2p_${TOWN_MANAGER}` });
    await scene.settle();
    expectWith(TOWN_PEOPLE);
    expect(scene.cards(TOWN, '26-01-00001')).toEqual([]);
  });

  it('goes to the unit’s new group', async () => {
    await scene.bindGroup('oc_new', '巴彦托海镇');
    await scene.settle();
    expectWith(['oc_new']);
    expect(scene.cards(TOWN, '26-01-00001')).toEqual([]);
    for (const person of TOWN_PEOPLE) expect(scene.cards(person, '26-01-00001')).toEqual([]);
  });
});

it('a case whose unit has nobody either is kept aside, for the administrators to see', async () => {
  await scene.db.write(async ({ q, t }) => {
    await q.update(t.agents).set({ status: 'left' }).where(inArray(t.agents.openId, TOWN_PEOPLE));
  });
  await registers(ALLOWANCE, RELIEF);
  await failsFirst(TOWN);
  await scene.app.watch.look();
  await scene.settle();
  const told = wordsOf(scene.cards(ADMIN, '有消息没有送到')[0]?.card);
  for (const number of ['26-01-00001', '26-01-00002']) expect(told).toContain(number);
});

describe('other messages to the group', () => {
  it('a list of pressing cases goes to its people, an answer to somebody in it does not', async () => {
    await scene.register();
    // Not accepted by the end of Tuesday.
    scene.clock.to('2026-11-25T09:00');
    await write((ctx) => postMorningDigests(ctx));
    await scene.says(CLERK, '/帮助', TOWN);
    await failsFirst(TOWN);
    for (const person of TOWN_PEOPLE) expect(scene.cards(person, '过了接收期限')).toHaveLength(1);
    expect(scene.cards(SECOND, '/登记')).toEqual([]);
  });

  it('the month’s report goes to its people', async () => {
    await write((ctx) => remindTowns(ctx, '2026-10'));
    await failsFirst(TOWN);
    for (const person of TOWN_PEOPLE) expect(scene.cards(person, '确认报送')).toHaveLength(1);
  });

  it('a file goes to who asked for it', async () => {
    await scene.register();
    await scene.says(TOWN_MANAGER, '/台账', TOWN);
    await failsFirst(TOWN);
    expect(scene.files.map(({ target }) => target)).toEqual([TOWN_MANAGER]);
  });

  it('what a group without a unit does not get is kept aside', async () => {
    const card = noticeCard({ tone: 'info', title: 'x', lines: [] });
    await write((ctx) => enqueuePost(ctx, { target: UNBOUND, content: { kind: 'fixed', card } }));
    await failsFirst(UNBOUND);
    const dead = await scene.db.read(async ({ q, t }) => q.select().from(t.outbox));
    expect(dead.filter(({ status }) => status === 'dead')).toHaveLength(1);
  });
});

it('the unit has no group any more, and the ledger says so once', async () => {
  await registers(ALLOWANCE);
  await failsFirst(TOWN);
  await registers(ALLOWANCE);
  await scene.settle();
  expect(await scene.db.read((tx) => unitReads.byChat(tx, TOWN))).toEqual([]);
  expect((await scene.entries()).filter(({ kind }) => kind === 'unbind')).toHaveLength(1);
});
