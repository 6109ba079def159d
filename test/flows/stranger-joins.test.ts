import { afterEach, describe, expect, it } from 'vitest';
import { raiseCurtain, type TestStage } from '../support/stage.ts';
import { asks, caseCards, clicks, expectAllWell, lastCard, posted, presses, registers, zhang } from './support.ts';

let stage: TestStage;
afterEach(() => stage.close());

const own = { name: '陈明', phone: '13711112222' };
const application = { 姓名: own.name, 联系电话: own.phone, 所在单位: '安达社区', '专职/兼职': '兼职' };

describe.each(['websocket', 'webhook'] as const)('a stranger over %s', (transport) => {
  it('is greeted, applies with a slip, applies again, is approved and registers a case', async () => {
    stage = await raiseCurtain({ transport });
    const { people } = stage;
    await people.stranger.enters();
    await stage.settle();
    expect(people.stranger.sees()).toHaveLength(2);
    expect(people.stranger.sees()[1]).toContain('申请成为代办员');

    const form = { ...application, 联系电话: '1371111222' };
    const slip = await clicks(stage, { who: 'stranger', label: '提交申请', form });
    expect(slip.toast).toEqual({
      type: 'warning',
      content: '还没有提交。联系电话：少了1位，应为11位手机号，请核对',
    });
    const kept = people.stranger.sees()[1] ?? '';
    for (const text of ['姓名：陈明', '联系电话：1371111222', '▾ 安达社区', '▾ 兼职']) expect(kept).toContain(text);
    expect(people.townManager.sees()).toEqual([]);

    await presses(stage, { who: 'stranger', label: '提交申请', form: { 联系电话: own.phone } });
    expect(people.stranger.sees()[1]).toContain('请等敖登（巴彦托海镇）通过');
    expect((await asks(stage, { who: 'stranger', text: '/登记' }))[0]).toContain('请等敖登（巴彦托海镇）通过');
    for (const approver of ['townManager', 'bannerManager', 'admin'] as const) {
      expect(people[approver].sees().at(-1)).toContain(own.phone);
    }
    expect(people.townClerk.sees()).toEqual([]);

    const toast = await presses(stage, { who: 'townManager', label: '通过', form: { 角色: '代办员' } });
    expect(toast).toBe('已通过陈明的申请');
    expect(people.stranger.sees().at(-1)).toContain('您现在是安达社区的代办员。');
    expect(people.bannerManager.sees().at(-1)).toContain('代办员申请（已通过）');
    await expect(people.admin.clicks(people.admin.privateChat, '不通过')).rejects.toThrow('不通过');

    await asks(stage, { who: 'stranger', text: `/登记 高龄津贴 ${zhang.name} ${zhang.phone}` });
    await presses(stage, { who: 'stranger', label: '提交登记', form: { 自愿委托确认: true } });
    expect(caseCards(stage, { group: 'town', number: '26-01-00001' })).toHaveLength(1);
    expect(lastCard(stage, 'town')).toContain('陈明（安达社区）');
    await expectAllWell(stage, { residents: [zhang, { name: zhang.name, phone: own.phone }] });
  });
});

describe('somebody who is not staff', () => {
  it('gets the form privately when asking in a group, and can press nothing there', async () => {
    stage = await raiseCurtain();
    const { people, groups, sandbox } = stage;
    sandbox.world.changeChat(groups.town.chatId, { members: [...groups.town.members, people.stranger.openId] });
    await registers(stage, { item: '低保' });
    await asks(stage, { who: 'stranger', where: 'town', text: '/登记 低保 李四 13900001111' });
    expect(
      posted(stage, 'town')
        .map((message) => message.content)
        .join(),
    ).not.toContain('joinForm');
    expect(people.stranger.sees().at(-1)).toContain('申请成为代办员');
    const pressed = await clicks(stage, { who: 'stranger', where: 'town', label: '接收' });
    expect(pressed.toast?.content).toBe('您还没有登记为代办员。请填写登记卡，管理员通过后就能使用。');
    expect(caseCards(stage, { group: 'town', number: '26-01-00001' })[0]).toContain('（待接收）');
    await expectAllWell(stage, { residents: [zhang, { name: '李四', phone: '13900001111' }] });
  });

  it('is refused, told so, and may apply again', async () => {
    stage = await raiseCurtain();
    const { people } = stage;
    await asks(stage, { who: 'stranger', text: '/登记' });
    await presses(stage, { who: 'stranger', label: '提交申请', form: application });
    await presses(stage, { who: 'admin', label: '不通过', form: { 不通过的原因: '人员已定' } });
    expect(people.stranger.sees().at(-1)).toContain('加入安达社区的申请没有通过。');
    expect(people.stranger.sees().at(-1)).toContain('原因：人员已定');
    await asks(stage, { who: 'stranger', text: '/待办' });
    await presses(stage, { who: 'stranger', label: '提交申请', form: application });
    expect(people.admin.sees().at(-1)).toContain('代办员申请（待审核）');
    await presses(stage, { who: 'admin', label: '通过', form: { 角色: '管理员' } });
    expect((await asks(stage, { who: 'stranger', text: '/统计' }))[0]).toContain('安达社区');
    await expectAllWell(stage, { residents: [] });
  });
});
