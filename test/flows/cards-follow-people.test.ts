import { afterEach, describe, expect, it } from 'vitest';
import { raiseCurtain, type TestStage } from '../support/stage.ts';
import {
  caseCards,
  clicks,
  expectAllWell,
  goTo,
  lastCard,
  posted,
  presses,
  reads,
  registers,
  zhang,
} from './support.ts';

let stage: TestStage;
afterEach(() => stage.close());

const residents = [zhang];

describe('a card that people talked over', () => {
  it('comes back to the bottom when it is their turn, and the old one points there', async () => {
    stage = await raiseCurtain();
    const number = await registers(stage, { item: '低保' });
    await presses(stage, { who: 'townClerk', where: 'town', label: '接收' });
    await talk('village', 4);
    await presses(stage, {
      who: 'townClerk',
      where: 'town',
      label: '退回补正',
      form: { 需补正的材料: '户口本' },
    });
    expect(caseCards(stage, { group: 'village', number })).toHaveLength(1);
    expect(lastCard(stage, 'village')).toContain('等待安达社区补正后重新转送');
    expect(reads(stage, 'village')[1]).toContain('最新情况请看下方的新卡片');
    await talk('town', 4);
    await presses(stage, { who: 'villageAgent', where: 'village', label: '重新转送' });
    expect(lastCard(stage, 'town')).toContain('[接收]');
    expect(copies('town', number)).toBe(2);
    await expectAllWell(stage, { residents });
  });

  it('stays where it is for a change that asks nothing of them, and after fewer lines', async () => {
    stage = await raiseCurtain();
    const number = await registers(stage, { item: '低保' });
    await talk('village', 10);
    await presses(stage, { who: 'townClerk', where: 'town', label: '接收' });
    expect(copies('village', number)).toBe(1);
    await talk('town', 3);
    await presses(stage, { who: 'townClerk', where: 'town', label: '办结' });
    expect(copies('town', number)).toBe(1);
    expect(copies('village', number)).toBe(2);
    await expectAllWell(stage, { residents });
  });

  it('催办 brings the holder’s card down at once, once a working day', async () => {
    stage = await raiseCurtain();
    await registers(stage, { item: '低保' });
    await presses(stage, { who: 'villageAgent', where: 'village', label: '催办' });
    expect(lastCard(stage, 'town')).toContain('11月23日催办过，请抓紧办理');
    expect(posted(stage, 'town')).toHaveLength(2);
    const again = await clicks(stage, { who: 'villageAgent', where: 'village', label: '催办' });
    expect(again.toast?.content).toContain('已经催办过了，下个工作日还没动静再催');
    expect(posted(stage, 'town')).toHaveLength(2);
    await goTo(stage, '2026-11-24T10:00');
    await presses(stage, { who: 'villageAgent', where: 'village', label: '催办' });
    expect(lastCard(stage, 'town')).toContain('11月24日催办过');
    await expectAllWell(stage, { residents });
  });
});

describe('a card older than the 14 days the platform allows', () => {
  it('a press on it still works; the changed card is posted anew, here and where others follow', async () => {
    stage = await raiseCurtain();
    const number = await registers(stage, { item: '低保' });
    await goTo(stage, '2026-12-08T09:30');
    const pressed = await clicks(stage, { who: 'townClerk', where: 'town', label: '接收' });
    expect(pressed.toast?.content).toBe(`已接收 ${number}`);
    for (const group of ['village', 'town'] as const) {
      const [newest] = caseCards(stage, { group, number }).slice(-1);
      expect(newest).toContain('（已超期）');
      expect(newest).toContain('巴彦托海镇便民服务中心王芳正在办理');
    }
    await presses(stage, { who: 'townClerk', where: 'town', label: '办结' });
    expect(lastCard(stage, 'village')).toContain('已办结，请安达社区把结果送达群众');
    await expectAllWell(stage, { residents });
  });

  it('one that the clock of the platform calls too old first is posted anew as well', async () => {
    stage = await raiseCurtain();
    const number = await registers(stage, { item: '低保' });
    const { world } = stage.sandbox;
    for (const message of posted(stage, 'village')) world.recallMessage(message.messageId);
    await presses(stage, { who: 'townClerk', where: 'town', label: '接收' });
    expect(lastCard(stage, 'village')).toContain('巴彦托海镇便民服务中心王芳正在办理');
    expect(caseCards(stage, { group: 'town', number })).toHaveLength(1);
    await expectAllWell(stage, { residents });
  });
});

/** How many messages of a group are a card of this case, those that only point to a newer one among them. */
function copies(group: 'village' | 'town', number: string): number {
  return reads(stage, group).filter((text) => text.includes(`代办件 ${number}`)).length;
}

/** People talk to the bot, which answers every line. What they say among themselves it never hears. */
async function talk(group: 'village' | 'town', lines: number): Promise<void> {
  const person = group === 'village' ? stage.people.villageColleague : stage.people.secondClerk;
  for (let line = 1; line <= lines; line++) {
    await person.says(stage.groups[group], '/我');
  }
  await stage.settle();
}
