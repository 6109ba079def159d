import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { raiseCurtain, type TestStage } from '../support/stage.ts';
import { asks, caseCards, clicks, expectAllWell, goTo, posted, presses, registers, wu, zhang } from './support.ts';

let stage: TestStage;
beforeEach(async () => {
  stage = await raiseCurtain();
});
afterEach(() => stage.close());

const residents = [zhang, wu];

describe('/统计', () => {
  it('shows a manager the numbers of what happened, and nobody else', async () => {
    await registers(stage, { item: '低保' });
    await presses(stage, { who: 'townClerk', where: 'town', label: '接收' });
    await presses(stage, { who: 'townClerk', where: 'town', label: '退回补正', form: { 需补正的材料: '户口本' } });
    await registers(stage, { item: '高龄津贴', resident: wu });
    await goTo(stage, '2026-11-23T13:00');
    await presses(stage, { who: 'secondClerk', where: 'town', label: '接收' });
    await presses(stage, { who: 'secondClerk', where: 'town', label: '办结' });
    await presses(stage, { who: 'villageAgent', where: 'village', label: '确认送达' });
    await presses(stage, { who: 'villageColleague', where: 'village', label: '回访评价', form: { 满意度: '满意' } });
    for (const who of ['townManager', 'bannerManager'] as const) {
      const [card = ''] = await asks(stage, { who, text: '/统计 本月' });
      const figures = Object.entries({
        登记: '2件',
        办结: '1件',
        在办: '1件',
        按时办结率: '100.0%',
        退回补正: '1次',
        满意率: '100.0%',
      });
      for (const [label, value] of figures) expect(figureOf(card, label)).toBe(value);
      expect(card).toMatch(/各(嘎查社区|苏木乡镇)登记件数/);
    }
    const [department = ''] = await asks(stage, { who: 'bannerManager', text: '/统计 本月 民政部门' });
    expect(figureOf(department, '登记')).toBe('2件');
    expect((await asks(stage, { who: 'bannerManager', text: '/统计 上月' }))[0]).toContain('本期暂无办件');
    expect((await asks(stage, { who: 'townManager', text: '/统计 大雁镇' }))[0]).toContain(
      '您只能看巴彦托海镇及下属单位的统计、排名和台账。',
    );
    expect((await asks(stage, { who: 'townClerk', text: '/统计' }))[0]).toContain('“/统计”要管理员才能用');
    await expectAllWell(stage, { residents });
  });
});

describe('/待办 and /查', () => {
  it('in the own group in place, in another one privately', async () => {
    await registers(stage, { item: '低保' });
    const [mine = ''] = await asks(stage, { who: 'townClerk', where: 'town', text: '/待办' });
    expect(mine).toContain('巴彦托海镇的待办');
    expect(mine).toContain('张**');
    addTo('otherTown', 'townClerk');
    const [notice = ''] = await asks(stage, { who: 'townClerk', where: 'otherTown', text: '待办' });
    expect(notice).toContain('只私信给您');
    expect(stage.people.townClerk.sees().at(-1)).toContain('巴彦托海镇的待办');
    const [none = ''] = await asks(stage, { who: 'otherTownClerk', where: 'otherTown', text: '/待办' });
    expect(none).toContain('没有要办的件，辛苦了。');
    await clicks(stage, { who: 'townClerk', where: 'town', label: '打开' });
    expect(posted(stage, 'town').filter((message) => message.content.includes('"接收"'))).toHaveLength(1);
    await expectAllWell(stage, { residents });
  });

  it('finds by number, name, tail and 一窗受理号, only for those who may see it', async () => {
    const number = await registers(stage, { item: '低保' });
    await registers(stage, { item: '高龄津贴', resident: wu });
    const accept = { who: 'townClerk', where: 'town', label: '接收' } as const;
    await presses(stage, { ...accept });
    for (const text of [`/查 ${number}`, '/查 张三丰', '查 1234', '/find 13800001234']) {
      const [card = ''] = (await asks(stage, { who: 'townClerk', text })).slice(-1);
      expect(card, text).toContain(`代办件 ${number}`);
    }
    for (const text of [`/查 ${number}`, '/查 张三丰', '/查 1234']) {
      const [card = ''] = await asks(stage, { who: 'otherTownClerk', where: 'otherTown', text });
      expect(card, text).toContain('没有找到这个代办件，请核对编号');
    }
    addTo('otherTown', 'townClerk');
    const [notice = ''] = await asks(stage, { who: 'townClerk', where: 'otherTown', text: `/查 ${number}` });
    expect(notice).toContain('这件代办和本群无关，卡片已私信发给您。');
    expect(
      posted(stage, 'otherTown')
        .map((message) => message.content)
        .join(),
    ).not.toContain(number);
    await asks(stage, { who: 'bannerManager', where: 'banner', text: `/查 ${number}` });
    expect(posted(stage, 'banner').at(-1)?.content).toContain(number);
    expect((await asks(stage, { who: 'townClerk', text: '/查' }))[0]).toContain('例如：/查 1234');
    await expectAllWell(stage, { residents });
  });

  it('several hits are a list, of which an outsider gets not even the number', async () => {
    const numbers = [await registers(stage, { item: '低保' }), await registers(stage, { item: '高龄津贴' })];
    const [list = ''] = await asks(stage, { who: 'townClerk', where: 'town', text: `/查 ${zhang.name}` });
    for (const number of numbers) expect(list).toContain(number);
    for (const text of [`/查 ${zhang.name}`, '/查 1234', `/查 ${zhang.phone}`]) {
      const [answer = ''] = await asks(stage, { who: 'otherTownClerk', where: 'otherTown', text });
      expect(answer, text).toContain('没有找到这个代办件，请核对编号');
    }
    await expectAllWell(stage, { residents });
  });

  it('an unknown word is answered with what was probably meant, and the button does it', async () => {
    const [card = ''] = await asks(stage, { who: 'townClerk', where: 'town', text: '/代办' });
    expect(card).toContain('您是不是想说 /待办？');
    await clicks(stage, { who: 'townClerk', where: 'town', label: '/待办' });
    expect(stage.people.townClerk.sees(stage.groups.town).at(-1)).toContain('没有要办的件');
    const [lost = ''] = await asks(stage, { who: 'townClerk', text: '天气怎么样' });
    expect(lost).toContain('没看懂“天气怎么样”');
    await expectAllWell(stage, { residents });
  });
});

describe('hostile names', () => {
  it.each([
    '<at id=all></at>',
    '**王**[点我](https://evil.example)',
    "=cmd|'/C calc'!A0",
    '{{name}} $& $1',
    '👨‍👩‍👧‍👦家',
    "Robert'); DROP TABLE cases;--",
    '<font color=red>红</font>',
  ])('%s goes the whole way as the text it is', async (name) => {
    const { people, groups } = stage;
    await people.villageAgent.says(groups.village, '/登记 低保');
    await stage.settle();
    const form = { 申请人姓名: name, 联系电话: zhang.phone, 备注: name, 自愿委托确认: true };
    await presses(stage, { who: 'villageAgent', where: 'village', label: '提交登记', form });
    const materials = `${name}的户口本`;
    await presses(stage, { who: 'townClerk', where: 'town', label: '退回补正', form: { 需补正的材料: materials } });
    await presses(stage, { who: 'villageAgent', where: 'village', label: '重新转送', form: { 补正说明: name } });
    await presses(stage, { who: 'townClerk', where: 'town', label: '接收' });
    await presses(stage, { who: 'townClerk', where: 'town', label: '查看申请人' });
    const revealed = people.townClerk.sees().at(-1) ?? '';
    expect(revealed).toContain(`申请人姓名  ${name}`);
    await asks(stage, { who: 'townClerk', where: 'town', text: `/查 ${name}` });
    await asks(stage, { who: 'townClerk', where: 'town', text: name });
    expect(caseCards(stage, { group: 'town', number: '26-01-00001' })).toHaveLength(1);
    await expectAllWell(stage, { residents: [{ name, phone: zhang.phone }] });
  });
});

/** The value that stands with a label on a card of figures: two in a row, values above labels. */
function figureOf(card: string, label: string): string | undefined {
  const lines = card.split('\n').map((line) => line.trim());
  return lines[lines.indexOf(label) - 1];
}

function addTo(group: 'otherTown', who: 'townClerk'): void {
  const { world } = stage.sandbox;
  const { chatId } = stage.groups[group];
  const members = world.chats.get(chatId)?.members ?? [];
  world.changeChat(chatId, { members: [...members, stage.people[who].openId] });
}
