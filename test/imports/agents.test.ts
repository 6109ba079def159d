/** 导入 of Annex 5, as it is printed. */
import type { CellValue } from 'hucre/xlsx';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { rosterReads } from '../../db/repositories/roster.ts';
import { openListedPhone } from '../../src/services/roster/phone.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { sheetOf } from '../support/workbooks.ts';
import { confirms, sendsList } from './support.ts';

const LINES = '帮办代办业务范围（退役军人、医保、民政、人社、住建、自然资源、林草、卫生、残联、交管等）（可自行增加）';

/** The printed table: a title, a header of two rows with merged cells, rows as given. */
function annex5(place: '苏木\n乡镇' | '嘎查\n社区', rows: CellValue[][]) {
  const person = ['姓名', '手机号', '人员身份（在编、聘用等）'];
  const blank = [null, null];
  return sheetOf(
    place === '苏木\n乡镇' ? '苏木乡镇表' : '嘎查社区表',
    [
      [place === '苏木\n乡镇' ? '××苏木乡镇社区代办人员信息表' : '××嘎查社区代办人员信息表'],
      [
        '序号',
        place,
        '专职代办员',
        ...blank,
        LINES,
        '帮办代办事项名称',
        '兼职代办员',
        ...blank,
        LINES,
        '帮办代办事项名称',
        '合计',
      ],
      [null, null, ...person, null, null, ...person, null, null, null],
      ...rows,
      ['合计', null, null, null, null, null, null, null, null, null, null, null, rows.length],
    ],
    {
      merges: [
        { startRow: 0, endRow: 0, startCol: 0, endCol: 12 },
        { startRow: 1, endRow: 1, startCol: 2, endCol: 4 },
        { startRow: 1, endRow: 1, startCol: 7, endCol: 9 },
        ...[0, 1, 5, 6, 10, 11, 12].map((column) => ({ startRow: 1, endRow: 2, startCol: column, endCol: column })),
      ],
    },
  );
}

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
