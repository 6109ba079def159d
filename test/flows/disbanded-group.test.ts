import { afterEach, beforeEach, expect, it } from 'vitest';
import { raiseCurtain, type TestStage } from '../support/stage.ts';
import { caseCards, expectAllWell, posted, registers, zhang } from './support.ts';

let stage: TestStage;
beforeEach(async () => {
  stage = await raiseCurtain();
});
afterEach(() => stage.close());

it('a group that is dissolved after it got another name: its people get the cases, the administrators its name', async () => {
  const { people, groups, sandbox } = stage;
  const early = await registers(stage, { item: '低保' });
  expect(caseCards(stage, { group: 'town', number: early })).toHaveLength(1);
  await sandbox.rename(groups.town, people.townManager, '镇便民一群');
  await sandbox.disband(groups.town, people.townManager);
  await stage.settle();
  const told = people.admin.sees().filter((text) => text.includes('巴彦托海镇的群解绑了'));
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('机器人已不在群“镇便民一群”里（被移出，或群已解散）');

  const number = await registers(stage, { item: '高龄津贴' });
  expect(posted(stage, 'town')).toHaveLength(1);
  for (const who of ['townClerk', 'secondClerk', 'townManager'] as const) {
    expect(people[who].sees().filter((text) => text.includes(`代办件 ${number}（待接收）`))).toHaveLength(1);
  }
  await expectAllWell(stage, { residents: [zhang] });
});
