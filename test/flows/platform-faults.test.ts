import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Faults } from '../../sandbox/faults.ts';
import { raiseCurtain, type TestStage } from '../support/stage.ts';
import {
  caseCards,
  clicks,
  expectAllWell,
  lastCard,
  posted,
  presses,
  registers,
  statesSeen,
  zhang,
} from './support.ts';

let stage: TestStage;
afterEach(() => stage.close());

const troubles: Record<string, (faults: Faults) => void> = {
  'the app is over its limit (99991400)': (faults) => faults.rateLimit(5, { resetSeconds: 3 }),
  'a group is over its limit (230020)': (faults) => faults.rateLimit(4, { code: 230020 }),
  'somebody presses the card that is to change (230099)': (faults) => faults.refuse(3, 'cardLocked'),
  'the platform fails inside (2200)': (faults) => faults.refuse(4, 'internalError'),
  'the gateway answers 502': (faults) => faults.serverErrors(6),
  'answers come late': (faults) => faults.timeouts(4, { delayMs: 100 }),
  'connections are cut before anything happened': (faults) => faults.dropConnections(5),
  'connections are cut after the message was stored': (faults) => faults.dropConnections(4, { afterStoring: true }),
  'the token is revoked': (faults) => faults.revokeTokens(),
  'everything at once': (faults) => {
    faults.revokeTokens();
    faults.dropConnections(1, { afterStoring: true });
    faults.rateLimit(1);
    faults.serverErrors(1);
    faults.dropConnections(1);
    faults.rateLimit(1, { code: 230020 });
    faults.dropConnections(2, { afterStoring: true });
  },
};

describe.each(Object.entries(troubles))('while a case goes its way, %s', (_name, cause) => {
  it('every group gets every card once, in order, and ends with the newest state', async () => {
    stage = await raiseCurtain();
    const { people, groups, sandbox } = stage;
    await people.villageAgent.says(groups.village, `/登记 低保 ${zhang.name} ${zhang.phone}`);
    await stage.settle();
    const before = sandbox.calls.length;
    cause(sandbox.faults);
    const submitted = await people.villageAgent.clicks(groups.village, '提交登记', { 自愿委托确认: true });
    expect(submitted.toast?.content).toContain('编号 26-01-00001');
    await stage.settle();
    cause(sandbox.faults);
    await presses(stage, { who: 'townClerk', where: 'town', label: '接收' });
    cause(sandbox.faults);
    await presses(stage, { who: 'townClerk', where: 'town', label: '转上级' });
    await presses(stage, { who: 'departmentClerk', where: 'department', label: '接收' });
    const number = '26-01-00001';
    expect(sandbox.calls.slice(before).some((call) => call.code !== 0)).toBe(_name !== 'answers come late');
    for (const group of ['village', 'town', 'department'] as const) {
      expect(caseCards(stage, { group, number })).toHaveLength(1);
      expect(posted(stage, group)).toHaveLength(1);
      expect(lastCard(stage, group)).toContain('民政部门包志远正在办理');
      const order = ['待接收', '办理中', '待接收', '办理中'];
      expect(statesSeen(stage, { group, number })).toEqual(group === 'department' ? order.slice(2) : order);
    }
    await expectAllWell(stage, { residents: [zhang] });
  });
});

describe('when the platform is away', () => {
  beforeEach(async () => {
    stage = await raiseCurtain();
  });

  it('for some minutes, the cards of several cases arrive afterwards once each, in the order of the cases', async () => {
    const { people, groups, sandbox } = stage;
    const phones = ['13800001230', '13800001231', '13800001232'];
    for (const [n, phone] of phones.entries()) {
      await people.villageAgent.says(groups.village, `/登记 低保 ${zhang.name}${'甲乙丙丁戊'.charAt(n)} ${phone}`);
    }
    await stage.settle();
    sandbox.faults.serverErrors(10);
    for (const _ of phones) {
      const form = { 自愿委托确认: true };
      expect((await people.villageAgent.clicks(groups.village, '提交登记', form)).toast?.type).toBe('success');
    }
    await stage.settle();
    const numbers = ['26-01-00001', '26-01-00002', '26-01-00003'];
    const titles = posted(stage, 'town').map((message) => /代办件 (\d{2}-\d{2}-\d{5})/.exec(message.content)?.[1]);
    expect(titles).toEqual(numbers);
    await expectAllWell(stage, { residents: [zhang, ...phones.map((phone) => ({ ...zhang, phone }))] });
  });

  it('for hours: everything comes when it is back, and once', async () => {
    const { people, groups, sandbox, clock } = stage;
    await people.villageAgent.says(groups.village, `/登记 低保 ${zhang.name} ${zhang.phone}`);
    await stage.settle();
    const before = clock.now();
    sandbox.faults.serverErrors(120);
    await people.villageAgent.clicks(groups.village, '提交登记', { 自愿委托确认: true });
    await stage.settle();
    expect(clock.now() - before).toBeGreaterThan(70 * 60_000);
    expect(lastCard(stage, 'town')).toContain('[接收]');
    await presses(stage, { who: 'townClerk', where: 'town', label: '接收' });
    expect(caseCards(stage, { group: 'town', number: '26-01-00001' })).toHaveLength(1);
    await expectAllWell(stage, { residents: [zhang] });
  });

  it('without any answer for one call, the call is given up after ten seconds and made again with the same uuid', async () => {
    const { people, groups, sandbox } = stage;
    sandbox.faults.timeouts(1);
    await people.townClerk.says(groups.town, '/我');
    await stage.settle();
    expect(posted(stage, 'town')).toHaveLength(1);
    await expectAllWell(stage, { residents: [] });
  });

  it('over the long connection too: a press fails visibly, and works when the connection is back', async () => {
    const number = await registers(stage, { item: '低保' });
    stage.sandbox.faults.dropWebsockets();
    const lost = await clicks(stage, { who: 'townClerk', where: 'town', label: '接收' });
    expect(lost.error?.code).toBe(200340);
    expect(lastCard(stage, 'village')).toContain('待接收');
    await stage.sandbox.connected();
    await presses(stage, { who: 'townClerk', where: 'town', label: '接收' });
    for (const group of ['village', 'town'] as const) {
      expect(statesSeen(stage, { group, number })).toEqual(['待接收', '办理中']);
    }
    await expectAllWell(stage, { residents: [zhang] });
  });

  it('a private message meets the same faults: the applicant’s data is sent once', async () => {
    await registers(stage, { item: '低保' });
    stage.sandbox.faults.dropConnections(3, { afterStoring: true });
    await presses(stage, { who: 'townClerk', where: 'town', label: '查看申请人' });
    const revealed = stage.people.townClerk.sees().filter((text) => text.includes(zhang.name));
    expect(revealed).toHaveLength(1);
    await expectAllWell(stage, { residents: [zhang] });
  });
});
