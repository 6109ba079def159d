/** The files that 导入 sends: empty lists, and rows to be put right. Each is read by what reads lists. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readImportFile } from '../../src/domain/import/file.ts';
import { type ImportKind, importKinds } from '../../src/domain/import/layout.ts';
import { readWorkbook } from '../../src/sheets/reading/read-workbook.ts';
import { ADMIN, openScene, type Scene } from '../support/scene.ts';
import { sheetOf } from '../support/workbooks.ts';
import { sendsFile, sendsList } from './support.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const labels: Readonly<Record<ImportKind, string>> = {
  units: '空表：单位',
  agents: '空表：代办人员',
  catalogue: '空表：事项清单',
  names: '空表：常用叫法',
  tasks: '空表：方案任务',
  checks: '空表：检查项目',
};

it('the empty lists are lists of their kinds, with every column of the annex', async () => {
  await scene.says(ADMIN, '/导入');
  await scene.settle();
  for (const kind of importKinds) {
    await scene.does(ADMIN, { target: ADMIN, label: labels[kind] });
    const read = await readWorkbook(scene.files.at(-1)?.content ?? Buffer.alloc(0));
    expect(read.ok && readImportFile(read.sheets, { rowsMax: 5000 })).toEqual({ problem: 'empty', kind });
  }
  const annex5 = await readWorkbook(scene.files[1]?.content ?? Buffer.alloc(0));
  expect(annex5.ok && annex5.sheets.map(({ name, rows }) => [name, rows[2]?.[2], rows[3]?.[2], rows[2]?.[12]])).toEqual(
    [
      ['苏木乡镇', '专职代办员', '姓名', '合计'],
      ['嘎查社区', '专职代办员', '姓名', '合计'],
    ],
  );
});

it('rows that come back to be put right are a list again: sent as they are, they say the same', async () => {
  const header = ['嘎查社区', '专职代办员姓名', '专职代办员手机号', '兼职代办员姓名', '兼职代办员手机号'];
  const rows = [
    ['安达社区', '张三', '13800000001', null, null],
    ['瑟滨社区', '李四', '13800000002', null, null],
    [null, '王五', '13800000003', null, null],
  ];
  await sendsList(scene, { sheets: [sheetOf('嘎查', [header, ...rows])] });
  await scene.does(ADMIN, { target: ADMIN, label: '下载有问题的行' });
  const file = scene.files.at(-1);
  expect(file?.name).toBe('有问题的行_名单.xlsx');
  const shown = await sendsFile(scene, { content: file?.content ?? Buffer.alloc(0), name: file?.name ?? '' });
  expect(shown).toContain('2处');
  expect(shown).toContain('“嘎查”表第5行“嘎查社区”：没有叫“瑟滨社区”的嘎查社区，是不是“瑟宾社区”？');
  expect(shown).toContain('“嘎查”表第4行“嘎查社区”：没有叫“瑟滨社区”的嘎查社区，是不是“瑟宾社区”？');
});
