/** 导入 of Annex 5, as it is printed. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { rosterReads } from '../../db/repositories/roster.ts';
import { openListedPhone } from '../../src/services/roster/phone.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { annex5 } from './annex5.ts';
import { confirms, sendsList } from './support.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

it('both tables go in as printed, numbers as text or not, and the phone is in no row as it stands', async () => {
  const shown = await sendsList(scene, {
    sheets: [
      annex5('苏木\n乡镇', [
        [
          1,
          '巴彦托海镇',
          '张三',
          13800000001,
          '在编',
          '民政、医保',
          '低保',
          '李四',
          '138 0000 0002',
          '聘用',
          '人社',
          null,
          2,
        ],
      ]),
      annex5('嘎查\n社区', [
        [1, '安达社区', '王五', '13800000003', '两委', '民政', null, null, null, null, null, null, 1],
      ]),
    ],
  });
  expect(shown).toContain('新增：张三、李四、王五');
  expect(await confirms(scene)).toContain('代办人员已导入');
  const entries = await scene.db.read((tx) => rosterReads.all(tx));
  expect(entries.map((entry) => [entry.name, entry.unitId, entry.employment, entry.identity, entry.lines])).toEqual([
    ['张三', scene.unitId('巴彦托海镇'), 'fullTime', '在编', ['民政', '医保']],
    ['李四', scene.unitId('巴彦托海镇'), 'partTime', '聘用', ['人社']],
    ['王五', scene.unitId('安达社区'), 'fullTime', '两委', ['民政']],
  ]);
  expect(entries.map((entry) => openListedPhone(scene.vault, entry))).toEqual([
    '13800000001',
    '13800000002',
    '13800000003',
  ]);
  expect(JSON.stringify(entries)).not.toContain('1380000000');
  expect((await scene.checkLedger()).faults).toEqual([]);
});

it('two people with one number: neither is taken, and both rows are named', async () => {
  const shown = await sendsList(scene, {
    sheets: [
      annex5('嘎查\n社区', [
        [1, '安达社区', '王五', '13800000003', null, null, null, null, null, null, null, null, 1],
        [2, '瑟宾社区', '赵六', '13800000003', null, null, null, null, null, null, null, null, 1],
      ]),
    ],
  });
  expect(shown).toContain('“嘎查社区表”表第4行“专职代办员 手机号”：手机号和“嘎查社区表”表第5行的“赵六”相同');
  expect(shown).toContain('“嘎查社区表”表第5行“专职代办员 手机号”：手机号和“嘎查社区表”表第4行的“王五”相同');
  expect(shown).not.toContain('确认导入');
});
