import { afterEach, beforeEach, expect, it } from 'vitest';
import { outboxReads, outboxWrites } from '../../db/repositories/outbox.ts';
import { LEASE_MS } from '../../src/outbox/store.ts';
import { caseCards, clicks, expectAllWell, presses, registers, statesSeen, zhang } from '../flows/support.ts';
import { at } from '../support/office.ts';
import { raiseCurtain, type TestStage } from '../support/stage.ts';

const MINUTE_MS = 60_000;

let stage: TestStage;
beforeEach(async () => {
  stage = await raiseCurtain({ now: '2026-11-23T10:00' });
});
afterEach(() => stage.close());

/** Sends for some minutes of simulated time, second by second, and no longer. */
async function sendForFiveMinutes(): Promise<void> {
  const until = stage.clock.now() + 5 * MINUTE_MS;
  while (stage.clock.now() < until) {
    await stage.sandbox.idle();
    await stage.service.app.dispatcher.drain();
    stage.clock.moveTo(stage.clock.now() + 1_000);
  }
}

const unsent = () => stage.db.read((tx) => outboxReads.nextAvailableAt(tx));

it('an hour back: groups see the next steps within minutes, not when the clock has caught up', async () => {
  const number = await registers(stage, { item: '低保' });
  stage.clock.moveTo(at('2026-11-23T09:00'));
  const accepted = await stage.people.townClerk.clicks(stage.groups.town, '接收');
  expect(accepted.toast?.type).toBe('success');
  await sendForFiveMinutes();
  expect(await unsent()).toBeUndefined();
  expect(statesSeen(stage, { group: 'village', number })).toEqual(['待接收', '办理中']);
  await presses(stage, { who: 'townClerk', where: 'town', label: '办结', form: { 办理结果: '予以办理' } });
  await expectAllWell(stage, { residents: [zhang] });
});

it('an hour back while messages wait and one is leased to a process that is no more: they go out, once', async () => {
  const { people, groups } = stage;
  await people.villageAgent.says(groups.village, `/登记 低保 ${zhang.name} ${zhang.phone}`);
  await stage.settle();
  await people.villageAgent.clicks(groups.village, '提交登记', { 自愿委托确认: true });
  await stage.db.write((tx) => outboxWrites.claim(tx, { now: stage.clock.now(), limit: 1, leaseMs: LEASE_MS }));
  stage.clock.moveTo(at('2026-11-23T09:00'));
  await sendForFiveMinutes();
  expect(await unsent()).toBeUndefined();
  expect(caseCards(stage, { group: 'town', number: '26-01-00001' })).toHaveLength(1);
  await expectAllWell(stage, { residents: [zhang] });
});

it('forward again by the hour: nothing is repeated', async () => {
  const number = await registers(stage, { item: '低保' });
  stage.clock.moveTo(at('2026-11-23T09:00'));
  await clicks(stage, { who: 'townClerk', where: 'town', label: '接收' });
  await sendForFiveMinutes();
  await stage.moveTo(at('2026-11-23T10:30'));
  await stage.settle();
  for (const group of ['village', 'town'] as const) {
    expect(caseCards(stage, { group, number })).toHaveLength(1);
    expect(statesSeen(stage, { group, number })).toEqual(['待接收', '办理中']);
  }
  await expectAllWell(stage, { residents: [zhang] });
});
