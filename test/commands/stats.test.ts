import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wordsOf } from '../support/office.ts';
import {
  ADMIN,
  BANNER_MANAGER,
  CLERK,
  OTHER_CLERK,
  openScene,
  type Scene,
  TOWN,
  TOWN_MANAGER,
  UNEMPLOYMENT,
  VILLAGE,
} from '../support/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});

afterEach(async () => {
  await scene.close();
});

async function asks(openId: string, line: string): Promise<string> {
  await scene.says(openId, line);
  await scene.settle();
  const words = wordsOf(scene.last(openId).card);
  expect(words).not.toMatch(/NaN|undefined|Infinity|null/);
  return words;
}

/** Two cases of the department for civil affairs, one of them finished, and one done on the spot for another department. */
async function work(): Promise<void> {
  await scene.register();
  await scene.register();
  await scene.does(CLERK, { target: TOWN, label: '接收' });
  await scene.does(CLERK, { target: TOWN, label: '办结' });
  await scene.register({ itemName: UNEMPLOYMENT, onTheSpot: true });
}

describe('/统计', () => {
  it.each(['', '今天', '昨天', '本周', '上月', '本季', '去年', '2026-11', '2026Q3', '2026-10-01..2026-10-31', '2031'])(
    'with nothing there says so: %s',
    async (time) => {
      expect(await asks(BANNER_MANAGER, `/统计 ${time}`)).toContain('本期暂无办件');
    },
  );

  it('counts for the village, its town and the banner, and not for others', async () => {
    await work();
    for (const unit of ['安达社区', '巴彦托海镇', '鄂温克族自治旗']) {
      const words = await asks(BANNER_MANAGER, `/统计 本月 ${unit}`);
      expect(words).toContain(`${unit} 2026年11月`);
      expect(figures(words)).toMatchObject({
        登记: '3件',
        办结: '2件',
        在办: '1件',
        按时办结率: '100.0%（2件）',
        满意率: '暂无',
      });
    }
    expect(await asks(BANNER_MANAGER, '/统计 本月 大雁镇')).toContain('本期暂无办件');
  });

  it('takes time and unit in any order, and the own unit when none is named', async () => {
    await work();
    expect(figures(await asks(TOWN_MANAGER, '/统计'))).toMatchObject({ 登记: '3件' });
    expect(await asks(TOWN_MANAGER, '统计安达社区 今天')).toContain('安达社区 2026年11月23日');
    expect(await asks(BANNER_MANAGER, '/stats 2026Q4 巴彦托海镇便民服务中心')).toContain('巴彦托海镇 2026年四季度');
  });

  it('has one chart: bars by unit where there are units below, of the figures where there are none', async () => {
    await work();
    expect(await asks(BANNER_MANAGER, '/统计 本月')).toContain('各单位登记件数');
    expect(await asks(BANNER_MANAGER, '/统计 本月 安达社区')).toContain('本期件数');
    expect(JSON.stringify(scene.last(BANNER_MANAGER).card)).toContain('"tag":"chart"');
  });

  it('asks back when two times are named', async () => {
    expect(await asks(BANNER_MANAGER, '/统计 本月 上月')).toContain('没看懂“本月 上月”');
  });

  it('counts a department’s items throughout the banner', async () => {
    await work();
    expect(figures(await asks(BANNER_MANAGER, '/统计 本月 民政部门'))).toMatchObject({ 登记: '2件', 办结: '1件' });
    expect(figures(await asks(ADMIN, '/统计 人力资源社会保障部门'))).toMatchObject({
      登记: '1件',
      办结: '1件',
      在办: '0件',
    });
  });

  it('counts each event in the month it happens, and what is open at the end of each', async () => {
    await scene.register();
    scene.clock.to('2026-12-02T09:00');
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    await scene.does(CLERK, { target: TOWN, label: '办结' });
    const november = figures(await asks(BANNER_MANAGER, '/统计 上月'));
    expect(november).toMatchObject({ 登记: '1件', 办结: '0件', 在办: '1件', 按时办结率: '暂无' });
    expect(figures(await asks(BANNER_MANAGER, '/统计 本月'))).toMatchObject({ 登记: '0件', 办结: '1件', 在办: '0件' });
  });

  it('compares the units below with bars', async () => {
    await work();
    await asks(BANNER_MANAGER, '/统计');
    const card = JSON.stringify(scene.last(BANNER_MANAGER).card);
    expect(card).toContain('"tag":"chart"');
    expect(card).toContain('{"name":"巴彦托海镇","value":3}');
    expect(card).toContain('{"name":"大雁镇","value":0}');
  });

  it.each([
    [TOWN_MANAGER, '大雁镇', '您只能看巴彦托海镇及下属单位的统计。'],
    [TOWN_MANAGER, '民政部门', '您只能看巴彦托海镇及下属单位的统计。'],
    [TOWN_MANAGER, '鄂温克族自治旗', '您只能看巴彦托海镇及下属单位的统计。'],
    [BANNER_MANAGER, '社区', '有几个单位都叫“社区”：安门社区、瑟宾社区、安达社区。请写全称。'],
    [BANNER_MANAGER, '月球', '没看懂“月球”。'],
    [BANNER_MANAGER, '2026-13', '没看懂“2026-13”。'],
    [BANNER_MANAGER, '本月 月球 背面', '没看懂“月球 背面”。'],
    [OTHER_CLERK, '', '管理员才能用'],
  ])('%s asking for %j is refused: %s', async (openId, words, refusal) => {
    expect(await asks(openId, `/统计 ${words}`)).toContain(refusal);
  });

  it('in a group tells figures only, nobody by name', async () => {
    await work();
    await scene.says(TOWN_MANAGER, '/统计', VILLAGE);
    await scene.settle();
    expect(wordsOf(scene.last(VILLAGE).card)).not.toContain('张');
  });
});

/** Label → value, as they stand in pairs on the card: the value first. */
function figures(words: string): Record<string, string> {
  const lines = words.split('\n');
  return Object.fromEntries(lines.slice(1).map((label, index) => [label, lines[index] ?? '']));
}
