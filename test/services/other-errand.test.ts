/** Errands outside of the catalogue (其他事项): their own words, a department where one is named, counted apart. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settingWrites } from '../../db/repositories/setting.ts';
import { at, wordsOf } from '../support/office.ts';
import {
  ADA,
  BANNER_MANAGER,
  CIVIL,
  CIVIL_MANAGER,
  CLERK,
  type FormValues,
  NAME,
  openScene,
  PHONE,
  type Scene,
  TOWN,
  VILLAGE,
} from '../support/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});

afterEach(() => scene.close());

async function otherItem(): Promise<string> {
  const rows = await scene.db.read(({ q, t }) => Promise.resolve(q.select().from(t.serviceItems)));
  return String(rows.find(({ code }) => code === 'other')?.id);
}

async function other(over: FormValues = {}): Promise<FormValues> {
  return { item: await otherItem(), otherErrand: '修水管', ...over };
}

async function submits(form: FormValues) {
  await scene.says(ADA, '/登记');
  await scene.settle();
  return scene.does(ADA, { target: ADA, label: '提交登记', form });
}

describe('an errand outside of the catalogue', () => {
  it('goes to the town, and its words stand on the cards, in the lists and sealed in the row', async () => {
    const record = await scene.register(await other());
    expect(record.holderUnitId).toBe(scene.unitId('巴彦托海镇'));
    expect(record.promisedDays).toBe(5);
    expect(record.otherErrandSealed).not.toContain('修水管');
    for (const chat of [VILLAGE, TOWN]) expect(wordsOf(scene.last(chat).card)).toContain('其他事项：修水管');
    await scene.says(CLERK, '/待办', TOWN);
    await scene.settle();
    expect(wordsOf(scene.last(TOWN).card)).toContain('其他事项：修水管');
  });

  it('is the last choice below the whole catalogue', async () => {
    await scene.says(ADA, '/登记');
    await scene.settle();
    const card = JSON.stringify(scene.last(ADA).card);
    const options = [...card.matchAll(/"content":"([^"]+)"\},"value":"\d+"/gu)].map(([, text]) => text);
    const catalogue = options.filter((text) => text !== '安达社区');
    expect(catalogue.indexOf('其他事项（目录里没有的）')).toBe(40);
    expect(card).not.toContain('先列出');
  });

  it('needs no choice in the picker where the words are there', async () => {
    const { item: _, ...form } = scene.registration(await other());
    expect((await submits(form)).toast?.content).toMatch(/^登记成功/);
  });

  it.each([
    ['', '请写清要办什么事'],
    ['   ', '请写清要办什么事'],
    ['123', '请写清要办什么事'],
    ['字'.repeat(61), '其他事项请控制在60字以内'],
  ])('is asked for its words: %j', async (otherErrand, problem) => {
    const answer = await submits(scene.registration(await other({ otherErrand })));
    expect(answer.toast?.content).toContain(problem);
  });

  it('hides in groups who it is for, and keeps it for whoever handles it', async () => {
    await scene.register(await other({ otherErrand: `给${NAME}修水管 ${PHONE}` }));
    for (const chat of [VILLAGE, TOWN]) {
      const card = JSON.stringify(scene.last(chat).card);
      for (const secret of [NAME, PHONE]) expect(card).not.toContain(secret);
    }
    await scene.does(CLERK, { target: TOWN, label: '查看申请人' });
    expect(wordsOf(scene.last(CLERK).card)).toContain(`给${NAME}修水管`);
  });

  it('keeps its words as remarks where the catalogue has the errand after all', async () => {
    await scene.register({ otherErrand: '办低保' });
    await scene.does(CLERK, { target: TOWN, label: '查看申请人' });
    const words = wordsOf(scene.last(CLERK).card);
    expect(words).toContain('办低保');
    expect(words).not.toContain('其他事项');
  });

  it('may be passed up to the department that was named, and only where one was', async () => {
    const department = String(scene.unitId('民政部门'));
    const record = await scene.register(await other({ otherDepartment: department }));
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    await scene.does(CLERK, { target: TOWN, label: '转上级', form: { note: '请核' } });
    expect((await scene.record(record.id)).holderUnitId).toBe(Number(department));
    expect(wordsOf(scene.last(CIVIL).card)).toContain('其他事项：修水管');
    await scene.register(await other({ applicantName: '李四', phone: '13900000001' }));
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    expect(JSON.stringify(scene.last(TOWN).card)).not.toContain('转上级');
  });

  it.each(['巴彦托海镇', 'nowhere'])('refuses as department what is none: %s', async (name) => {
    const otherDepartment = name === 'nowhere' ? '99999' : String(scene.unitId(name));
    const answer = await submits(scene.registration(await other({ otherDepartment })));
    expect(answer.toast?.content).toContain('没有这个部门');
  });

  it('is nobody’s of the department before it comes there', async () => {
    await scene.register(await other({ otherDepartment: String(scene.unitId('民政部门')) }));
    await scene.says(CIVIL_MANAGER, '/查 26-01-00001');
    await scene.settle();
    expect(wordsOf(scene.last(CIVIL_MANAGER).card)).toContain('没有找到');
  });

  it('is the same errand as another by its words', async () => {
    await scene.register(await other());
    scene.clock.advance(11 * 60_000);
    const same = await submits(scene.registration(await other({ otherErrand: '修 水管' })));
    expect(same.toast?.content).toContain('的这个事项正在办（26-01-00001）');
    const different = await submits(scene.registration(await other({ otherErrand: '换灯泡' })));
    expect(different.toast?.content).toMatch(/^登记成功/);
  });

  it('is counted apart: by item, by department and in a line of its own', async () => {
    await scene.register(await other());
    await scene.register({ applicantName: '李四', phone: '13900000001' });
    for (const by of ['按事项', '按部门']) {
      await scene.says(BANNER_MANAGER, `/统计 本月 ${by}`);
      await scene.settle();
      const words = wordsOf(scene.last(BANNER_MANAGER).card);
      expect(words).toContain('其中其他事项（目录外）：登记1件，办结0件，在办1件');
      expect(JSON.stringify(scene.last(BANNER_MANAGER).card)).toContain('"其他事项"');
    }
  });

  it('stands in no list of the catalogue', async () => {
    await scene.says(ADA, '/事项');
    await scene.says(ADA, '/事项 其他事项');
    await scene.settle();
    expect(scene.cards(ADA, '共40项').length + scene.cards(ADA, '40').length).toBeGreaterThan(0);
    expect(wordsOf(scene.last(ADA).card)).not.toContain('实施编码');
  });
});

describe('a correction', () => {
  it('makes an item of the catalogue of it, and back, and the ledger agrees', async () => {
    const record = await scene.register(await other());
    await corrects(record.id, 1, { item: String(scene.itemId('失业登记')) });
    expect(await scene.record(record.id)).toMatchObject({ otherErrandSealed: null, otherDepartmentId: null });
    expect(wordsOf(scene.last(VILLAGE).card)).not.toContain('修水管');
    const asked = await corrects(record.id, 2, { item: await otherItem() });
    expect(asked.toast?.content).toContain('请写清要办什么事');
    const back = { item: await otherItem(), otherErrand: '开证明', otherDepartment: String(scene.unitId('民政部门')) };
    expect((await corrects(record.id, 2, back)).toast?.content).toContain('已更正');
    expect(wordsOf(scene.last(VILLAGE).card)).toContain('其他事项：开证明');
    expect((await scene.record(record.id)).otherDepartmentId).toBe(scene.unitId('民政部门'));
  });

  it('keeps the days that were promised, where neither item has days of its own; a registration takes those set by then', async () => {
    const before = await scene.register(await other());
    const second = await scene.register({ itemName: '失业登记', phone: '13912345678' });
    await scene.db.write((tx) => settingWrites.set(tx, { key: 'defaultPromisedDays', value: 2 }));
    const after = await scene.register(await other({ otherErrand: '开证明', phone: '13987654321' }));
    // Registered on Monday 23 November 2026: two working days end with the 25th.
    expect([after.promisedDays, after.dueAt]).toEqual([2, at('2026-11-25T23:59:59.999')]);
    await corrects(second.id, 1, await other());
    const promised = async (id: number) => (await scene.record(id)).promisedDays;
    expect([await promised(before.id), await promised(second.id)]).toEqual([5, 5]);
    expect((await scene.record(second.id)).dueAt).toBe(second.dueAt);
  });

  it('of the name hides the former one in the words, in lists too', async () => {
    const record = await scene.register(await other({ otherErrand: `${NAME}家修水管` }));
    await corrects(record.id, 1, { applicantName: '李四' });
    await scene.says(CLERK, '/待办', TOWN);
    await scene.settle();
    expect(wordsOf(scene.last(TOWN).card)).toContain('家修水管');
    expect(wordsOf(scene.last(TOWN).card)).not.toContain(NAME);
  });

  async function corrects(caseId: number, version: number, form: FormValues) {
    const value = { v: 1, action: 'case.correct', caseId, version, blank: 'keep' };
    const answer = await scene.forges(ADA, { value, chat: ADA, form });
    await scene.settle();
    return answer;
  }
});
