import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agentReads } from '../../db/repositories/agent.ts';
import { wordsOf } from '../support/office.ts';
import { BANNER_MANAGER, CLERK, openScene, type Scene, TOWN, TOWN_MANAGER, UNEMPLOYMENT } from '../support/scene.ts';
import { readSheets } from '../support/sheets.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

async function asks(openId: string, line: string): Promise<string> {
  await scene.says(openId, line);
  await scene.settle();
  return wordsOf(scene.last(openId).card);
}

/** The text above a label. */
function figure(words: string, label: string): string | undefined {
  const lines = words.split('\n');
  return lines[lines.indexOf(label) - 1];
}

/** Two cases left lying past their promised day, one of them since October, and one completed in time. */
async function leaveLying(): Promise<void> {
  scene.clock.to('2026-10-12T10:00');
  await scene.register();
  scene.clock.to('2026-11-02T10:00');
  await scene.register({ itemName: UNEMPLOYMENT });
  await scene.register();
  await scene.does(CLERK, { target: TOWN, label: '接收' });
  await scene.does(CLERK, { target: TOWN, label: '办结' });
  scene.clock.to('2026-11-27T10:00');
}

describe('what is left lying past its promised day', () => {
  it('is told by how many and how long, and makes the on-time rate worse', async () => {
    await leaveLying();
    const words = await asks(BANNER_MANAGER, '/统计 本月');
    expect(figure(words, '超期在办')).toBe('2件');
    expect(figure(words, '按时办结率')).toBe('33.3%');
    // Promised for 19 October and for 9 November: 29 and 14 working days ago.
    expect(words).toContain('平均超期21.5个工作日\n最久29个工作日');
  });

  it('is listed for whoever says so: to a manager all of the unit, to others what they have to do', async () => {
    await leaveLying();
    const words = await asks(BANNER_MANAGER, '超期');
    expect(words).toContain('超期在办');
    for (const number of ['26-01-00001', '26-01-00002']) expect(words).toContain(number);
    expect(words).not.toContain('26-01-00003');
    expect(await asks(CLERK, '有没有超期的件')).toContain('待办');
  });

  it('is nobody else’s: another town’s figures know nothing of it', async () => {
    await leaveLying();
    for (const unit of ['巴彦托海镇', '安达社区']) {
      expect(figure(await asks(BANNER_MANAGER, `/统计 本月 ${unit}`), '超期在办')).toBe('2件');
    }
    expect(await asks(BANNER_MANAGER, '/统计 本月 大雁镇')).toContain('本期暂无办件');
    expect(figure(await asks(BANNER_MANAGER, '/统计 本月 民政部门'), '超期在办')).toBe('1件');
  });

  it('belongs to every period by whose end it was late, and stands nowhere once it is completed', async () => {
    await leaveLying();
    expect(figure(await asks(TOWN_MANAGER, '/统计 上月'), '超期在办')).toBe('1件');
    expect(figure(await asks(TOWN_MANAGER, '/统计 上月'), '按时办结率')).toBe('0.0%');
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    await scene.does(CLERK, { target: TOWN, label: '办结' });
    expect(figure(await asks(TOWN_MANAGER, '/统计 本月'), '超期在办')).toBe('1件');
    expect(figure(await asks(TOWN_MANAGER, '/统计 本月'), '按时办结率')).toBe('33.3%');
    expect(figure(await asks(TOWN_MANAGER, '/统计 上月'), '超期在办')).toBe('1件');
  });

  it('is listed behind its figure, the longest overdue first', async () => {
    await leaveLying();
    await asks(BANNER_MANAGER, '/统计 本月');
    const asker = await scene.db.read((tx) => agentReads.byOpenId(tx, BANNER_MANAGER));
    const place = { unitId: scene.unitId('鄂温克族自治旗'), period: '本月', by: 'town', askerId: asker?.id };
    const value = { ...place, v: 1, action: 'stats.cases', list: 'overdue', page: 0 };
    await scene.forges(BANNER_MANAGER, { value, chat: `oc_p2p_${BANNER_MANAGER}` });
    await scene.settle();
    const words = wordsOf(scene.last(BANNER_MANAGER).card);
    expect(words).toContain('共2件，超期最久的在前');
    expect(words.indexOf('26-01-00001')).toBeGreaterThan(0);
    expect(words.indexOf('26-01-00001')).toBeLessThan(words.indexOf('26-01-00002'));
    expect(words).not.toContain('26-01-00003');
  });

  it('is late in the ranking, too, of towns and of agents', async () => {
    await leaveLying();
    await asks(BANNER_MANAGER, '/排名 本月');
    const answer = await scene.does(BANNER_MANAGER, { target: BANNER_MANAGER, label: '按时办结率' });
    expect(wordsOf(answer.card?.data)).toContain('33.3%（3件）');
    expect(wordsOf(answer.card?.data)).toMatch(/超期在办2件，平均\d+\.\d个工作日/);
  });

  it('stands in both Excel files as numbers', async () => {
    await leaveLying();
    await asks(BANNER_MANAGER, '/统计 本月');
    await scene.does(BANNER_MANAGER, { target: BANNER_MANAGER, label: '导出' });
    const [summary, groups] = await readSheets(scene.files[0]?.content ?? Buffer.alloc(0));
    expect(summary?.rows.find(([label]) => label === '超期在办')?.[1]).toBe(2);
    expect(summary?.rows.find(([label]) => label === '平均超期（工作日）')?.[1]).toBeGreaterThan(1);
    expect(groups?.rows[0]?.[groups.header.indexOf('超期在办')]).toBe(2);
    await asks(BANNER_MANAGER, '/排名 本月');
    await scene.does(BANNER_MANAGER, { target: BANNER_MANAGER, label: '导出' });
    const [ranking] = await readSheets(scene.files[1]?.content ?? Buffer.alloc(0));
    expect(ranking?.rows[0]?.[ranking.header.indexOf('超期在办件数')]).toBe(2);
    expect(ranking?.rows[0]?.[ranking.header.indexOf('按时办结率')]).toBeCloseTo(1 / 3);
  });
});
