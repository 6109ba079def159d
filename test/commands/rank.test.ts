import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rebuildCounters } from '../../src/services/stats/rebuild.ts';
import { wordsOf, ZONE } from '../support/office.ts';
import {
  ADA,
  BAI,
  BANNER_MANAGER,
  CLERK,
  OTHER_TOWN,
  openScene,
  type Scene,
  SECOND,
  TOWN,
  TOWN_MANAGER,
  UNEMPLOYMENT,
  VILLAGE,
} from '../support/scene.ts';
import { readSheets } from '../support/sheets.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
  await scene.hire({ openId: 'ou_dayan', name: '大雁代办', unit: '大雁镇' });
});
afterEach(() => scene.close());

async function asks(openId: string, line: string, chat?: string): Promise<string[]> {
  await scene.says(openId, line, chat);
  await scene.settle();
  return wordsOf(scene.last(chat ?? openId).card).split('\n');
}

/** The table's lines: place, name, value. */
function table(words: readonly string[]): string[][] {
  const found: string[][] = [];
  for (const [index, word] of words.entries()) {
    if (/^\d+$/.test(word)) found.push([word, words[index + 1] ?? '', words[index + 2] ?? '']);
  }
  return found;
}

async function presses(openId: string, label: string): Promise<string[]> {
  const answer = await scene.does(openId, { target: openId, label });
  return wordsOf(answer.card?.data).split('\n');
}

describe('/排名', () => {
  it('ranks the towns by volume, equals at one place, the others below by name', async () => {
    await scene.register();
    await scene.register({}, { openId: BAI, chat: undefined });
    const words = await asks(BANNER_MANAGER, '/排名');
    expect(words).toContain('苏木乡镇排名');
    expect(words).toContain('鄂温克族自治旗 2026年11月');
    expect(table(words)).toEqual([['1', '巴彦托海镇', '2件']]);
    expect(words.find((word) => word.startsWith('本期暂无办件，不参加排名'))).toMatch(/大雁镇、/);
    expect(words.join()).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('of a town that is named ranks its people, of the banner its towns', async () => {
    await scene.register();
    expect((await asks(BANNER_MANAGER, '/排名 本月 巴彦托海')).slice(0, 4).join()).toContain('代办员排名');
    const words = await asks(BANNER_MANAGER, '/排名 巴彦托海');
    expect(words).toContain('巴彦托海镇 2026年11月');
    expect(table(words)).toEqual([['1', '阿达（安达社区）', '1件']]);
    expect(await asks(BANNER_MANAGER, '/排名 鄂温克族自治旗')).toContain('苏木乡镇排名');
  });

  it('takes the words of its own buttons', async () => {
    expect(await asks(BANNER_MANAGER, '/排名 本月 经办人')).toContain('经办人排名');
    expect(await asks(BANNER_MANAGER, '/排名 满意度 代办员')).toContain('代办员排名');
    expect(await asks(BANNER_MANAGER, '/排名 巴彦托海 苏木乡镇')).toContain('苏木乡镇排名');
    expect((await asks(BANNER_MANAGER, '/排名 按时率')).join()).toContain('按时办结率＝');
    expect((await asks(BANNER_MANAGER, '/排名 经办人 代办员')).join()).toContain('没看懂“代办员”');
  });

  it('switches in place to the rates, with the cases behind them', async () => {
    await scene.register();
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    await scene.does(CLERK, { target: TOWN, label: '办结', form: { outcome: 'granted' } });
    await asks(BANNER_MANAGER, '/排名 本月');
    const messages = scene.posted.length;
    expect(table(await presses(BANNER_MANAGER, '按时办结率'))).toEqual([['1', '巴彦托海镇', '100.0%（1件）']]);
    const words = await presses(BANNER_MANAGER, '满意率');
    expect(words).toContain('本期暂无评价');
    expect(table(words)).toEqual([]);
    expect(scene.posted).toHaveLength(messages);
  });

  it('ranks agents within the own unit only', async () => {
    await scene.register();
    await scene.register();
    await scene.register({}, { openId: BAI, chat: undefined });
    await asks(TOWN_MANAGER, '/排名');
    const words = await presses(TOWN_MANAGER, '代办员');
    expect(words).toContain('巴彦托海镇 2026年11月');
    expect(table(words)).toEqual([
      ['1', '阿达（安达社区）', '2件'],
      ['2', '白音（安达社区）', '1件'],
    ]);
    expect(words.join()).toContain('王芳');
    expect(words.join()).not.toContain('大雁代办');
    await asks(BANNER_MANAGER, '/排名');
    expect((await presses(BANNER_MANAGER, '代办员')).join()).toContain('大雁代办');
  });

  it('keeps those who left but worked in the period', async () => {
    await scene.register();
    await scene.db.write(async ({ q, t }) => {
      await q.update(t.agents).set({ status: 'left' }).where(eq(t.agents.openId, ADA));
    });
    await asks(TOWN_MANAGER, '/排名');
    expect(table(await presses(TOWN_MANAGER, '代办员'))).toEqual([['1', '阿达（安达社区）', '1件']]);
    await asks(TOWN_MANAGER, '/排名 去年');
    expect((await presses(TOWN_MANAGER, '代办员')).join()).not.toContain('阿达');
  });

  it('says in words that there is nothing', async () => {
    const words = await asks(BANNER_MANAGER, '/排名 去年');
    expect(words).toContain('本期暂无办件');
    expect(table(words)).toEqual([]);
  });

  it('turns pages', async () => {
    for (let index = 0; index < 12; index++) {
      const openId = await scene.hire({ openId: `ou_more${index}`, name: `多${index}`, unit: '安达社区' });
      await scene.register({ phone: `139000000${10 + index}` }, { openId, chat: undefined });
    }
    await asks(TOWN_MANAGER, '/排名');
    expect(table(await presses(TOWN_MANAGER, '代办员'))).toHaveLength(10);
    expect(table(await presses(TOWN_MANAGER, '下一页'))).toHaveLength(2);
    expect(table(await presses(TOWN_MANAGER, '上一页'))).toHaveLength(10);
  });

  it('is for managers of the unit, whatever button is forged', async () => {
    expect((await asks(ADA, '/排名')).join()).toContain('要管理员才能用');
    expect((await asks(TOWN_MANAGER, '/排名 大雁镇')).join()).toContain('您只能看巴彦托海镇及下属单位的统计');
    const of = { v: 1, from: '2026-11-01', to: '2026-11-30', whom: 'agents', by: 'volume', page: 0 };
    for (const action of ['rank.show', 'rank.export']) {
      const forges = (openId: string, unit: string) =>
        scene.forges(openId, { value: { ...of, action, unitId: scene.unitId(unit) }, chat: OTHER_TOWN });
      expect((await forges(TOWN_MANAGER, '大雁镇')).toast?.content).toContain('您只能看');
      expect((await forges(ADA, '安达社区')).toast?.content).toContain('要管理员才能用');
      const gone = await scene.forges(TOWN_MANAGER, { value: { ...of, action, unitId: 999_999 } });
      expect(gone.toast?.content).toContain('您只能看');
      const wrongDay = { ...of, action, unitId: scene.unitId('巴彦托海镇'), to: '2026-02-30' };
      expect((await scene.forges(TOWN_MANAGER, { value: wrongDay })).toast?.content).toContain('失效');
    }
    await scene.settle();
    expect(scene.files).toEqual([]);
  });

  it('answers privately in a group of another unit', async () => {
    expect((await asks(TOWN_MANAGER, '/排名', OTHER_TOWN)).join()).toContain('已私信发给您');
    expect((await asks(TOWN_MANAGER, '/排名', TOWN)).join()).toContain('苏木乡镇排名');
  });

  it('is exported with all measures side by side', async () => {
    await scene.register();
    await scene.register({ itemName: UNEMPLOYMENT, onTheSpot: true });
    await asks(TOWN_MANAGER, '/排名');
    await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '导出' });
    const [file] = scene.files;
    expect(file).toMatchObject({ target: TOWN_MANAGER, name: '排名_苏木乡镇_鄂温克族自治旗_2026年11月.xlsx' });
    const [sheet] = await readSheets(file?.content ?? Buffer.alloc(0));
    expect(sheet?.title).toBe('鄂温克族自治旗苏木乡镇排名 2026年11月');
    expect(sheet?.rows[0]).toEqual(['巴彦托海镇', 2, 1, 1, 1, 0, null, 1, 1, 0, 0, null, '本期暂无评价']);
    expect(sheet?.cell('H4')?.style?.numFmt).toBe('0.0%');
    expect(sheet?.rows[1]?.[2]).toBe('本期暂无办件');
    await presses(TOWN_MANAGER, '代办员');
    await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '导出' });
    const [agents] = await readSheets(scene.files[1]?.content ?? Buffer.alloc(0));
    expect(agents?.rows[0]?.slice(0, 4)).toEqual(['阿达', '安达社区', 2, 1]);
  });
});

describe('经办人', () => {
  const town = (label: string, form = {}, openId = CLERK) => scene.does(openId, { target: TOWN, label, form });
  const village = (label: string, form = {}) => scene.does(ADA, { target: VILLAGE, label, form });

  /** 王芳 accepts three: one goes back once, one is completed by 李强 and rated badly, one is left lying since the beginning of November. */
  async function deal(): Promise<void> {
    scene.clock.to('2026-11-02T10:00');
    await scene.register();
    await town('接收');
    scene.clock.to('2026-11-23T10:00');
    await scene.register();
    await town('接收');
    await town('退回补正', { note: '缺材料', materials: '证' });
    await scene.register({ itemName: UNEMPLOYMENT });
    await town('接收');
    await town('办结', { outcome: 'granted' }, SECOND);
    await village('确认送达', { deliveryWay: 'pickup' });
    await village('回访评价', { rating: '2', comment: '太慢了' });
  }

  it('are ranked by what they completed, not by who registered or accepted it', async () => {
    await deal();
    await asks(TOWN_MANAGER, '/排名');
    const words = await presses(TOWN_MANAGER, '经办人');
    expect(words).toContain('巴彦托海镇 2026年11月');
    expect(table(words)).toEqual([['1', '李强（巴彦托海镇）', '1件']]);
    expect(words.join()).toMatch(/本期暂无办结，不参加排名：[^，]*王芳/);
    expect(words.join()).not.toContain('阿达');
    expect(table(await presses(TOWN_MANAGER, '满意率'))).toEqual([['1', '李强（巴彦托海镇）', '0.0%（1件）']]);
  });

  it('answer for what is overdue in their hands, and how often they returned stands beside it', async () => {
    await deal();
    await asks(TOWN_MANAGER, '/排名 本月 巴彦托海镇');
    await presses(TOWN_MANAGER, '经办人');
    const words = await presses(TOWN_MANAGER, '按时办结率');
    expect(table(words)).toEqual([
      ['1', '李强（巴彦托海镇）', '100.0%（1件）'],
      ['2', '王芳（巴彦托海镇）', '0.0%（1件）'],
    ]);
    // Promised for 9 November, ten working days ago.
    expect(words).toContain('退回补正1次；超期在办1件，平均10.0个工作日');
  });

  it('lose what is taken back, and the books agree', async () => {
    await scene.register();
    await town('接收');
    await town('办结', { outcome: 'granted' }, SECOND);
    await town('撤销', {}, SECOND);
    await asks(TOWN_MANAGER, '/排名');
    const words = await presses(TOWN_MANAGER, '经办人');
    expect(table(words)).toEqual([]);
    expect(words).toContain('本期暂无办结');
    const found = await scene.db.read((tx) => rebuildCounters({ tx, zone: ZONE }, { write: false }));
    expect(found.differences).toBe(0);
    expect((await scene.checkLedger()).faults).toEqual([]);
  });

  it('of another town are not in the own ranking, and have their columns in Excel', async () => {
    await deal();
    await asks(TOWN_MANAGER, '/排名');
    await presses(TOWN_MANAGER, '经办人');
    await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '导出' });
    const [sheet] = await readSheets(scene.files[0]?.content ?? Buffer.alloc(0));
    expect(sheet?.title).toBe('巴彦托海镇经办人排名 2026年11月');
    expect(sheet?.header.slice(0, 5)).toEqual(['经办人', '所在单位', '办结件数', '办结件数名次', '退回补正次数']);
    expect(sheet?.rows[0]?.slice(0, 7)).toEqual(['李强', '巴彦托海镇', 1, 1, 0, 1, 0]);
    expect(sheet?.rows.find(([name]) => name === '王芳')?.slice(2, 7)).toEqual([0, '本期暂无办结', 1, 0, 1]);
    expect(sheet?.rows.map(([name]) => name)).not.toContain('大雁代办');
    await asks(BANNER_MANAGER, '/排名 本月 大雁镇');
    expect(table(await presses(BANNER_MANAGER, '经办人'))).toEqual([]);
  });
});
