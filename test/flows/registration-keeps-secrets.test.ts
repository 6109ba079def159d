import { afterEach, describe, expect, it } from 'vitest';
import { raiseCurtain, type TestStage } from '../support/stage.ts';
import { asks, caseCards, clicks, expectAllWell, lastCard, posted, presses, wu, zhang } from './support.ts';

let stage: TestStage;
afterEach(() => stage.close());

const residents = [zhang, wu];
const idNumber = wu.idNumber ?? '';

describe.each(['websocket', 'webhook'] as const)('registration over %s', (transport) => {
  it('in a group: one line is kept masked, errors come back beside their fields, the second press registers', async () => {
    stage = await raiseCurtain({ transport });
    const line = `/登记 低保 ${wu.name} ${wu.phone} ${idNumber}`;
    const [card = ''] = await asks(stage, { who: 'villageAgent', where: 'village', text: line });
    expect(card).toContain('已填 乌***，留空即可');
    expect(card).toContain('已填 152****1111，留空即可');
    expect(card).toContain('▾ 最低生活保障对象认定');
    const wrong = await clicks(stage, {
      who: 'villageAgent',
      where: 'village',
      label: '提交登记',
      form: { 身份证号: '152128196503071226', 当场办结: true },
    });
    expect(wrong.toast?.type).toBe('warning');
    const asked = lastCard(stage, 'village');
    expect(asked).toContain('有3处要改：身份证号、自愿委托确认、当场办结');
    expect(asked).toContain('身份证号：校验位不对');
    expect(asked).toContain('已填 乌***，留空即可');
    const toast = await presses(stage, {
      who: 'villageAgent',
      where: 'village',
      label: '提交登记',
      form: { 身份证号: idNumber, 自愿委托确认: true, 当场办结: false },
    });
    const number = /编号 (\S+)，/.exec(toast)?.[1] ?? '';
    expect(caseCards(stage, { group: 'village', number })[0]).toContain('乌*');
    expect(caseCards(stage, { group: 'town', number })[0]).toContain('152****1111');
    expect(posted(stage, 'village')).toHaveLength(1);

    await presses(stage, { who: 'townClerk', where: 'town', label: '查看申请人' });
    const revealed = stage.people.townClerk.sees().at(-1) ?? '';
    for (const secret of [wu.name, wu.phone, idNumber]) expect(revealed).toContain(secret);
    await expectAllWell(stage, { residents: [...residents, { name: wu.name, phone: '152128196503071226' }] });
  });
});

describe('registration', () => {
  it('by private message: what was typed stands in the form, the town’s group sees it masked', async () => {
    stage = await raiseCurtain();
    const [card = ''] = await asks(stage, { who: 'villageAgent', text: `登记 高龄津贴 ${zhang.name} ${zhang.phone}` });
    expect(card).toContain(`申请人姓名：${zhang.name}`);
    const wrong = await clicks(stage, { who: 'villageAgent', label: '提交登记', form: { 联系电话: '1380000123' } });
    expect(wrong.toast?.content).toContain('联系电话：少了1位');
    expect(stage.people.villageAgent.sees().at(-1)).toContain('联系电话：1380000123');
    const form = { 联系电话: zhang.phone, 自愿委托确认: true };
    await presses(stage, { who: 'villageAgent', label: '提交登记', form });
    expect(stage.people.villageAgent.sees().at(-1)).toContain('代办件 26-01-00001（待接收）');
    for (const group of ['village', 'town'] as const) {
      expect(caseCards(stage, { group, number: '26-01-00001' })).toHaveLength(1);
    }
    await expectAllWell(stage, { residents });
  });

  it('names and numbers in reasons, remarks and unknown lines do not come back into a group', async () => {
    stage = await raiseCurtain();
    await asks(stage, {
      who: 'villageAgent',
      where: 'village',
      text: `/登记 低保 ${zhang.name} ${zhang.phone} 腿脚不便`,
    });
    const form = { 自愿委托确认: true, 备注: `找${zhang.name}的儿子 ${wu.phone}` };
    await presses(stage, { who: 'villageAgent', where: 'village', label: '提交登记', form });
    const materials = `${zhang.name}的户口本，打${zhang.phone}或${wu.phone}，身份证 ${idNumber}`;
    await presses(stage, {
      who: 'townClerk',
      where: 'town',
      label: '退回补正',
      form: { 说明: `${zhang.name}材料不全`, 需补正的材料: materials },
    });
    expect(lastCard(stage, 'village')).toContain('张**的户口本');
    await asks(stage, { who: 'villageAgent', where: 'village', text: `${zhang.phone} 办低保` });
    await asks(stage, { who: 'villageAgent', where: 'village', text: `${idNumber} 办低保` });
    await asks(stage, { who: 'villageAgent', where: 'village', text: `${zhang.name} 办低保` });
    expect(lastCard(stage, 'village')).toContain('没看懂这句话');
    await expectAllWell(stage, { residents });
  });

  it('of somebody without a telephone, outside of the catalogue: neither contact nor names in the words reach a group', async () => {
    stage = await raiseCurtain();
    await asks(stage, { who: 'villageAgent', where: 'village', text: `/登记 ${zhang.name} 修水管` });
    const form = {
      联系电话: '无',
      联系人: `女儿${wu.name} ${wu.phone}`,
      其他事项: `给${zhang.name}修水管，${wu.name}在家 ${wu.phone}`,
      自愿委托确认: true,
    };
    await presses(stage, { who: 'villageAgent', where: 'village', label: '提交登记', form });
    for (const group of ['village', 'town'] as const) {
      expect(lastCard(stage, group)).toContain('其他事项：给张**修水管');
      expect(lastCard(stage, group)).toContain('没有电话，联系人152****1111');
    }
    await presses(stage, { who: 'townClerk', where: 'town', label: '查看申请人' });
    expect(stage.people.townClerk.sees().at(-1)).toContain(`子女 ${wu.name} ${wu.phone}`);
    await expectAllWell(stage, { residents });
  });

  it('a card that somebody else opened is refused, and one that was submitted registers nothing more', async () => {
    stage = await raiseCurtain();
    await asks(stage, { who: 'villageAgent', where: 'village', text: `/登记 低保 ${zhang.name} ${zhang.phone}` });
    const [form] = posted(stage, 'village');
    if (!form) throw new Error('no registration card');
    const label = '提交登记';
    const stranger = await clicks(stage, {
      who: 'villageColleague',
      where: 'village',
      label,
      form: { 自愿委托确认: true },
    });
    expect(stranger.toast?.content).toBe('这张登记卡是别人开的，请发 /登记 自己开一张。');
    const twice = [0, 1].map(() => stage.people.villageAgent.clicks(form, label, { 自愿委托确认: true }));
    const answers = (await Promise.all(twice)).map((answer) => answer.toast?.content);
    expect(answers).toContain('登记成功，编号 26-01-00001，已转送巴彦托海镇便民服务中心');
    expect(answers).toContain('这张登记卡已经提交过，编号 26-01-00001，没有重复登记。');
    await stage.settle();
    expect(caseCards(stage, { group: 'village', number: '26-01-00001' })).toHaveLength(1);
    expect(posted(stage, 'town')).toHaveLength(1);
    await expectAllWell(stage, { residents });
  });
});
