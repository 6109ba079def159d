/** 服务点: an outlet of a bank or the post, whose agents register for the people of the unit it belongs to. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openScene, type Scene } from '../support/scene.ts';
import { sheetOf } from '../support/workbooks.ts';
import { confirms, sendsList } from './support.ts';

const BANKER = 'ou_banker';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

it.each([
  ['安达社区', '安达社区', '瑟宾社区'],
  ['巴彦托海镇', '瑟宾社区', '伊兰嘎查'],
])('of %s registers for people of %s and not for those of %s', async (parent, own, foreign) => {
  const rows = [
    ['级别', '单位名称', '上级单位'],
    ['服务点', '信用社网点', parent],
  ];
  await sendsList(scene, { sheets: [sheetOf('单位', rows)] });
  await confirms(scene);
  await scene.hire({ openId: BANKER, name: '柜员', unit: '信用社网点' });
  const by = { openId: BANKER, chat: undefined };
  const record = await scene.register({ residence: String(scene.unitId(own)), way: 'bank' }, by);
  expect(record).toMatchObject({ state: 'forwarded', holderUnitId: scene.unitId('巴彦托海镇') });
  await expect(scene.register({ residence: String(scene.unitId(foreign)) }, by)).rejects.toThrow('not registered');
  expect((await scene.checkLedger()).faults).toEqual([]);
});
