import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buttonOf, wordsOf } from '../support/office.ts';
import { ADA, ADMIN, BANNER, CIVIL, CLERK, openScene, type Scene, TOWN, VILLAGE } from '../support/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});

afterEach(() => scene.close());

/** The unit has neither group nor people. */
async function desert(unit: string): Promise<void> {
  const id = scene.unitId(unit);
  await scene.db.write(async ({ q, t }) => {
    await q.update(t.units).set({ chatId: null }).where(eq(t.units.id, id));
    await q.update(t.agents).set({ status: 'left' }).where(eq(t.agents.unitId, id));
  });
}

describe('转上级', () => {
  it('goes past a department where nobody is to the banner’s center, and the card says so before', async () => {
    await desert('民政部门');
    const { id } = await scene.register();
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    expect(wordsOf(scene.last(TOWN).card)).toContain('民政部门还没有群，也没有代办员，“转上级”会转到');
    expect((await scene.does(CLERK, { target: TOWN, label: '转上级' })).toast?.type).toBe('success');
    expect((await scene.record(id)).holderUnitId).toBe(scene.unitId('鄂温克族自治旗'));
    expect(buttonOf(scene.last(BANNER).card, '接收')).toBeDefined();
  });

  it('is not offered where the banner has nobody, either', async () => {
    const { id } = await scene.register();
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    const value = buttonOf(scene.last(TOWN).card, '转上级');
    expect(value).toBeDefined();
    await desert('民政部门');
    await desert('鄂温克族自治旗');
    const untouched = await scene.dump();
    const { toast } = await scene.forges(CLERK, { value, chat: TOWN });
    expect(toast?.content).toContain('转过去没人接。请线下送件，在这里办结');
    expect(await scene.dump()).toBe(untouched);
    await scene.says(CLERK, `/查 ${(await scene.record(id)).caseNumber}`);
    await scene.settle();
    const card = scene.last(CLERK).card;
    expect(buttonOf(card, '转上级')).toBeUndefined();
    expect(wordsOf(card)).toContain('请线下送件，在这里办结');
  });

  it('goes to a department that has people and no group', async () => {
    await scene.db.write(({ q, t }) => q.update(t.units).set({ chatId: null }).where(eq(t.units.chatId, CIVIL)));
    const { id } = await scene.register();
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    await scene.does(CLERK, { target: TOWN, label: '转上级' });
    expect((await scene.record(id)).holderUnitId).toBe(scene.unitId('民政部门'));
  });
});

it('登记 where nobody is says so on the card, as of its day, until somebody is there', async () => {
  await desert('巴彦托海镇');
  await scene.register();
  expect(wordsOf(scene.last(VILLAGE).card)).toContain(
    '到11月23日，巴彦托海镇便民服务中心还没有群，也没有代办员；请先电话联系那里，再请系统管理员绑定群或加人。',
  );
  expect(JSON.stringify(scene.cards(ADMIN, '有代办件没人接收'))).toContain('26-01-00001');
  await scene.hire({ openId: 'ou_new', name: '新来的', unit: '巴彦托海镇' });
  await scene.says(ADA, '/查 26-01-00001');
  await scene.settle();
  expect(wordsOf(scene.last(ADA).card)).not.toContain('还没有群');
});

it('nobody is said to have been told where the last people left afterwards', async () => {
  await scene.register();
  await desert('巴彦托海镇');
  await scene.says(ADA, '/查 26-01-00001');
  await scene.settle();
  expect(wordsOf(scene.last(ADA).card)).toContain('还没有群，也没有代办员');
  expect(wordsOf(scene.last(ADA).card)).not.toContain('已告诉');
  expect(scene.cards(ADMIN, '有代办件没人接收')).toEqual([]);
});

it('重新转送 is refused where nobody would see it', async () => {
  await scene.register();
  await scene.does(CLERK, { target: TOWN, label: '退回补正', form: { note: '缺户口本' } });
  await desert('巴彦托海镇');
  const { toast } = await scene.does(ADA, { target: VILLAGE, label: '重新转送' });
  expect(toast?.content).toContain('转过去没人接。请线下送件');
});

it('催办 claims nothing where nobody would see it', async () => {
  const { id } = await scene.register();
  await desert('巴彦托海镇');
  const { toast } = await scene.does(ADA, { target: VILLAGE, label: '催办' });
  expect(toast?.content).toContain('在这里催没人看到。请打电话或上门找他们');
  expect((await scene.record(id)).urgedDay).toBeNull();
});
