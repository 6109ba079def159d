/** 修改事项: who changes what an item promises, from when on it is so, what a case keeps, and what the groups are told. */
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { itemReads } from '../../db/repositories/item.ts';
import { unitReads } from '../../db/repositories/unit.ts';
import { systemCtx } from '../../src/ctx.ts';
import { applyCatalogue } from '../../src/services/import/apply-catalogue.ts';
import { tellItemChanges } from '../../src/services/item/tell-changes.ts';
import { reportFigures } from '../../src/services/report/figures.ts';
import { rebuildCounters } from '../../src/services/stats/rebuild.ts';
import { wordsOf, ZONE } from '../support/office.ts';
import {
  ADA,
  ADMIN,
  ALLOWANCE,
  BANNER_MANAGER,
  CIVIL,
  CIVIL_MANAGER,
  CLERK,
  type FormValues,
  OTHER_TOWN,
  openScene,
  RELIEF,
  type Scene,
  TOWN,
  TOWN_MANAGER,
  VILLAGE,
} from '../support/scene.ts';

let scene: Scene;
let itemId: number;

beforeEach(async () => {
  scene = await openScene();
  itemId = scene.itemId(ALLOWANCE);
  // By which the private chat is known.
  await scene.says(ADMIN, '/帮助');
  await scene.settle();
});

afterEach(() => scene.close());

const values = (over: FormValues = {}): FormValues => ({
  ...{ workingDays: '3', materials: '1. 户口本\n2、身份证\n\n户口本', guide: '到镇上3号窗口', enabled: 'yes' },
  ...{ levelBanner: true, levelTown: true, effectiveDay: '明天' },
  ...over,
});

const latest = () => scene.db.read(async (tx) => (await itemReads.versionsOf(tx, [itemId])).at(-1));
const count = () => scene.db.read(async (tx) => (await itemReads.versionsOf(tx, [itemId])).length);

/** Shows what would differ. The chat is the private one. */
async function previews(form: FormValues, { seen = 1, by = ADMIN }: { seen?: number; by?: string } = {}) {
  const value = { v: 1, action: 'item.preview', itemId, seen };
  return scene.forges(by, { value, chat: `oc_p2p_${by}`, form });
}

/** As somebody who has looked at the preview and confirms it. */
async function confirms(form: FormValues, { seen = 1, by = ADMIN }: { seen?: number; by?: string } = {}) {
  const preview = await previews(form, { seen, by });
  const looked = /"looked":"(v[\da-f]{8})"/.exec(JSON.stringify(preview.card))?.[1] ?? 'v00000000';
  const value = { v: 1, action: 'item.change', itemId, seen, looked };
  const answer = await scene.forges(by, { value, chat: `oc_p2p_${by}`, form });
  await scene.settle();
  return answer;
}

async function asks(openId: string, line: string): Promise<string> {
  await scene.says(openId, line);
  await scene.settle();
  return wordsOf(scene.last(openId).card);
}

const tells = async () => {
  const before = scene.posted.length;
  await scene.asProgram(tellItemChanges);
  await scene.settle();
  return scene.posted.slice(before);
};

async function nothingIsWrong() {
  expect((await scene.checkLedger()).faults).toEqual([]);
  const differences: unknown[] = [];
  await scene.db.write((tx) =>
    rebuildCounters({ tx, zone: ZONE }, { write: false, onDifference: (one) => differences.push(one) }),
  );
  expect(differences).toEqual([]);
}

describe('a change of what an item promises', () => {
  it('goes from the item’s card over its form and a preview to a version, which cases from its day on are registered under', async () => {
    const before = await scene.register({ itemName: ALLOWANCE });
    expect(await asks(ADMIN, `/事项 ${ALLOWANCE}`)).toContain('修改');
    await scene.does(ADMIN, { target: ADMIN, label: '修改' });
    expect(wordsOf(scene.last(ADMIN).card)).toContain('先看改了什么');
    const preview = await scene.does(ADMIN, { target: ADMIN, label: '先看改了什么', form: values() });
    const shown = wordsOf(preview.card ?? scene.last(ADMIN).card);
    for (const text of ['自11月24日起', '没有写→3个工作日', '增加材料：户口本、身份证', '在办的1件']) {
      expect(shown).toContain(text);
    }
    expect(await count()).toBe(1);
    const answer = await confirms(values());
    expect(answer.toast?.content).toContain('已修改');
    expect(await latest()).toMatchObject({
      ...{ effectiveDay: '2026-11-24', untilDay: null, workingDays: 3, materials: ['户口本', '身份证'] },
      ...{ guide: '到镇上3号窗口', levels: ['县级', '镇级'], active: true },
    });
    const sameDay = await scene.register({ itemName: ALLOWANCE });
    scene.clock.to('2026-11-24T10:00');
    const after = await scene.register({ itemName: ALLOWANCE });
    expect([before, sameDay, after].map(({ promisedDays }) => promisedDays)).toEqual([5, 5, 3]);
    expect(after.itemVersionId).toBe((await latest())?.id);
    expect(await asks(ADA, `/事项 ${ALLOWANCE}`)).toContain('3个工作日');
    await nothingIsWrong();
  });

  it('offers a case’s own list of materials for 退回补正, whatever the item asks for by now', async () => {
    await confirms(values({ materials: '旧证明', effectiveDay: '今天' }));
    const record = await scene.register({ itemName: ALLOWANCE });
    await confirms(values({ materials: '新证明', effectiveDay: '今天' }), { seen: 2 });
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    const card = wordsOf(scene.last(TOWN).card);
    expect(card).toContain('旧证明');
    expect(card).not.toContain('新证明');
    await scene.forges(CLERK, {
      value: { v: 1, action: 'case.return', caseId: record.id, version: 2 },
      chat: TOWN,
      form: { note: '', missing: ['0'] as unknown as string, materials: '' },
    });
    await scene.settle();
    expect((await scene.record(record.id)).state).toBe('returned');
    expect(wordsOf(scene.last(VILLAGE).card)).toContain('旧证明');
  });

  it('routes a case by its own version, and shows and counts it for the department it was registered with', async () => {
    const record = await scene.register({ itemName: ALLOWANCE });
    await confirms(values({ department: String(scene.unitId('医保部门')), effectiveDay: '今天' }));
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    await scene.does(CLERK, { target: TOWN, label: '转上级' });
    expect((await scene.record(record.id)).holderUnitId).toBe(scene.unitId('民政部门'));
    expect(await asks(CIVIL_MANAGER, `/查 ${record.caseNumber}`)).toContain('民政部门');
    expect(await asks(CIVIL_MANAGER, '/统计')).toContain('民政部门');
    await nothingIsWrong();
  });

  it('stands in the monthly report under the department of the version that each case was registered under', async () => {
    const early = await scene.register({ itemName: ALLOWANCE });
    await confirms(values({ department: String(scene.unitId('医保部门')), effectiveDay: '今天' }));
    const late = await scene.register({ itemName: ALLOWANCE });
    const place = { townId: scene.unitId('巴彦托海镇'), month: '2026-11' };
    const { parts } = await scene.db.read((tx) =>
      reportFigures({ tx, now: scene.clock.now(), zone: ZONE, vault: scene.vault }, place),
    );
    const counted = parts.departments.map(({ name, registered }) => [name, registered]);
    expect(new Map(counted as [string, number][])).toEqual(
      new Map([
        ['民政部门', 1],
        ['医保部门', 1],
      ]),
    );
    const casesOf = async (department: string) => {
      const departmentId = scene.unitId(department);
      const value = { v: 1, action: 'report.cases', ...place, list: 'registered', page: 0, departmentId };
      const answer = await scene.forges(TOWN_MANAGER, { value, chat: `oc_p2p_${TOWN_MANAGER}` });
      await scene.settle();
      return wordsOf(answer.card ?? scene.last(TOWN_MANAGER).card);
    };
    expect(await casesOf('民政部门')).toContain(early.caseNumber);
    expect(await casesOf('民政部门')).not.toContain(late.caseNumber);
    expect(await casesOf('医保部门')).toContain(late.caseNumber);
  });

  it.each([
    ['workingDays', { workingDays: '0' }, '1到365'],
    ['workingDays', { workingDays: '400天' }, '1到365'],
    ['materials', { materials: Array.from({ length: 31 }, (_, n) => `材料${n}号`).join('\n') }, '最多30样'],
    ['materials', { materials: '长'.repeat(101) }, '最多100个字'],
    ['levels', { levelBanner: false, levelTown: false }, '至少勾选一级'],
    ['effectiveDay', { effectiveDay: '昨天' }, '请写成'],
    ['effectiveDay', { effectiveDay: '2026-11-22' }, '不能早于今天'],
    ['effectiveDay', { effectiveDay: '2099-01-01' }, '最多提前一年'],
    ['department', { department: '99999' }, '没有这个选项'],
  ])('refuses a %s that cannot be: %o', async (_field, over, words) => {
    expect((await confirms(values(over))).toast?.content).toContain(words);
    expect(await count()).toBe(1);
  });

  it('is an administrator’s alone, whatever button somebody presses', async () => {
    expect(await asks(BANNER_MANAGER, `/事项 ${ALLOWANCE}`)).not.toContain('修改');
    for (const action of ['item.ask', 'item.preview', 'item.change']) {
      const value = { v: 1, action, itemId, seen: 1, looked: 'v00000000' };
      const answer = await scene.forges(BANNER_MANAGER, { value, form: values() });
      expect(answer.toast?.content).toContain('只有系统管理员能改');
    }
    expect(await count()).toBe(1);
  });

  it('is done once: who was second, and who presses twice, sees what is so by now and loses nothing typed', async () => {
    const second = 'ou_second_admin';
    await scene.hire({ openId: second, name: '高娃', unit: '鄂温克族自治旗', role: 'admin' });
    await scene.says(second, '/帮助');
    await confirms(values({ workingDays: '7', effectiveDay: '今天' }), { by: second });
    const late = await confirms(values({ workingDays: '9', guide: '我写的指南' }));
    expect(late.toast?.content).toContain('刚有人改过');
    const card = wordsOf(late.card ?? scene.last(ADMIN).card);
    for (const text of ['高娃', '没有写→7个工作日']) expect(card).toContain(text);
    expect(JSON.stringify(late.card ?? scene.last(ADMIN).card)).toContain('我写的指南');
    expect(await count()).toBe(2);
  });

  it('writes nothing that was not looked at', async () => {
    const value = { v: 1, action: 'item.change', itemId, seen: 1, looked: 'v00000000' };
    const answer = await scene.forges(ADMIN, { value, form: values() });
    expect(answer.toast?.content).toContain('请核对');
    expect(await count()).toBe(1);
  });

  it('takes an item out of use, and an administrator finds it to put it back', async () => {
    await confirms(values({ enabled: 'no', effectiveDay: '今天' }));
    expect(await asks(ADA, `/事项 ${ALLOWANCE}`)).toContain('没有找到');
    expect(await asks(ADMIN, `/事项 ${ALLOWANCE}`)).toContain('已停用');
    await confirms(values({ effectiveDay: '今天' }), { seen: 2 });
    expect(await asks(ADA, `/事项 ${ALLOWANCE}`)).toContain('登记此事项');
  });

  it('cannot be written into the rows by hand without the check of the ledger telling', async () => {
    await confirms(values());
    await nothingIsWrong();
    const id = (await latest())?.id ?? 0;
    for (const set of [{ workingDays: 30 }, { untilDay: '2026-12-01' }, { withdrawnAt: 5 }]) {
      const before = await latest();
      await scene.db.write(
        async ({ q, t }) => void (await q.update(t.itemVersions).set(set).where(eq(t.itemVersions.id, id))),
      );
      expect((await scene.checkLedger()).faults).toContainEqual({ about: 'item', itemId, problem: 'differs' });
      await scene.db.write(
        async ({ q, t }) =>
          void (await q
            .update(t.itemVersions)
            .set(before ?? {})
            .where(eq(t.itemVersions.id, id))),
      );
    }
    await nothingIsWrong();
  });
});

describe('a planned version', () => {
  it('is shown to everybody with its day, and can be withdrawn before it, not after', async () => {
    await confirms(values({ effectiveDay: '12月1日' }));
    const shown = await asks(ADA, `/事项 ${ALLOWANCE}`);
    for (const text of ['自12月1日起', '没有写→3个工作日']) expect(shown).toContain(text);
    expect(shown).not.toContain('撤回这次修改');
    const value = { v: 1, action: 'item.ask', itemId };
    expect((await scene.forges(ADMIN, { value })).toast?.content).toContain('先撤回它');
    const versionId = (await latest())?.id;
    const withdraw = { v: 1, action: 'item.withdraw', versionId };
    expect((await scene.forges(BANNER_MANAGER, { value: withdraw })).toast?.content).toContain('只有系统管理员');
    expect((await scene.forges(ADMIN, { value: withdraw })).toast?.content).toContain('已撤回');
    expect((await scene.forges(ADMIN, { value: withdraw })).toast?.content).toContain('不能再撤回');
    expect(await asks(ADA, `/事项 ${ALLOWANCE}`)).not.toContain('自12月1日起');
    await nothingIsWrong();
    await confirms(values({ effectiveDay: '12月1日' }), { seen: 3 });
    scene.clock.to('2026-12-01T09:00');
    const late = { v: 1, action: 'item.withdraw', versionId: (await latest())?.id };
    expect((await scene.forges(ADMIN, { value: late })).toast?.content).toContain('不能再撤回');
    expect((await scene.register({ itemName: ALLOWANCE })).promisedDays).toBe(3);
  });
});

describe('what the groups are told', () => {
  it('is one message to each group that it concerns, of all that was changed in a few minutes, and never twice', async () => {
    await confirms(values({ effectiveDay: '今天' }));
    expect(await tells()).toEqual([]);
    itemId = scene.itemId(RELIEF);
    await confirms(values({ effectiveDay: '12月1日', levelBanner: false }));
    scene.clock.advance(4 * 60_000);
    const told = await tells();
    // The village's people do neither of the two.
    expect(told.map(({ target }) => target).sort()).toEqual([CIVIL, OTHER_TOWN, TOWN].sort());
    for (const { card } of told) {
      for (const text of [ALLOWANCE, RELIEF, '自12月1日起', '3个工作日']) expect(wordsOf(card)).toContain(text);
    }
    scene.clock.advance(60 * 60_000);
    expect(await tells()).toEqual([]);
  });

  it('waits for the end of the quiet hours, and of one day says only how it ended', async () => {
    scene.clock.to('2026-11-23T21:00');
    await confirms(values({ effectiveDay: '今天' }));
    await confirms(values({ workingDays: '4', effectiveDay: '今天' }), { seen: 2 });
    scene.clock.advance(60 * 60_000);
    expect(await tells()).toEqual([]);
    scene.clock.to('2026-11-24T08:00');
    const [first] = await tells();
    expect(wordsOf(first?.card)).toContain('没有写→4个工作日');
    expect(wordsOf(first?.card)).not.toContain('→3个工作日');
  });

  it('of an evening’s change that is undone before the groups hear of it tells both, so that the last word is true', async () => {
    scene.clock.to('2026-11-23T21:00');
    await confirms(values({ effectiveDay: '今天' }));
    scene.clock.to('2026-11-24T07:50');
    await confirms(values({ workingDays: '', effectiveDay: '今天' }), { seen: 2 });
    scene.clock.to('2026-11-24T08:00');
    const [told] = await tells();
    expect(wordsOf(told?.card)).toMatch(
      /自11月23日起[\s\S]*没有写→3个工作日[\s\S]*自11月24日起[\s\S]*3个工作日→没有写/u,
    );
  });

  it('tells of a withdrawal where the change was told of, and else of neither', async () => {
    await confirms(values({ effectiveDay: '12月1日' }));
    const withdraw = async () => {
      await scene.forges(ADMIN, { value: { v: 1, action: 'item.withdraw', versionId: (await latest())?.id } });
      await scene.settle();
    };
    await withdraw();
    scene.clock.advance(4 * 60_000);
    expect(await tells()).toEqual([]);
    await confirms(values({ effectiveDay: '12月1日' }), { seen: 3 });
    scene.clock.advance(4 * 60_000);
    expect((await tells()).length).toBeGreaterThan(0);
    await withdraw();
    scene.clock.advance(4 * 60_000);
    const [told] = await tells();
    expect(wordsOf(told?.card)).toContain('原定自12月1日起的修改已撤回');
  });

  it('is one message for a whole imported list', async () => {
    await scene.db.write(async (tx) => {
      const [department] = await unitReads.ofLevels(tx, ['department']);
      const items = await itemReads.active(tx, '2026-11-23');
      const ctx = systemCtx({ clock: scene.clock, zone: ZONE, vault: scene.vault }, tx, 'test');
      const changes = items.map((item) => ({
        ...{ id: item.id, name: item.subItem, differences: ['x'] },
        values: { ...item, workingDays: 8, departmentUnitId: department?.id ?? 0 },
      }));
      await applyCatalogue(ctx, changes);
    });
    scene.clock.advance(4 * 60_000);
    const told = (await tells()).map(({ target }) => target);
    expect(told.filter((target) => target === TOWN)).toHaveLength(1);
    expect(new Set(told).size).toBe(told.length);
    await nothingIsWrong();
  });
});
