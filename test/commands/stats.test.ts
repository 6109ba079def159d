import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { figureMeanings } from '../../cards/figures.ts';
import { agentReads } from '../../db/repositories/agent.ts';
import type { CallbackAnswer } from '../../src/lark/port.ts';
import { wordsOf } from '../support/office.ts';
import {
  ADA,
  ADMIN,
  ALLOWANCE,
  BANNER,
  BANNER_MANAGER,
  CLERK,
  NAME,
  OTHER_CLERK,
  openScene,
  type Scene,
  TOWN,
  TOWN_MANAGER,
  UNEMPLOYMENT,
  VILLAGE,
} from '../support/scene.ts';
import { readSheets } from '../support/sheets.ts';

/** The chat_id of the manager's private chat. */
const PRIVATE = `oc_p2p_${BANNER_MANAGER}`;

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
  it.each(['', '今天', '昨天', '本周', '上月', '本季', '去年', '2026-11', '2026Q3', '2026-10-01..2026-10-31', '全部'])(
    'with nothing there says so: %s',
    async (time) => {
      expect(await asks(BANNER_MANAGER, `/统计 ${time}`)).toContain('本期暂无办件');
    },
  );

  it.each(['2027年', '2027-01', '明年'])('says of a time that has not begun that it has not: %s', async (time) => {
    await work();
    const words = await asks(BANNER_MANAGER, `/统计 ${time}`);
    expect(words).toContain(time === '明年' ? '没看懂' : '还没有到，没有数字');
    expect(words).not.toContain('较上期');
  });

  it('has everything there ever was under 全部, without comparing it', async () => {
    await work();
    const words = await asks(BANNER_MANAGER, '/统计 全部');
    expect(figures(words)).toMatchObject({ 登记: '3件', 办结: '2件' });
    expect(words).toContain('启用至2026年11月23日');
    expect(words).not.toContain('较上期');
  });

  it('counts for the village, its town and the banner, and not for others', async () => {
    await work();
    for (const unit of ['安达社区', '巴彦托海镇', '鄂温克族自治旗']) {
      const words = await asks(BANNER_MANAGER, `/统计 本月 ${unit}`);
      expect(words).toContain(`${unit} 2026年11月`);
      expect(figures(words)).toMatchObject({
        登记: '3件',
        办结: '2件',
        在办: '1件',
        按时办结率: '100.0%',
        满意率: '暂无',
      });
      expect(words).toContain('100.0%\n按时办结率\n共2件');
    }
    expect(await asks(BANNER_MANAGER, '/统计 本月 大雁镇')).toContain('本期暂无办件');
  });

  it('takes time and unit in any order, and the own unit when none is named', async () => {
    await work();
    expect(figures(await asks(TOWN_MANAGER, '/统计'))).toMatchObject({ 登记: '3件' });
    expect(await asks(TOWN_MANAGER, '统计安达社区 今天')).toContain('安达社区 2026年11月23日');
    expect(await asks(BANNER_MANAGER, '/stats 2026Q4 巴彦托海镇便民服务中心')).toContain('巴彦托海镇 2026年四季度');
  });

  it('has charts of registrations, of what is open and of the days, and a table', async () => {
    await work();
    const words = await asks(BANNER_MANAGER, '/统计 本月');
    for (const title of ['各苏木乡镇登记件数', '各苏木乡镇在办件数', '每天登记和办结']) expect(words).toContain(title);
    const card = JSON.stringify(scene.last(BANNER_MANAGER).card);
    expect(card.split('"tag":"chart"')).toHaveLength(4);
    expect(card).toContain('"c0":"巴彦托海镇","c1":3,"c2":2,"c3":1,"c4":0,"c5":"100.0%"');
    expect(await asks(BANNER_MANAGER, '/统计 本月 安达社区')).toContain('各代办员登记件数');
    expect(await asks(BANNER_MANAGER, '/统计 今天')).not.toContain('每天');
  });

  it.each([
    ['按镇', '巴彦托海镇', 3],
    ['按嘎查', '安达社区', 3],
    ['按部门', '民政部门', 2],
    ['按事项', ALLOWANCE, 2],
    ['按类型', '本级帮办代办', 3],
    ['按方式', '窗口', 3],
    ['按代办员', '阿达（安达社区）', 3],
  ])('told apart %s', async (by, name, registered) => {
    await work();
    for (const unit of ['鄂温克族自治旗', ...(by === '按镇' ? [] : ['巴彦托海镇'])]) {
      await asks(BANNER_MANAGER, `/统计 ${by} ${unit}`);
      expect(JSON.stringify(scene.last(BANNER_MANAGER).card)).toContain(`{"c0":"${name}","c1":${registered},`);
    }
  });

  it('tells a department’s items apart by town', async () => {
    await work();
    await asks(BANNER_MANAGER, '/统计 民政部门');
    expect(JSON.stringify(scene.last(BANNER_MANAGER).card)).toContain('{"c0":"巴彦托海镇","c1":2,"c2":1,"c3":1,');
  });

  it('compares with the period before and with last year, as far as this period has come', async () => {
    scene.clock.to('2025-11-20T10:00');
    await scene.register();
    scene.clock.to('2026-10-23T10:00');
    await scene.register();
    scene.clock.to('2026-10-28T10:00');
    await scene.register();
    scene.clock.to('2026-11-23T10:00');
    await scene.register();
    await scene.register();
    await scene.register();
    const words = await asks(BANNER_MANAGER, '/统计');
    expect(words).toContain('3件\n登记\n较上期 +2件\n较去年同期 +2件');
    expect(words).toContain('6件\n累计登记\n较上期 +4件\n较去年同期 +5件');
    expect(words).toContain('上期和去年同期都只算到同一天');
    expect(await asks(BANNER_MANAGER, '/统计 上月')).toContain('2件\n登记\n较上期 +2件\n较去年同期 暂无');
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
    [TOWN_MANAGER, '大雁镇', '您只能看巴彦托海镇及下属单位的统计、排名和台账。'],
    [TOWN_MANAGER, '民政部门', '您只能看巴彦托海镇及下属单位的统计、排名和台账。'],
    [TOWN_MANAGER, '鄂温克族自治旗', '您只能看巴彦托海镇及下属单位的统计、排名和台账。'],
    [BANNER_MANAGER, '社区', '有几个单位都对得上：安门社区、瑟宾社区、安达社区。请写全称。'],
    [BANNER_MANAGER, '月球', '没看懂“月球”。'],
    [BANNER_MANAGER, '2026-13', '没看懂“2026-13”。'],
    [BANNER_MANAGER, '本月 月球 背面', '没看懂“月球 背面”。'],
    [BANNER_MANAGER, '按心情', '没看懂“按心情”。'],
    [BANNER_MANAGER, '按镇 按人', '没看懂“按镇 按人”。'],
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

describe('the buttons of /统计', () => {
  /** What the card's buttons carry, with something changed. */
  const at = (over: Record<string, unknown> = {}) => ({
    v: 1,
    action: 'stats.show',
    unitId: scene.unitId('鄂温克族自治旗'),
    period: '本月',
    by: 'town',
    askerId: askerId(BANNER_MANAGER),
    ...over,
  });
  const askers = new Map<string, number>();
  const askerId = (openId: string) => askers.get(openId) ?? 0;

  beforeEach(async () => {
    for (const openId of [BANNER_MANAGER, TOWN_MANAGER]) {
      const row = await scene.db.read((tx) => agentReads.byOpenId(tx, openId));
      askers.set(openId, row?.id ?? 0);
    }
    // Whoever has written to the bot is known by the private chat, too.
    await asks(BANNER_MANAGER, '/我');
  });

  const wordsAnswered = (answer: CallbackAnswer) => wordsOf(answer.card?.data);

  it('change the period on the same card, by which the figures stay the asker’s', async () => {
    await work();
    await asks(BANNER_MANAGER, '/统计');
    const answer = await scene.does(BANNER_MANAGER, { target: BANNER_MANAGER, label: '上月' });
    expect(answer.toast).toEqual({ type: 'success', content: '鄂温克族自治旗 2026年10月' });
    expect(wordsAnswered(answer)).toContain('本期暂无办件');
  });

  it('change grouping and unit by what is chosen', async () => {
    await work();
    const by = await scene.forges(BANNER_MANAGER, { value: at({ pick: 'by' }), chat: PRIVATE, option: 'way' });
    expect(wordsAnswered(by)).toContain('各办理方式登记件数');
    const unit = await scene.forges(BANNER_MANAGER, {
      value: at({ pick: 'unit' }),
      chat: PRIVATE,
      option: String(scene.unitId('巴彦托海镇')),
    });
    expect(wordsAnswered(unit)).toContain('巴彦托海镇 2026年11月');
    // The town has no towns: the first grouping it has stands instead.
    expect(wordsAnswered(unit)).toContain('各嘎查社区登记件数');
    for (const option of ['颜色', undefined]) {
      const refused = await scene.forges(BANNER_MANAGER, { value: at({ pick: 'by' }), option });
      expect(refused.toast?.content).toContain('卡片上没有这个选项');
    }
  });

  it('refuse who may not see it, and what the one who asked may not', async () => {
    const clerk = await scene.forges(CLERK, { value: at(), chat: TOWN });
    expect(clerk.toast?.content).toContain('管理员才能用');
    const town = await scene.forges(TOWN_MANAGER, { value: at(), chat: TOWN });
    expect(town.toast?.content).toBe('您只能看巴彦托海镇及下属单位的统计、排名和台账。');
    const asked = await scene.forges(BANNER_MANAGER, { value: at({ askerId: askerId(TOWN_MANAGER) }), chat: TOWN });
    expect(asked.toast?.content).toContain('这张统计是包主任查的，只能看巴彦托海镇及下属单位');
    for (const answer of [clerk, town, asked]) expect(answer.card).toBeUndefined();
    const forged = await scene.forges(BANNER_MANAGER, { value: at({ period: '哪天' }) });
    expect(forged.toast?.content).toContain('这个按钮已经失效了');
  });

  it.each([
    ['registered', ['26-01-00003', '26-01-00002', '26-01-00001']],
    ['total', ['26-01-00003', '26-01-00002', '26-01-00001']],
    ['completed', ['26-01-00003', '26-01-00002']],
    ['open', ['26-01-00001']],
    ['accepted', ['26-01-00002']],
    ['returned', ['26-01-00001']],
    ['rated', ['26-01-00003']],
    ['withdrawn', []],
  ])('%s opens the list of its cases', async (list, numbers) => {
    await work();
    await scene.does(ADA, { target: VILLAGE, label: '确认送达', form: { deliveryWay: 'pickup' } });
    await scene.does(ADA, { target: VILLAGE, label: '回访评价', form: { rating: '5', comment: '' } });
    await scene.does(CLERK, { target: TOWN, label: '退回补正', form: { note: '缺材料', materials: '证' } });
    for (const unit of ['鄂温克族自治旗', '巴彦托海镇', '安达社区']) {
      const value = { ...at({ unitId: scene.unitId(unit) }), action: 'stats.cases', list, page: 0 };
      const answer = await scene.forges(BANNER_MANAGER, { value, chat: PRIVATE });
      await scene.settle();
      expect(answer.toast?.content).toBe('请看下方');
      const words = wordsOf(scene.last(BANNER_MANAGER).card);
      expect([...words.matchAll(/\d{2}-\d{2}-\d{5}/g)].map(([number]) => number)).toEqual(numbers);
      expect(words).not.toContain(NAME);
    }
  });

  it('a list in a group that is not the manager’s own goes to the manager alone', async () => {
    await work();
    const value = { ...at(), action: 'stats.cases', list: 'registered', page: 0 };
    const before = scene.posted.filter((one) => one.target === VILLAGE).length;
    const answer = await scene.forges(BANNER_MANAGER, { value, chat: VILLAGE });
    await scene.settle();
    expect(answer.toast?.content).toBe('清单已私信发给您');
    expect(wordsOf(scene.last(BANNER_MANAGER).card)).toContain('登记：鄂温克族自治旗 2026年11月');
    expect(scene.posted.filter((one) => one.target === VILLAGE)).toHaveLength(before);
    const inOwn = await scene.forges(BANNER_MANAGER, { value, chat: BANNER });
    await scene.settle();
    expect(inOwn.toast?.content).toBe('请看下方');
    expect(wordsOf(scene.last(BANNER).card)).toContain('登记：鄂温克族自治旗 2026年11月');
    const clerk = await scene.forges(CLERK, { value, chat: TOWN });
    expect(clerk.toast?.content).toContain('管理员才能用');
    const town = await scene.forges(TOWN_MANAGER, { value, chat: TOWN });
    expect(town.toast?.content).toContain('您只能看巴彦托海镇');
  });

  it('the pages of a list are turned in place', async () => {
    for (let n = 0; n < 11; n++) await scene.register();
    const value = { ...at(), action: 'stats.cases', list: 'registered', page: 0 };
    await scene.forges(BANNER_MANAGER, { value, chat: PRIVATE });
    await scene.settle();
    const answer = await scene.clicks(BANNER_MANAGER, { target: BANNER_MANAGER, label: '下一页' });
    expect(wordsAnswered(answer)).toContain('26-01-00001');
    expect(wordsAnswered(answer)).toContain('共11件，新的在前，第2页');
    expect(wordsAnswered(answer)).not.toContain('26-01-00002');
    expect(wordsAnswered(answer)).not.toContain('下一页');
  });

  it('导出 sends the same numbers as Excel: to the own group, else privately', async () => {
    await work();
    await scene.forges(BANNER_MANAGER, { value: { ...at(), action: 'stats.export' }, chat: VILLAGE });
    const answer = await scene.forges(BANNER_MANAGER, {
      value: { ...at(), by: 'item', action: 'stats.export' },
      chat: BANNER,
    });
    expect(answer.toast?.content).toBe('Excel 做好就发到这里');
    await scene.settle();
    expect(scene.files.map(({ target, name }) => [target, name])).toEqual([
      [BANNER_MANAGER, '统计_鄂温克族自治旗_2026年11月.xlsx'],
      [BANNER, '统计_鄂温克族自治旗_2026年11月.xlsx'],
    ]);
    const [byTown, byItem] = await Promise.all(scene.files.map((file) => readSheets(file.content)));
    const [summary, towns, trend, help] = byTown ?? [];
    expect(summary?.note).toMatch(/^旗管理 2026-11-\d\d \d\d:\d\d 生成；怎么算见“说明”。/);
    expect(summary?.rows).toContainEqual(['登记', 3, null, '暂无', '暂无']);
    expect(summary?.rows).toContainEqual(['按时办结率', 1, 2, '暂无', '暂无']);
    expect(towns?.rows).toContainEqual([
      '巴彦托海镇',
      3,
      2,
      1,
      0,
      null,
      3,
      1,
      null,
      0,
      0,
      0,
      0,
      0,
      1 / 120,
      1,
      0,
      0,
      0,
    ]);
    expect(towns?.cell('H4')?.style?.numFmt).toBe('0.0%');
    expect(trend?.rows).toContainEqual(['2026-11-23', 3, 2]);
    expect(help?.rows).toContainEqual(['暂无', '没有可以计算的件，不是0。']);
    expect(byItem?.[1]?.rows.map(([name]) => name)).toContain(ALLOWANCE);
    const refused = await scene.forges(TOWN_MANAGER, { value: { ...at(), action: 'stats.export' }, chat: TOWN });
    expect(refused.toast?.content).toContain('您只能看巴彦托海镇');
  });

  it('导出 has figures and changes as numbers that can be added up, shown with their units', async () => {
    scene.clock.to('2026-04-01T09:00');
    await scene.register();
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    scene.clock.to('2026-10-13T09:00');
    await scene.does(CLERK, { target: TOWN, label: '办结' });
    scene.clock.to('2026-11-23T09:00');
    await scene.register();
    await scene.register();
    scene.clock.to('2026-11-23T11:20');
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    scene.clock.to('2026-11-23T11:30');
    await scene.does(CLERK, { target: TOWN, label: '办结' });
    await scene.forges(BANNER_MANAGER, { value: { ...at(), action: 'stats.export' }, chat: BANNER });
    await scene.settle();
    const [summary] = await readSheets(scene.files[0]?.content ?? Buffer.alloc(0));
    expect(summary?.header).toEqual(['项目', '本期', '按几件算', '较上期', '较去年同期']);
    const row = (label: string) => {
      const index = summary?.rows.findIndex(([first]) => first === label) ?? -1;
      return { values: summary?.rows[index], formatOf: (column: string) => formatAt(`${column}${index + 4}`) };
    };
    const formatAt = (place: string) => summary?.cell(place)?.style?.numFmt;
    expect(row('登记').values).toEqual(['登记', 2, null, 2, '暂无']);
    expect(row('登记').formatOf('D')).toBe('+0;-0;"持平"');
    const onTime = row('按时办结率');
    expect(onTime.values).toEqual(['按时办结率', 1, 1, 100, '暂无']);
    expect([onTime.formatOf('B'), onTime.formatOf('D')]).toEqual(['0.0%', '+0.0"个百分点";-0.0"个百分点";"持平"']);
    const hours = row('平均办结用时（小时）');
    expect(hours.values?.slice(0, 3)).toEqual(['平均办结用时（小时）', 2.5, 1]);
    expect(hours.values?.[3]).toBeLessThan(-100);
    expect([hours.formatOf('B'), hours.formatOf('D')]).toEqual(['0.0', '+0.0;-0.0;"持平"']);
    expect(row('满意率').values).toEqual(['满意率', '暂无', 0, '暂无', '暂无']);
    const texts = summary?.rows.flatMap(([, ...cells]) => cells.filter((cell) => typeof cell === 'string'));
    expect(new Set(texts)).toEqual(new Set(['暂无']));
  });

  it('what was open at the end of a time past is listed as it was then', async () => {
    const first = await scene.register();
    scene.clock.to('2026-12-02T09:00');
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    await scene.does(CLERK, { target: TOWN, label: '办结' });
    const value = { ...at({ period: '上月' }), action: 'stats.cases', list: 'open', page: 0 };
    await scene.forges(BANNER_MANAGER, { value, chat: PRIVATE });
    await scene.settle();
    const words = wordsOf(scene.last(BANNER_MANAGER).card);
    expect(words).toContain(first.caseNumber);
    expect(words).toContain('共1件');
  });
});

describe('/帮助 统计', () => {
  it('tells what each figure means', async () => {
    const words = await asks(BANNER_MANAGER, '/帮助 统计');
    for (const { label, meaning } of figureMeanings()) {
      expect(words).toContain(label);
      expect(unescaped(words)).toContain(meaning);
    }
  });
});

/** Markdown's signs as they read. */
function unescaped(words: string): string {
  return words.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

/** Label → value, as they stand in pairs on the card: the value first. */
function figures(words: string): Record<string, string> {
  const lines = words.split('\n');
  return Object.fromEntries(lines.slice(1).map((label, index) => [label, lines[index] ?? '']));
}
