import { eq, inArray } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { agentReads, agentWrites } from '../../db/repositories/agent.ts';
import { unitReads, unitWrites } from '../../db/repositories/unit.ts';
import type { Ctx } from '../../src/ctx.ts';
import { chainOfUnit } from '../../src/services/agent/approvers.ts';
import { recordAgent } from '../../src/services/ledger/agent-entry.ts';
import { appendLedger } from '../../src/services/ledger/append.ts';
import { setUnitChat } from '../../src/services/unit/bind.ts';
import { ZONE } from '../support/office.ts';
import { raiseCurtain, type TestStage } from '../support/stage.ts';
import { caseCards, expectAllWell, lastCard, posted, presses, registers, statesSeen, wu, zhang } from './support.ts';

let stage: TestStage;
afterEach(() => stage.close());

const residents = [zhang, wu];

/** The department's clerk and group belong to another department from now on. */
async function employAt(unitName: string): Promise<void> {
  const { db, people, groups } = stage;
  await db.write(async (tx) => {
    const unit = (await unitReads.ofLevels(tx, ['department'])).find(({ name }) => name === unitName);
    const clerk = await agentReads.byOpenId(tx, people.departmentClerk.openId);
    if (!unit || !clerk) throw new Error(`no ${unitName} or no clerk`);
    const ctx: Ctx = {
      tx,
      vault: stage.vault,
      now: stage.clock.now(),
      zone: ZONE,
      actor: { kind: 'system', name: 'test' },
    };
    await agentWrites.update(tx, { id: clerk.id, set: { unitId: unit.id } });
    await recordAgent(ctx, { kind: 'moveAgent', agent: { ...clerk, unitId: unit.id } });
    const { chatId } = groups.department;
    for (const { id: unitId } of await unitReads.byChat(tx, chatId)) {
      await appendLedger(ctx, {
        townId: await chainOfUnit(ctx, unitId),
        caseId: null,
        kind: 'unbind',
        payload: { unitId, chatId },
      });
    }
    await unitWrites.releaseChat(tx, chatId);
    await setUnitChat(ctx, { unitId: unit.id, chatId });
  });
}

describe.each(['websocket', 'webhook'] as const)('routes over %s', (transport) => {
  it('an item of the town is completed by the town; no department hears of it', async () => {
    stage = await raiseCurtain({ transport });
    const number = await registers(stage, { item: '高龄津贴' });
    await presses(stage, { who: 'townClerk', where: 'town', label: '接收' });
    expect(lastCard(stage, 'town')).not.toContain('[转上级]');
    await presses(stage, { who: 'townClerk', where: 'town', label: '办结', form: { 办理结果: '予以办理' } });
    expect(caseCards(stage, { group: 'village', number })).toHaveLength(1);
    expect(lastCard(stage, 'village')).toContain('已办结，请安达社区把结果送达群众');
    expect(posted(stage, 'department')).toEqual([]);
    expect(statesSeen(stage, { group: 'village', number })).toEqual(['待接收', '办理中', '已办结']);
    await expectAllWell(stage, { residents });
  });

  it('an extended item goes village → town → department, and all three follow it', async () => {
    stage = await raiseCurtain({ transport });
    await employAt('退役军人事务部门');
    const number = await registers(stage, { item: '优抚', resident: wu });
    await presses(stage, { who: 'secondClerk', where: 'town', label: '接收' });
    const toast = await presses(stage, { who: 'secondClerk', where: 'town', label: '转上级' });
    expect(toast).toBe(`${number} 已转退役军人事务部门`);
    await presses(stage, { who: 'departmentClerk', where: 'department', label: '接收' });
    expect(lastCard(stage, 'department')).not.toContain('[转上级]');
    await presses(stage, {
      who: 'departmentClerk',
      where: 'department',
      label: '办结',
      form: { 办理结果: '予以办理' },
    });
    const whole = ['待接收', '办理中', '待接收', '办理中', '已办结'];
    expect(statesSeen(stage, { group: 'village', number })).toEqual(whole);
    expect(statesSeen(stage, { group: 'town', number })).toEqual(whole);
    expect(statesSeen(stage, { group: 'department', number })).toEqual(whole.slice(2));
    for (const group of ['village', 'town', 'department'] as const) {
      expect(caseCards(stage, { group, number })).toHaveLength(1);
    }
    await expectAllWell(stage, { residents });
  });
});

describe('where a case ends up', () => {
  it('a department without group and people: the card says so, and the case goes to the banner’s center', async () => {
    stage = await raiseCurtain();
    const number = await registers(stage, { item: '优抚' });
    await presses(stage, { who: 'townClerk', where: 'town', label: '接收' });
    expect(lastCard(stage, 'town')).toContain('退役军人事务部门还没有群，也没有代办员，“转上级”会转到');
    await presses(stage, { who: 'townClerk', where: 'town', label: '转上级' });
    expect(lastCard(stage, 'banner')).toContain(number);
    expect(lastCard(stage, 'banner')).toContain('[接收]');
    await expectAllWell(stage, { residents });
  });

  it('an item without a department goes on to the banner’s center, whose people complete it', async () => {
    stage = await raiseCurtain();
    await stage.db.write(async ({ q, t }) => {
      const ofItem = q.select({ id: t.serviceItems.id }).from(t.serviceItems);
      const named = ofItem.where(eq(t.serviceItems.subItem, '最低生活保障对象认定'));
      await q.update(t.itemVersions).set({ departmentUnitId: null }).where(inArray(t.itemVersions.itemId, named));
    });
    const number = await registers(stage, { item: '低保' });
    await presses(stage, { who: 'townClerk', where: 'town', label: '接收' });
    await presses(stage, { who: 'townClerk', where: 'town', label: '转上级' });
    expect(posted(stage, 'department')).toEqual([]);
    await presses(stage, { who: 'bannerManager', where: 'banner', label: '接收' });
    expect(lastCard(stage, 'banner')).not.toContain('[转上级]');
    await presses(stage, {
      who: 'admin',
      where: 'banner',
      label: '办结',
      form: { 办理结果: '不予办理', 说明: '超过标准', 群众下一步可以: '申请临时救助' },
    });
    expect(lastCard(stage, 'village')).toContain('不予办理');
    expect(statesSeen(stage, { group: 'village', number })).toEqual([
      '待接收',
      '办理中',
      '待接收',
      '办理中',
      '不予办理',
    ]);
    await expectAllWell(stage, { residents });
  });

  it('what a village may do itself is completed on the spot; the town is not asked', async () => {
    stage = await raiseCurtain();
    const number = await registers(stage, { item: '失业登记', form: { 当场办结: true } });
    expect(posted(stage, 'town')).toEqual([]);
    await presses(stage, { who: 'villageAgent', where: 'village', label: '确认送达', form: { 送达方式: '群众自取' } });
    expect(statesSeen(stage, { group: 'village', number })).toEqual(['已办结', '已送达']);
    await expectAllWell(stage, { residents });
  });
});
