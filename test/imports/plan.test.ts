/** Another plan and another list of checks, sent as files: what was stays, what comes counts from its day. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readinessSummary } from '../../src/services/readiness/summary.ts';
import { taskSummary } from '../../src/services/task/summary.ts';
import { wordsOf } from '../support/office.ts';
import { ADA, ADMIN, openScene, type Scene, TOWN_MANAGER } from '../support/scene.ts';
import { sheetOf } from '../support/workbooks.ts';
import { confirms, sendsList } from './support.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});

afterEach(() => scene.close());

it('a plan changes from its day on, and what was said of a task that goes on stays with it', async () => {
  await scene.says(TOWN_MANAGER, '/任务');
  await scene.settle();
  await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '填' });
  await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '保存', form: { state: 'done', text: '都设立了' } });
  scene.clock.to('2027-01-11T09:00');
  const rows = [
    ['序号', '任务', '责任单位', '完成时限'],
    [1, '三级政务服务体系健全', '苏木乡镇', '2027年6月底前'],
    [2, '信用代办', '巴彦托海镇', '2027-01-20'],
    [3, '没有单位', '旗气象局', '2027-01-20'],
  ];
  const preview = await sendsList(scene, { sheets: [sheetOf('任务', rows)] });
  expect(preview).toContain('核对方案任务');
  expect(preview).toContain('第4行“责任单位”：没有叫“旗气象局”的单位');
  await confirms(scene);
  await scene.does(ADMIN, { target: ADMIN, label: '停用名单里没有的14个' });
  const town = { unitId: scene.unitId('巴彦托海镇') };
  const on = (day: string) => scene.db.read((tx) => taskSummary({ tx }, { ...town, on: day }));
  expect(await on('2027-01-11')).toEqual({ done: 1, onTrack: 0, atRisk: 1, late: 1, total: 3 });
  expect(await on('2027-01-10')).toEqual({ done: 1, onTrack: 0, atRisk: 0, late: 13, total: 14 });
  expect(await scene.checkLedger()).toMatchObject({ faults: [] });
});

it('a list of eight checks goes on with what was found of the seven, from its day on', async () => {
  await scene.says(ADA, '/七有');
  await scene.settle();
  const ticks = Object.fromEntries(Array.from({ length: 7 }, (_, index) => [`c${index}`, true]));
  await scene.does(ADA, { target: ADA, label: '保存', form: ticks });
  const seven = ['帮办代办窗口', '代办人员', '办公设备', '办事指南', '4张清单', '机制制度', '工作台账'];
  const rows = [
    ['八有'],
    ['检查项目', '说明', '启用日期'],
    [seven[0], '', '2026-12-01'],
    ...seven.slice(1).map((name) => [name, '', '']),
    ['自助终端', '', ''],
  ];
  await sendsList(scene, { sheets: [sheetOf('检查项目', rows as string[][])] });
  await confirms(scene);
  const stations = (on: string) =>
    scene.db.read(async (tx) => (await readinessSummary({ tx }, { unitId: scene.unitId('安达社区'), on })).stations);
  expect(await stations('2026-11-30')).toEqual({ ready: 1, total: 1 });
  expect(await stations('2026-12-01')).toEqual({ ready: 0, total: 1 });
  scene.clock.to('2026-12-01T09:00');
  await scene.says(ADA, '/八有');
  await scene.settle();
  expect(wordsOf(scene.last(ADA).card)).toContain('八有：有7项，共8项');
  expect(await scene.checkLedger()).toMatchObject({ faults: [] });
});
