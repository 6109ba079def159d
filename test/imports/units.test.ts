/** 导入 of units, from the file in the private chat to the rows. */
import type { CellValue } from 'hucre/xlsx';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { unitReads } from '../../db/repositories/unit.ts';
import { ADMIN, openScene, type Scene } from '../support/scene.ts';
import { readSheets } from '../support/sheets.ts';
import { sheetOf } from '../support/workbooks.ts';
import { confirms, sendsList } from './support.ts';

const HEADER = ['级别', '单位名称', '上级单位', '服务场所名称', '乡镇编号'];

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

function sends(rows: CellValue[][]): Promise<string> {
  return sendsList(scene, { sheets: [sheetOf('单位', [HEADER, ...rows])] });
}

async function unit(name: string) {
  return (await scene.db.read((tx) => unitReads.all(tx))).find((one) => one.name === name);
}

it('a new village is shown first, then imported once', async () => {
  const shown = await sends([['嘎查社区', '雅尔赛嘎查', '巴彦托海镇', null, null]]);
  expect(shown).toContain('新增：雅尔赛嘎查');
  expect(await unit('雅尔赛嘎查')).toBeUndefined();
  expect(await confirms(scene)).toContain('单位已导入');
  expect(await unit('雅尔赛嘎查')).toMatchObject({
    level: 'village',
    parentId: scene.unitId('巴彦托海镇'),
    center: '雅尔赛嘎查便民服务站',
    active: true,
  });
  expect((await scene.checkLedger()).faults).toEqual([]);
  expect(await sends([['嘎查社区', '雅尔赛嘎查', '巴彦托海镇', null, null]])).toContain('没有要导入的');
});

it('a wrong row says where and what was meant, and comes back as a file', async () => {
  const shown = await sends([
    ['嘎查社区', '雅尔赛嘎查', '巴彦托海镇', null, null],
    ['嘎查社区', '特莫胡珠嘎查', '巴颜托海镇', null, null],
  ]);
  expect(shown).toContain('“单位”表第3行“上级单位”：没有叫“巴颜托海镇”的苏木乡镇，是不是“巴彦托海镇”？');
  await scene.does(ADMIN, { target: ADMIN, label: '下载有问题的行' });
  const [sheet] = await readSheets(scene.files.at(-1)?.content ?? Buffer.alloc(0));
  expect(sheet?.rows).toEqual([
    [
      3,
      '“上级单位”：没有叫“巴颜托海镇”的苏木乡镇，是不是“巴彦托海镇”？',
      '嘎查社区',
      '特莫胡珠嘎查',
      '巴颜托海镇',
      null,
      null,
    ],
  ]);
});
