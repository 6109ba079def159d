import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buttonOf, wordsOf } from '../support/office.ts';
import {
  ADA,
  ADMIN,
  BAI,
  BANNER_MANAGER,
  CLERK,
  openScene,
  type Scene,
  STRANGER,
  UNBOUND,
  VILLAGE,
} from '../support/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

async function asks(openId: string, chat?: string): Promise<string> {
  await scene.says(openId, '/我', chat);
  await scene.settle();
  return wordsOf(scene.last(openId).card);
}

async function confirmed() {
  return (await scene.entries()).filter(({ kind }) => kind === 'readDuties');
}

describe('the duties on /我', () => {
  it('are those of Annex 4 in a village, of Annex 3 in a town, of the plan’s section 8 in the banner', async () => {
    const village = await asks(ADA);
    expect(village).toContain('我的职责（方案附件4）');
    expect(village).toContain('负责掌握嘎查社区基本情况');
    const town = await asks(CLERK);
    expect(town).toContain('我的职责（方案附件3）');
    expect(town).toContain('负责掌握苏木乡镇基本情况');
    expect(await asks(BANNER_MANAGER)).toContain('与基层代办员形成联动机制');
  });

  it('are confirmed once: an entry in the ledger, the day on the card, no button any more', async () => {
    await asks(ADA);
    const answer = await scene.does(ADA, { target: ADA, label: '已阅知' });
    expect(answer.toast).toMatchObject({ type: 'success' });
    expect(await confirmed()).toHaveLength(1);
    expect((await scene.checkLedger()).faults).toEqual([]);
    scene.clock.to('2026-11-26T10:00');
    expect(await asks(ADA)).toContain('已阅知 2026年11月23日');
    expect(buttonOf(scene.last(ADA).card, '已阅知')).toBeUndefined();
  });

  it('are confirmed once however often an old card is pressed', async () => {
    await asks(ADA);
    const value = buttonOf(scene.last(ADA).card, '已阅知');
    for (const chat of [ADA, ADA]) {
      expect((await scene.forges(ADA, { value, chat })).toast?.type).toBe('success');
    }
    expect(await confirmed()).toHaveLength(1);
  });

  it('are asked about again when they are others, and an old card confirms nothing of them', async () => {
    await asks(ADA);
    const value = buttonOf(scene.last(ADA).card, '已阅知');
    await scene.forges(ADA, { value });
    await scene.says(ADMIN, '/调动 阿达 巴彦托海镇');
    await scene.settle();
    await scene.does(ADMIN, { target: ADMIN, label: '确认调动' });
    const answer = await scene.forges(ADA, { value });
    expect(answer.toast?.content).toContain('请重新发 /我');
    expect(await asks(ADA)).not.toContain('已阅知 2026');
    expect(buttonOf(scene.last(ADA).card, '已阅知')).toBeDefined();
    expect(await confirmed()).toHaveLength(1);
  });

  it('in a group are confirmed by whose they are, in place', async () => {
    await scene.says(ADA, '/我', VILLAGE);
    await scene.settle();
    for (const openId of [BAI, STRANGER]) {
      const refused = await scene.does(openId, { target: VILLAGE, label: '已阅知' });
      expect(refused.toast?.content).toMatch(/这是阿达的职责|还没有登记为代办员/);
    }
    expect(await confirmed()).toEqual([]);
    const answer = await scene.does(ADA, { target: VILLAGE, label: '已阅知' });
    expect(wordsOf(answer.card?.data)).toContain('已阅知 2026年11月23日');
    // Somewhere else the card goes to the person alone.
    await asks(BAI);
    const value = buttonOf(scene.last(BAI).card, '已阅知');
    const elsewhere = await scene.forges(BAI, { value, chat: UNBOUND });
    expect(elsewhere.card).toBeUndefined();
    expect(await confirmed()).toHaveLength(2);
  });
});
