import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settingWrites } from '../../db/repositories/setting.ts';
import { settingMark } from '../../src/services/setting/view.ts';
import { createVault } from '../../src/vault.ts';
import { wordsOf } from '../support/office.ts';
import { ADA, ADMIN, BANNER_MANAGER, CLERK, openScene, type Scene, TOWN, VILLAGE } from '../support/scene.ts';
import { passes } from './support.ts';

/** 归档满几年: set to two years; today is Monday, 23 November 2026, and what is archived today is due on 24 November 2028, a Friday. */
describe('residents’ data that are archived for longer than the setting says', () => {
  let scene: Scene;
  const SECOND_ADMIN = 'ou_second_admin';

  beforeEach(async () => {
    scene = await openScene();
    await scene.hire({ openId: SECOND_ADMIN, name: '高娃', unit: '鄂温克族自治旗', role: 'admin' });
    await scene.app.scheduler.tick();
  });
  afterEach(() => scene.close());

  /** A case from its registration to the archive. */
  async function archived(over: Record<string, string>): Promise<number> {
    const { id } = await scene.register(over);
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    await scene.does(CLERK, { target: TOWN, label: '办结', form: { outcome: 'granted', note: '' } });
    await scene.does(ADA, { target: VILLAGE, label: '确认送达', form: { deliveryWay: 'doorstep' } });
    await scene.does(ADA, { target: VILLAGE, label: '回访评价', form: { rating: '5' } });
    return id;
  }

  async function setYears(years: number): Promise<void> {
    await scene.db.write((tx) => settingWrites.set(tx, { key: 'retentionYears', value: years }));
  }

  async function erased(): Promise<number[]> {
    const rows = await scene.db.read(async ({ q, t }) =>
      q.select().from(t.cases).innerJoin(t.applicants, eq(t.applicants.id, t.cases.applicantId)),
    );
    return rows.filter(({ applicants }) => applicants.wrappedKey === null).map(({ cases }) => cases.id);
  }

  const questions = (openId: string) => scene.cards(openId, '归档满2年，自动删除群众的个人信息');
  const answer = (openId: string, agreed: boolean, years = 2) =>
    scene.forges(openId, { value: { v: 1, action: 'retention.decide', years, agreed }, chat: `oc_p2p_${openId}` });

  it('go at night after an administrator has agreed, and the ledger still stands', async () => {
    const due = await archived({ applicantName: '张三', phone: '13812340001' });
    await archived({ applicantName: '李四', phone: '13812340002' });
    scene.clock.to('2026-11-26T10:00');
    const next = await archived({ applicantName: '王五', phone: '13812340003' });
    const value = { v: 1, action: 'setting.change', name: 'retentionYears', seen: settingMark(0) };
    const form = { years: '２年' };
    const set = await scene.forges(ADMIN, { value, form, chat: `oc_p2p_${ADMIN}` });
    expect(set.toast?.content).toContain('已改为2年');
    scene.clock.to('2028-11-23T12:00');
    // The same person, with another errand that is under way.
    await scene.register({ applicantName: '李四', phone: '13812340002', itemName: '失业登记' });
    await passes(scene, '2028-11-24T03:40', '2028-11-24T09:59');
    expect([questions(ADMIN), await erased()]).toEqual([[], []]);
    await passes(scene, '2028-11-24T10:00');
    expect(wordsOf(questions(ADMIN).at(-1)?.card)).toContain('1人');
    expect(questions(SECOND_ADMIN)).toHaveLength(1);
    expect(questions(BANNER_MANAGER)).toHaveLength(0);
    await passes(scene, '2028-11-25T03:40');
    expect(await erased()).toEqual([]);

    expect((await answer(BANNER_MANAGER, true)).toast?.content).toContain('只有系统管理员能决定');
    expect((await answer(ADMIN, true, 3)).toast?.content).toContain('设置后来改过了');
    await scene.does(ADMIN, { target: ADMIN, label: '确认按期删除' });
    expect((await answer(SECOND_ADMIN, false)).toast?.content).toContain('管理员已经选了“确认”');
    expect(await erased()).toEqual([]);
    await passes(scene, '2028-11-26T03:40');
    expect(await erased()).toEqual([due]);
    await passes(scene, '2028-11-27T03:40');
    expect(await erased()).toEqual([due, next]);
    expect((await scene.entries(due)).filter(({ kind }) => kind === 'erase')).toMatchObject([{ actorKind: 'system' }]);
    expect((await scene.checkLedger()).faults).toEqual([]);
    await scene.app.watch.look();
    await passes(scene, '2028-11-27T10:00');
    await scene.app.watch.look();
    await scene.settle();
    const told = wordsOf(scene.posted.filter(({ target }) => target === ADMIN).map(({ card }) => card));
    for (const night of ['11月26日', '11月27日']) {
      expect(told).toContain(`归档满2年的1人，${night}凌晨按设置删除了个人信息`);
    }
  });

  it('stay when it is put off, and it is asked again a month later, or when the years are changed', async () => {
    await archived({ applicantName: '张三', phone: '13812340001' });
    await setYears(2);
    scene.clock.to('2028-11-23T12:00');
    const rectified = (at: number | null) => scene.db.write(({ q, t }) => q.update(t.cases).set({ rectifiedAt: at }));
    await rectified(1);
    await passes(scene, '2028-11-24T10:00');
    expect(questions(ADMIN)).toEqual([]);
    await rectified(null);
    await passes(scene, '2028-11-27T10:00');
    await scene.does(SECOND_ADMIN, { target: SECOND_ADMIN, label: '暂不' });
    await passes(scene, '2028-11-28T10:00', '2028-11-29T03:40');
    expect(questions(ADMIN)).toHaveLength(1);
    await passes(scene, '2028-12-28T10:00');
    expect(questions(ADMIN)).toHaveLength(2);
    await setYears(1);
    expect((await answer(ADMIN, true)).toast?.content).toContain('设置后来改过了');
    await passes(scene, '2028-12-29T10:00', '2028-12-30T03:40');
    expect(scene.cards(ADMIN, '归档满1年')).toHaveLength(1);
    expect(await erased()).toEqual([]);
  });

  it('stay while nothing is set, and while DATA_KEY is being changed', async () => {
    await archived({ applicantName: '张三', phone: '13812340001' });
    scene.clock.to('2028-11-23T12:00');
    await passes(scene, '2028-11-24T10:00');
    expect(questions(ADMIN)).toEqual([]);
    await setYears(2);
    await passes(scene, '2028-11-27T10:00');
    await scene.does(ADMIN, { target: ADMIN, label: '确认按期删除' });
    const from = createVault(Buffer.alloc(32, 9)).keyMark;
    const change = (done: boolean) =>
      scene.db.write((tx) => settingWrites.set(tx, { key: 'dataKeyChange', value: { from, done } }));
    await change(false);
    await passes(scene, '2028-11-28T03:40');
    expect(await erased()).toEqual([]);
    await change(true);
    await passes(scene, '2028-11-29T03:40');
    expect(await erased()).toHaveLength(1);
  });
});
