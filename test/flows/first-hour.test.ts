/** A new installation and four Excel files become a working banner. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { itemReads } from '../../db/repositories/item.ts';
import { rosterReads } from '../../db/repositories/roster.ts';
import { unitReads } from '../../db/repositories/unit.ts';
import { localDay } from '../../src/domain/calendar.ts';
import { AGENTS, bannerLists, VILLAGES } from '../support/banner-lists.ts';
import { ZONE } from '../support/office.ts';
import { raiseCurtain, type TestStage } from '../support/stage.ts';
import { asks, expectAllWell, presses, zhang } from './support.ts';

let stage: TestStage;
beforeEach(async () => {
  stage = await raiseCurtain();
});
afterEach(() => stage.close());

/** Sends a list in the private chat and confirms it; returns what the administrator reads before and after. */
async function imports(name: string, bytes: Buffer): Promise<{ shown: string; done: string }> {
  const { admin } = stage.people;
  await admin.gives(undefined, { name, bytes });
  await stage.settle();
  const shown = admin.sees().at(-1) ?? '';
  expect(shown).toContain('[确认导入]');
  await presses(stage, { who: 'admin', label: '确认导入' });
  return { shown, done: admin.sees().at(-1) ?? '' };
}

it('units, agents, items and names go in; who is listed joins and registers in a village that was imported', async () => {
  const lists = await bannerLists();
  expect((await asks(stage, { who: 'admin', text: '/导入' })).join('\n')).toContain('空表：单位');

  const units = await imports('单位.xlsx', lists.units);
  expect(units.shown).toMatch(new RegExp(`新增 +${VILLAGES - 4}个`));
  expect(units.shown).toMatch(/有问题 +0处/);
  const agents = await imports('代办人员.xlsx', lists.agents);
  expect(agents.shown).toMatch(new RegExp(`新增 +${AGENTS}个`));
  const catalogue = await imports('事项清单.xlsx', lists.catalogue);
  expect(catalogue.shown).toMatch(/新增 +1个(?:.|\n)*改动 +0个(?:.|\n)*不变 +40个(?:.|\n)*有问题 +0处/);
  const names = await imports('叫法.xlsx', lists.names);
  expect(names.done).toContain('常用叫法已导入');

  const rows = await stage.db.read(async (tx) => ({
    villages: (await unitReads.ofLevels(tx, ['village'])).length,
    roster: (await rosterReads.all(tx)).length,
    items: (await itemReads.active(tx, localDay(stage.clock.now(), ZONE))).length,
  }));
  expect(rows).toEqual({ villages: VILLAGES, roster: AGENTS, items: 41 });

  const { someone } = lists;
  await asks(stage, { who: 'stranger', text: '/我' });
  const form = { 姓名: someone.name, 联系电话: someone.phone, 所在单位: someone.village, '专职/兼职': '专职' };
  await presses(stage, { who: 'stranger', label: '提交申请', form });
  const application = stage.people.admin.sees().at(-1);
  expect(application).toContain(`名单里有：${someone.village} ${someone.name} 专职（手机号一致）`);
  await presses(stage, { who: 'admin', label: '通过' });

  await asks(stage, { who: 'stranger', text: `/登记 敬老证 ${zhang.name} ${zhang.phone}` });
  const toast = await presses(stage, {
    who: 'stranger',
    label: '提交登记',
    form: { 自愿委托确认: true, 当场办结: true },
  });
  expect(toast).toMatch(/编号 26-\d{2}-00001/);
  await expectAllWell(stage, { residents: [zhang] });
});
