import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buttonOf, wordsOf } from '../support/office.ts';
import {
  ADA,
  CIVIL,
  CLERK,
  OTHER_CLERK,
  openScene,
  type Scene,
  SECOND,
  TOWN,
  TOWN_MANAGER,
  UNBOUND,
  VILLAGE,
} from '../support/scene.ts';

const DAY_MS = 24 * 3_600_000;

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});

afterEach(async () => {
  await scene.close();
});

const giveBack = () => scene.does(CLERK, { target: TOWN, label: '退回补正', form: { note: '缺户口本' } });
const living = async () =>
  (await scene.db.read(async ({ q, t }) => q.select().from(t.livingCards))).filter((card) => card.retiredAt === null);

describe('the card of a case', () => {
  it('is changed in place by a step that passes no turn, a minute later, and nothing else is said', async () => {
    const { caseNumber } = await scene.register();
    const [village] = scene.cards(VILLAGE, caseNumber);
    const before = scene.posted.length;
    const pressedAt = scene.clock.now();
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    expect(scene.posted).toHaveLength(before);
    expect(wordsOf(village?.card)).toContain('正在办理');
    expect(scene.clock.now() - pressedAt).toBeGreaterThanOrEqual(60_000);
  });

  it('is one per group, and where the turn comes to it is a new one, to which the old one points', async () => {
    const { caseNumber } = await scene.register();
    await giveBack();
    await scene.does(ADA, { target: VILLAGE, label: '重新转送' });
    for (const group of [VILLAGE, TOWN]) {
      const [old, now] = scene.cards(group, caseNumber);
      expect(scene.cards(group, caseNumber)).toHaveLength(2);
      expect(wordsOf(old?.card)).toContain('请看下方的新卡片');
      expect(wordsOf(now?.card)).toContain('等待巴彦托海镇便民服务中心接收');
      expect((await living()).filter((card) => card.target === group)).toHaveLength(1);
    }
    expect(buttonOf(scene.last(TOWN).card, '接收')).toBeDefined();
    expect(buttonOf(scene.last(VILLAGE).card, '接收')).toBeUndefined();
  });

  it('changed twice within a minute it is sent once, with both', async () => {
    const { caseNumber } = await scene.register();
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    const [village] = scene.cards(VILLAGE, caseNumber);
    await scene.does(CLERK, { target: TOWN, label: '办结' });
    const [town] = scene.cards(TOWN, caseNumber);
    const updates = town?.updates ?? 0;
    await scene.clicks(ADA, { target: VILLAGE, label: '确认送达', form: { deliveryWay: 'doorstep' } });
    scene.clock.advance(30_000);
    await scene.app.dispatcher.drain();
    expect(town?.updates).toBe(updates);
    await scene.clicks(ADA, { target: VILLAGE, label: '回访评价', form: { rating: '5' } });
    await scene.settle();
    expect(town?.updates).toBe(updates + 1);
    expect(wordsOf(town?.card)).toContain('已归档');
    expect(wordsOf(village?.card)).toContain('请看下方的新卡片');
  });

  it('is changed also where it was pressed, shortly after the answer', async () => {
    await scene.register();
    const town = scene.last(TOWN);
    const updates = town.updates;
    const pressedAt = scene.clock.now();
    const answer = await scene.clicks(CLERK, { target: TOWN, label: '接收' });
    await scene.app.dispatcher.drain();
    expect(town.updates).toBe(updates);
    await scene.settle();
    expect(town.updates).toBe(updates + 1);
    expect(scene.clock.now() - pressedAt).toBeGreaterThanOrEqual(3000);
    expect(wordsOf(town.card)).toBe(wordsOf(answer.card?.data));
  });

  it('comes anew after fourteen days, when the old one can no longer be changed', async () => {
    const { caseNumber } = await scene.register();
    const [old] = scene.cards(VILLAGE, caseNumber);
    scene.clock.advance(14 * DAY_MS);
    const updates = old?.updates;
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    expect(scene.cards(VILLAGE, caseNumber)).toHaveLength(2);
    expect(old?.updates).toBe(updates);
    expect(wordsOf(scene.last(VILLAGE).card)).toContain('正在办理');
    scene.clock.advance(DAY_MS);
    await scene.does(CLERK, { target: TOWN, label: '办结' });
    expect(scene.cards(VILLAGE, caseNumber)).toHaveLength(3);
    expect(old?.updates).toBe(updates);
  });

  it('is still changed in place on the last day it can be', async () => {
    const { caseNumber } = await scene.register();
    scene.clock.advance(14 * DAY_MS - 2 * 3_600_000);
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    expect(scene.cards(VILLAGE, caseNumber)).toHaveLength(1);
  });

  it('pressed where a newer one stands, it is still the case that counts', async () => {
    const { id } = await scene.register();
    const old = scene.last(TOWN);
    const button = buttonOf(old.card, '接收');
    await scene.says(CLERK, '/查 26-01-00001', TOWN);
    await scene.settle();
    expect(scene.last(TOWN).messageId).not.toBe(old.messageId);
    expect(wordsOf(old.card)).toContain('新卡片');
    const answer = await scene.forges(CLERK, { value: button, chat: TOWN, messageId: old.messageId });
    expect(answer.toast?.type).toBe('success');
    expect((await scene.record(id)).state).toBe('accepted');
    await scene.settle();
    expect(wordsOf(scene.last(TOWN).card)).toContain('正在办理');
  });

  it('is private where the case was registered privately, and stands in the unit’s group as well', async () => {
    const { caseNumber } = await scene.register({}, { openId: ADA, chat: undefined });
    expect(scene.cards(ADA, caseNumber)).toHaveLength(1);
    expect(scene.cards(VILLAGE, caseNumber)).toHaveLength(1);
    await giveBack();
    for (const target of [ADA, VILLAGE]) expect(buttonOf(scene.last(target).card, '重新转送')).toBeDefined();
    await scene.does(ADA, { target: ADA, label: '重新转送' });
    expect(wordsOf(scene.last(VILLAGE).card)).toContain('等待巴彦托海镇便民服务中心接收');
  });

  it('goes to the people one by one where their unit has no group', async () => {
    await scene.app.receive({ kind: 'botRemoved', eventId: 'ev_removed', chatId: TOWN });
    await scene.settle();
    const { caseNumber } = await scene.register();
    for (const openId of [CLERK, SECOND, TOWN_MANAGER]) expect(scene.cards(openId, caseNumber)).toHaveLength(1);
    expect(scene.cards(OTHER_CLERK, caseNumber)).toEqual([]);
    expect(scene.cards(TOWN, caseNumber)).toEqual([]);
    await scene.does(SECOND, { target: SECOND, label: '接收' });
    expect(wordsOf(scene.last(CLERK).card)).toContain('经办：李强');
  });

  it('offers in a private chat what that person may do, and says no more once they have left', async () => {
    await scene.register({}, { openId: ADA, chat: undefined });
    const card = scene.last(ADA);
    expect(buttonOf(card.card, '催办')).toBeDefined();
    await scene.db.write(async ({ q, t }) =>
      q.update(t.agents).set({ status: 'left' }).where(eq(t.agents.openId, ADA)),
    );
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    expect(wordsOf(card.card)).not.toContain('办理中');
    expect(scene.last(ADA)).toBe(card);
  });

  it('is not sent any more to a group the bot has been taken out of', async () => {
    const { caseNumber } = await scene.register();
    await scene.app.receive({ kind: 'botRemoved', eventId: 'ev_removed', chatId: VILLAGE });
    await scene.settle();
    const [village] = scene.cards(VILLAGE, caseNumber);
    const updates = village?.updates;
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    expect(village?.updates).toBe(updates);
    expect(scene.cards(VILLAGE, caseNumber)).toHaveLength(1);
  });

  it('comes anew when the bot is back in the group', async () => {
    const { caseNumber } = await scene.register();
    await scene.app.receive({ kind: 'botRemoved', eventId: 'ev_removed', chatId: VILLAGE });
    await scene.bindGroup(UNBOUND, '安达社区');
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    expect(scene.cards(UNBOUND, caseNumber)).toHaveLength(1);
  });

  it('follows the case to every holder, and the former ones see what became of it', async () => {
    const { caseNumber } = await scene.register();
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    await scene.does(CLERK, { target: TOWN, label: '转上级' });
    expect(scene.cards(CIVIL, caseNumber)).toHaveLength(1);
    const [town] = scene.cards(TOWN, caseNumber);
    expect(wordsOf(town?.card)).toContain('等待民政部门接收');
    for (const label of ['接收', '退回补正', '办结']) expect(buttonOf(town?.card, label)).toBeUndefined();
  });
});
