/** /考核: the year's indicators, where each comes from, and the workload of agents in counts. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Workload } from '../../src/domain/workload.ts';
import { listLateTowns, remindTowns } from '../../src/services/report/remind.ts';
import { wordsOf } from '../support/office.ts';
import {
  ADA,
  BANNER_MANAGER,
  CIVIL_MANAGER,
  CLERK,
  openScene,
  RELIEF,
  type Scene,
  TOWN,
  TOWN_MANAGER,
  VILLAGE,
} from '../support/scene.ts';
import { readSheets } from '../support/sheets.ts';

describe('the workload', () => {
  it('counts steps and days, without what was taken back and without looks', () => {
    const workload = new Workload();
    const observe = (kind: string, day: string, undoes?: string) => workload.observe({ agentId: 7, kind, day, undoes });
    observe('register', '2026-01-05');
    observe('register', '2026-01-05');
    observe('complete', '2026-01-06');
    observe('undo', '2026-01-06', 'complete');
    observe('reveal', '2026-01-07');
    expect(workload.people.get(7)).toEqual({ register: 2, complete: 0, deliver: 0, followUp: 0, days: 2 });
  });
});

describe('/考核', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await openScene();
  });
  afterEach(() => scene.close());

  it('gives the town’s manager one file of the year, privately', async () => {
    await scene.register({ itemName: RELIEF });
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    await scene.does(CLERK, { target: TOWN, label: '办结', form: { outcome: 'granted' } });
    await scene.does(ADA, { target: VILLAGE, label: '确认送达', form: { deliveryWay: 'pickup' } });
    await scene.says(TOWN_MANAGER, '/考核 今年');
    await scene.settle();
    const file = scene.files.at(-1);
    expect(file).toMatchObject({ target: TOWN_MANAGER, name: '考核指标_巴彦托海镇_2026年.xlsx' });
    const [figures, sources, workload] = await readSheets(file?.content ?? Buffer.alloc(0));
    const figureOf = (label: string) => figures?.rows.find(([name]) => name === label)?.[1];
    expect(figureOf('登记')).toBe('1件');
    expect(figureOf('月报')).toBe('按时0，迟报0，没报0（共0个月）');
    expect(figureOf('方案任务')).toBe('已完成0，正常0，快到期0，逾期14（共14项）');
    expect(figureOf('便民服务中心（站）齐全')).toBe('中心0/1，站0/3');
    expect(sources?.rows.map(([name]) => name)).toEqual(figures?.rows.map(([name]) => name));
    const work = (name: string) => workload?.rows.find((row) => row[2] === name)?.slice(3);
    expect(work('阿达')).toEqual([1, 0, 1, 0, 1]);
    expect(work('王芳')).toEqual([0, 1, 0, 0, 1]);
    expect(work('白音')).toEqual([0, 0, 0, 0, 0]);
    expect(JSON.stringify(workload?.header)).not.toMatch(/元|金额|补贴/u);
  });

  it('counts of the monthly reports those that were asked for and are due, not the months before the program', async () => {
    const reportsOn = async (day: string) => {
      scene.clock.to(`${day}T10:00`);
      await scene.says(TOWN_MANAGER, '/考核 2026年');
      await scene.settle();
      const [figures] = await readSheets(scene.files.at(-1)?.content ?? Buffer.alloc(0));
      return figures?.rows.find(([name]) => name === '月报')?.[1];
    };
    const late = (month: string) => scene.asProgram((ctx) => listLateTowns(ctx, month));
    // A look at a month before the program's time asks for nothing.
    await scene.says(TOWN_MANAGER, '/月报 2026-03', TOWN);
    await scene.settle();
    expect(await reportsOn('2026-11-23')).toBe('按时0，迟报0，没报0（共0个月）');
    await late('2026-10');
    expect(await reportsOn('2026-11-24')).toBe('按时0，迟报0，没报1（共1个月）');
    const place = { townId: scene.unitId('巴彦托海镇'), month: '2026-11' };
    scene.clock.to('2026-12-10T09:00');
    await scene.asProgram((ctx) => remindTowns(ctx, '2026-11'));
    expect(await reportsOn('2026-12-15')).toBe('按时0，迟报0，没报1（共1个月）');
    await scene.forges(TOWN_MANAGER, { value: { v: 1, action: 'report.submit', ...place }, chat: TOWN });
    await late('2026-11');
    expect(await reportsOn('2026-12-15')).toBe('按时1，迟报0，没报1（共2个月）');
    expect(await reportsOn('2026-12-31')).toBe('按时1，迟报0，没报1（共2个月）');
    expect(await reportsOn('2027-01-15')).toBe('按时1，迟报0，没报1（共2个月）');
    scene.clock.to('2027-01-16T09:00');
    await late('2026-12');
    expect(await reportsOn('2027-01-16')).toBe('按时1，迟报0，没报2（共3个月）');
  });

  it('counts a report that was sent back and has not come again as missing', async () => {
    const month = '2026-10';
    const place = { townId: scene.unitId('巴彦托海镇'), month };
    scene.clock.to('2026-11-26T10:00');
    await scene.forges(TOWN_MANAGER, { value: { v: 1, action: 'report.submit', ...place }, chat: TOWN });
    const value = { v: 1, action: 'report.return', ...place, version: 1 };
    await scene.forges(BANNER_MANAGER, {
      value,
      chat: `oc_p2p_${BANNER_MANAGER}`,
      form: { returnReason: '数字和台账对不上' },
    });
    await scene.settle();
    await scene.says(TOWN_MANAGER, '/考核 2026年');
    await scene.settle();
    const [figures] = await readSheets(scene.files.at(-1)?.content ?? Buffer.alloc(0));
    expect(figures?.rows.find(([name]) => name === '月报')?.[1]).toBe('按时0，迟报0，没报1（共1个月）');
  });

  it('is for towns, and for who manages them', async () => {
    const answers = async (openId: string, line: string) => {
      await scene.says(openId, line);
      await scene.settle();
      return wordsOf(scene.last(openId).card);
    };
    expect(await answers(CIVIL_MANAGER, '/annual')).toContain('考核指标按苏木乡镇出');
    expect(await answers(TOWN_MANAGER, '/考核 大雁镇')).toContain('您只能看巴彦托海镇');
    expect(await answers(TOWN_MANAGER, '/考核 2030年')).toContain('还没有到');
    expect(scene.files).toEqual([]);
  });
});
