import { afterEach, describe, expect, it } from 'vitest';
import { raiseCurtain, type TestStage } from '../support/stage.ts';
import { caseCards, clicks, expectAllWell, lastCard, posted, presses, registers, zhang } from './support.ts';

let stage: TestStage;
afterEach(() => stage.close());

const residents = [zhang];

describe.each(['websocket', 'webhook'] as const)('the bot and a group over %s', (transport) => {
  it('taken out, the unit’s people are reached one by one; put back and bound by the card, the group is', async () => {
    stage = await raiseCurtain({ transport });
    const { people, groups, sandbox } = stage;
    const early = await registers(stage, { item: '失业登记' });
    await sandbox.removeBot(groups.town, people.townManager);
    await stage.settle();
    const warning = people.admin.sees().at(-1) ?? '';
    expect(warning).toContain('机器人已不在群“巴彦托海镇便民服务中心”里');

    const number = await registers(stage, { item: '低保' });
    expect(posted(stage, 'town')).toHaveLength(1);
    for (const who of ['townClerk', 'secondClerk', 'townManager'] as const) {
      expect(people[who].sees().filter((text) => text.includes(`代办件 ${number}（待接收）`))).toHaveLength(1);
    }
    await presses(stage, { who: 'townClerk', label: '接收' });
    expect(people.secondClerk.sees().at(-1)).toContain(`代办件 ${number}（办理中）`);

    const [earlyCard] = posted(stage, 'village');
    if (!earlyCard) throw new Error('no card in the village');
    await people.villageAgent.clicks(earlyCard, '催办');
    await stage.settle();
    expect(people.secondClerk.sees().at(-1)).toContain(`代办件 ${early}（待接收）`);
    expect(people.secondClerk.sees().at(-1)).toContain('催办过，请抓紧办理');

    await sandbox.addBot(groups.town, people.townManager);
    await stage.settle();
    expect(lastCard(stage, 'town')).toContain('这个群属于哪个单位？');
    const label = '绑定';
    const refused = await clicks(stage, { who: 'townClerk', where: 'town', label, form: { 单位: '巴彦托海镇' } });
    expect(refused.toast?.content).toBe('只有系统管理员能绑定群，请联系高娃（系统管理员）。');
    sandbox.world.changeChat(groups.town.chatId, { members: [...groups.town.members, people.admin.openId] });
    await presses(stage, { who: 'admin', where: 'town', label, form: { 单位: '巴彦托海镇' } });
    expect(lastCard(stage, 'town')).toContain('群已绑定');

    const second = await registers(stage, { item: '高龄津贴' });
    expect(caseCards(stage, { group: 'town', number: second })).toHaveLength(1);
    expect((await clicks(stage, { who: 'secondClerk', label: '接收' })).toast?.type).toBe('success');
    expect(caseCards(stage, { group: 'town', number: early }).at(-1)).toContain('办理中');
    await presses(stage, { who: 'townClerk', label: '办结' });
    for (const group of ['village', 'town'] as const) {
      expect(caseCards(stage, { group, number: early }).at(-1)).toContain('已办结');
    }
    await expectAllWell(stage, { residents });
  });
});

describe('a group that is gone', () => {
  it('without a word from the platform: the unit’s people get its cards, the administrators hear of it once', async () => {
    stage = await raiseCurtain();
    const { people, groups, sandbox } = stage;
    sandbox.world.changeChat(groups.town.chatId, { hasBot: false });
    const number = await registers(stage, { item: '低保' });
    const second = await registers(stage, { item: '高龄津贴' });
    expect(posted(stage, 'town')).toEqual([]);
    for (const who of ['townClerk', 'secondClerk', 'townManager'] as const) {
      for (const one of [number, second]) {
        expect(people[who].sees().filter((text) => text.includes(`代办件 ${one}（待接收）`))).toHaveLength(1);
      }
    }
    const told = people.admin.sees().filter((text) => text.includes('群解绑了'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('巴彦托海镇的件改为私信发给该单位的人');
    await presses(stage, { who: 'secondClerk', label: '接收' });
    expect(people.townClerk.sees().at(-1)).toContain('办理中');
    await expectAllWell(stage, { residents });
  });
});
