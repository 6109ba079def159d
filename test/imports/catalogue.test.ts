/** 事项清单 without 承诺时限, sent as a file. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { itemReads } from '../../db/repositories/item.ts';
import { settingWrites } from '../../db/repositories/setting.ts';
import { localDay } from '../../src/domain/calendar.ts';
import { ZONE } from '../support/office.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { sheetOf } from '../support/workbooks.ts';
import { confirms, sendsList } from './support.ts';

const HEADER = ['所属行业部门', '事项名称', '实施编码', '事项类型', '实施层级', '帮办代办类型', '承诺时限'];
/** The 31 characters of a code that no item of the annexes has. */
const codeOf = (place: number) => `1115272701173885${String(place).padStart(2, '0')}99F0011223344`;

const OTHER = { applicantName: '李四', phone: '13900000001' };

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

function newItems(...items: readonly (readonly [name: string, days: number | string | null])[]) {
  const rows = items.map(([name, days], place) => {
    return ['民政部门', name, codeOf(place), '公共服务', '镇级', '本级帮办代办', days];
  });
  return [sheetOf('事项清单', [HEADER, ...rows])];
}

const itemsNow = () => scene.db.read((tx) => itemReads.active(tx, localDay(scene.clock.now(), ZONE)));
const daysNow = async (...names: string[]) => {
  const items = await itemsNow();
  return names.map((name) => items.find(({ subItem }) => subItem === name)?.workingDays);
};
const setDays = (value: number) => scene.db.write((tx) => settingWrites.set(tx, { key: 'defaultPromisedDays', value }));

it('leaves a new item without days to those that are set, from then on as they are, and says how many there are', async () => {
  await setDays(8);
  const sheets = newItems(['敬老证', null], ['助残证', null], ['优待证', '３天'], ['退役证', '十五个工作日']);
  expect(await sendsList(scene, { sheets })).toContain('2个新事项没有写承诺时限，按“设置”里定的天数算');
  expect(await confirms(scene)).toContain('事项清单已导入');
  expect(await daysNow('敬老证', '助残证', '优待证', '退役证')).toEqual([null, null, 3, 15]);
  const item = String((await itemsNow()).find(({ subItem }) => subItem === '敬老证')?.id);
  const first = await scene.register({ item });
  await setDays(20);
  const second = await scene.register({ item, ...OTHER });
  // A case keeps its own.
  expect([(await scene.record(first.id)).promisedDays, second.promisedDays]).toEqual([8, 20]);

  const again = await sendsList(scene, { sheets });
  expect(again).toContain('没有要导入的');
  expect(again).not.toContain('没有写承诺时限');
});

it('gives an item days that a list fills in, and keeps them where a later one leaves them out', async () => {
  await sendsList(scene, { sheets: newItems(['敬老证', null]) });
  await confirms(scene);
  expect(await sendsList(scene, { sheets: newItems(['敬老证', 6]) })).toContain('承诺时限：（空）→6');
  await confirms(scene);
  expect(await sendsList(scene, { sheets: newItems(['敬老证', null]) })).toContain('没有要导入的');
  expect(await daysNow('敬老证')).toEqual([6]);
});

it('with days for every new item says nothing of them', async () => {
  expect(await sendsList(scene, { sheets: newItems(['优待证', 3]) })).not.toContain('没有写承诺时限');
});
