/** /任务 and /七有 as people use them: lists, forms, two at once, files. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wordsOf } from '../support/office.ts';
import {
  ADA,
  BANNER_MANAGER,
  CIVIL_MANAGER,
  CLERK,
  openScene,
  type Scene,
  TOWN,
  TOWN_MANAGER,
  VILLAGE,
} from '../support/scene.ts';
import { readSheets } from '../support/sheets.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});

afterEach(() => scene.close());

/** Types a line and returns the words of what comes to the chat. */
async function asks(openId: string, line: string, chat?: string): Promise<string> {
  await scene.says(openId, line, chat);
  await scene.settle();
  return wordsOf(scene.last(chat ?? openId).card);
}

const press = (openId: string, label: string, form?: Record<string, string | boolean>) =>
  scene.does(openId, { target: openId, label, ...(form === undefined ? {} : { form }) });
const shown = (openId: string) => wordsOf(scene.last(openId).card);

describe('/任务', () => {
  it('of a town lists its tasks, takes how one stands, and shows the banner what came of it', async () => {
    const list = await asks(TOWN_MANAGER, '/任务');
    expect(list).toContain('共14项：逾期14项');
    expect(list).toContain('1. 三级政务服务体系健全');
    expect(list).toContain('逾期 · 未开始 · 2023年6月30日前，持续推进');
    await press(TOWN_MANAGER, '填');
    expect(shown(TOWN_MANAGER)).toContain('旗政务服务局、旗直相关部门、单位、苏木乡镇人民政府');
    const { toast } = await press(TOWN_MANAGER, '保存', { state: 'done', text: '=HYPERLINK("x") 三级都挂牌了' });
    expect(toast).toMatchObject({ type: 'success', content: '第1项已保存：已完成' });
    expect(shown(TOWN_MANAGER)).toContain('共14项：逾期13项 · 已完成1项');
    const board = await asks(BANNER_MANAGER, '/tasks');
    expect(board).toContain('鄂温克族自治旗');
    expect(board).toContain('巴彦托海镇\n逾期13项 · 已完成1项');
    await press(BANNER_MANAGER, '按任务看');
    expect(shown(BANNER_MANAGER)).toContain('1. 三级政务服务体系健全\n逾期20项 · 已完成1项');
    await press(BANNER_MANAGER, '专项工作台账');
    const [sheet] = await readSheets(scene.files.at(-1)?.content ?? Buffer.alloc(0));
    expect(scene.files.at(-1)).toMatchObject({
      target: BANNER_MANAGER,
      name: '专项工作台账_鄂温克族自治旗_2026年11月23日.xlsx',
    });
    expect(sheet?.header).toContain('完成情况');
    const row = sheet?.rows.find((cells) => cells[0] === 1 && cells[3] === '巴彦托海镇');
    expect(row?.slice(4, 9)).toEqual(['2023年6月30日', '是', '已完成', '绿（已完成）', '=HYPERLINK("x") 三级都挂牌了']);
    expect(row?.[10]).toBe('包主任');
    expect(sheet?.rows.find((cells) => cells[0] === 13)?.[3]).toBe('鄂温克族自治旗（代旗工信局）');
  });

  it('keeps what the second of two has typed, and shows what the first one said', async () => {
    await asks(TOWN_MANAGER, '/任务');
    await press(TOWN_MANAGER, '填');
    await asks(BANNER_MANAGER, '/任务 巴彦托海镇');
    await press(BANNER_MANAGER, '填');
    await press(BANNER_MANAGER, '保存', { state: 'underWay', text: '旗里已督办' });
    const { toast } = await press(TOWN_MANAGER, '保存', { state: 'done', text: '都挂好了' });
    expect(toast).toMatchObject({ type: 'warning' });
    expect(shown(TOWN_MANAGER)).toContain('进行中（旗管理，2026年11月23日）：旗里已督办');
    expect(JSON.stringify(scene.last(TOWN_MANAGER).card)).toContain('都挂好了');
    await press(TOWN_MANAGER, '保存', { state: 'done', text: '都挂好了' });
    expect(shown(TOWN_MANAGER)).toContain('已完成1项');
  });

  it('in a group opens the form privately, and is for managers of the unit', async () => {
    await asks(TOWN_MANAGER, '/任务', TOWN);
    await scene.does(TOWN_MANAGER, { target: TOWN, label: '填' });
    expect(shown(TOWN_MANAGER)).toContain('完成时限');
    expect((await scene.does(CLERK, { target: TOWN, label: '填' })).toast?.content).toContain('要由巴彦托海镇的管理员');
    expect(await asks(CIVIL_MANAGER, '/任务 大雁镇')).toContain('您只能看民政部门');
    expect(await asks(CLERK, '/任务')).toContain('管理员');
  });

  it('refuses a text that is far too long, and a forged state', async () => {
    await asks(TOWN_MANAGER, '/任务');
    await press(TOWN_MANAGER, '填');
    const long = await press(TOWN_MANAGER, '保存', { state: 'done', text: '长'.repeat(150_000) });
    expect(long.toast?.content).toContain('完成情况请控制在500字以内');
    const forged = await press(TOWN_MANAGER, '保存', { state: 'paid', text: '好了' });
    expect(forged.toast?.content).toContain('没有这个选项');
    expect((await scene.entries()).filter(({ kind }) => kind === 'updateTask')).toEqual([]);
  });
});

describe('/七有', () => {
  it('is ticked by the station’s agent in its group, and shows the town what is missing', async () => {
    expect(await asks(ADA, '/七有', VILLAGE)).toContain('七有：有0项，共7项');
    const ticks = { c0: true, c1: true, c2: true, c4: true, c5: true, c6: true };
    const { toast } = await scene.does(ADA, { target: VILLAGE, label: '保存', form: ticks });
    expect(toast).toMatchObject({ type: 'success', content: '已保存7项' });
    expect(wordsOf(scene.last(VILLAGE).card)).toContain('办事指南\n没有（阿达，2026年11月23日）');
    const town = await asks(TOWN_MANAGER, '/七有');
    expect(town).toContain('安达社区便民服务站\n有6项，共7项，缺：办事指南');
    expect(town).toContain('办事指南4处');
    const banner = await asks(BANNER_MANAGER, '/readiness');
    expect(banner).toContain('巴彦托海镇\n中心有0项，共7项；站0个齐全，共3个；一共还缺22项');
  });

  it('takes a note of one check, privately, and keeps what the second of two has typed', async () => {
    await asks(ADA, '/七有');
    await press(ADA, '细看');
    await asks(TOWN_MANAGER, '/七有 安达社区');
    await press(TOWN_MANAGER, '细看');
    await press(ADA, '保存', { present: 'no', note: '窗口在装修' });
    expect(shown(ADA)).toContain('现在：没有（阿达，2026年11月23日）：窗口在装修');
    const late = await press(TOWN_MANAGER, '保存', { present: 'yes', note: '上周看过有' });
    expect(late.toast).toMatchObject({ type: 'warning' });
    expect(JSON.stringify(scene.last(TOWN_MANAGER).card)).toContain('上周看过有');
    expect(shown(TOWN_MANAGER)).toContain('窗口在装修');
  });

  it('is not for another station’s people, nor for a department', async () => {
    expect(await asks(ADA, '/七有 瑟宾社区')).toContain('要由瑟宾社区便民服务站自己的人员');
    expect(await asks(CIVIL_MANAGER, '/七有')).toContain('只查苏木乡镇的便民服务中心');
    expect(await asks(ADA, '/七有 大雁镇')).toContain('要由大雁镇便民服务中心自己的人员');
  });
});
