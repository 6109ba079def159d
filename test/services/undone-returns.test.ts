/** A 退回补正 that was taken back stands in no list behind a figure: the figures do not count it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeAction } from '../../cards/action-values.ts';
import { agentReads } from '../../db/repositories/agent.ts';
import { wordsOf } from '../support/office.ts';
import { ADA, BANNER_MANAGER, CLERK, openScene, type Scene, TOWN, TOWN_MANAGER, VILLAGE } from '../support/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});

afterEach(() => scene.close());

const returns = () =>
  scene.does(CLERK, {
    target: TOWN,
    label: '退回补正',
    form: { note: '缺材料', materials: '证', whyNotBefore: '换了经办人' },
  });
const undoes = () => scene.does(CLERK, { target: TOWN, label: '撤销' });
const bringsAgain = () => scene.does(ADA, { target: VILLAGE, label: '重新转送' });

const numbersOf = (words: string) => [...words.matchAll(/\d{2}-\d{2}-\d{5}/g)].map(([number]) => number);

async function figureList(): Promise<string[]> {
  const asker = await scene.db.read((tx) => agentReads.byOpenId(tx, BANNER_MANAGER));
  const askerId = asker?.id ?? 0;
  const place = { unitId: scene.unitId('鄂温克族自治旗'), period: '本月', by: 'town', askerId } as const;
  await scene.forges(BANNER_MANAGER, {
    value: encodeAction({ action: 'stats.cases', ...place, list: 'returned', page: 0 }),
    chat: `oc_p2p_${BANNER_MANAGER}`,
  });
  await scene.settle();
  return numbersOf(wordsOf(scene.last(BANNER_MANAGER).card));
}

async function reportList(list: 'returned' | 'returnedAgain'): Promise<string[]> {
  const townId = scene.unitId('巴彦托海镇');
  const value = encodeAction({ action: 'report.cases', townId, month: '2026-11', list, page: 0 });
  await scene.forges(TOWN_MANAGER, { value, chat: `oc_p2p_${TOWN_MANAGER}` });
  await scene.settle();
  return numbersOf(wordsOf(scene.last(TOWN_MANAGER).card));
}

describe('a return that was taken back', () => {
  it('leaves the lists of 统计 and 月报', async () => {
    await scene.register();
    await returns();
    expect([await figureList(), await reportList('returned')]).toEqual([['26-01-00001'], ['26-01-00001']]);
    await undoes();
    expect([await figureList(), await reportList('returned')]).toEqual([[], []]);
  });

  it('is no second one, and the first stands', async () => {
    await scene.register();
    await returns();
    await bringsAgain();
    await returns();
    expect(await reportList('returnedAgain')).toEqual(['26-01-00001']);
    await undoes();
    expect(await reportList('returnedAgain')).toEqual([]);
    expect(await reportList('returned')).toEqual(['26-01-00001']);
  });

  it('takes no room on a page from those that stand', async () => {
    for (let n = 0; n < 3; n++) await scene.register();
    await returns();
    for (let n = 0; n < 12; n++) {
      await scene.register();
      await returns();
      await undoes();
    }
    expect(await figureList()).toHaveLength(1);
  });
});
