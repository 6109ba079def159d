/** 事项清单 without 承诺时限, sent as a file. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { itemReads } from '../../db/repositories/item.ts';
import { settingWrites } from '../../db/repositories/setting.ts';
import { localDay } from '../../src/domain/calendar.ts';
import { ZONE } from '../support/office.ts';
import { ADMIN, openScene, type Scene } from '../support/scene.ts';
import { sheetOf } from '../support/workbooks.ts';
import { confirms, sendsList } from './support.ts';

const HEADER = ['所属行业部门', '事项名称', '实施编码', '事项类型', '实施层级', '帮办代办类型', '承诺时限'];
/** The 31 characters of a code that no item of the annexes has. */
const codeOf = (place: number) => `1115272701173885${String(place).padStart(2, '0')}99F0011223344`;

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

function newItems(...items: readonly (readonly [name: string, days: number | null])[]) {
  const rows = items.map(([name, days], place) => {
    return ['民政部门', name, codeOf(place), '公共服务', '镇级', '本级帮办代办', days];
  });
  return [sheetOf('事项清单', [HEADER, ...rows])];
}

const daysNow = (...names: string[]) =>
  scene.db.read(async (tx) => {
    const items = await itemReads.active(tx, localDay(scene.clock.now(), ZONE));
    return names.map((name) => items.find(({ subItem }) => subItem === name)?.workingDays);
  });
const setDays = (value: number) => scene.db.write((tx) => settingWrites.set(tx, { key: 'defaultPromisedDays', value }));

it('gives a new item without days those that are set, says so, and asks again when the setting changes meanwhile', async () => {
  await setDays(8);
  const sheets = newItems(['敬老证', null], ['助残证', null], ['优待证', 3]);
  expect(await sendsList(scene, { sheets })).toContain('2个新事项没有写承诺时限，先按“设置”里定的8个工作日');
  await setDays(9);
  const answer = await scene.does(ADMIN, { target: ADMIN, label: '确认导入' });
  expect(answer.toast?.content).toContain('还没有导入');
  expect(await daysNow('敬老证')).toEqual([undefined]);
  expect(await confirms(scene)).toContain('事项清单已导入');
  expect(await daysNow('敬老证', '助残证', '优待证')).toEqual([9, 9, 3]);

  // What has been imported keeps its days, whatever is set later.
  await setDays(20);
  const again = await sendsList(scene, { sheets });
  expect(again).toContain('没有要导入的');
  expect(again).not.toContain('没有写承诺时限');
  expect(await daysNow('敬老证')).toEqual([9]);
});

it('with days for every new item says nothing of them', async () => {
  expect(await sendsList(scene, { sheets: newItems(['优待证', 3]) })).not.toContain('没有写承诺时限');
});
