/** The platform's free edition gives a tenant 10,000 calls a month, so what a case costs is held here, over real HTTP and the real SDK. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { playCase } from '../../sandbox/tour/case.ts';
import { createNarrator, type Narrator } from '../../sandbox/tour/narrator.ts';
import { ZONE } from '../support/office.ts';
import { raiseCurtain, type TestStage } from '../support/stage.ts';

const SIMPLE_CASE_MAX = 9;
const LONG_CASE_MAX = 16;
const QUIET_MS = 60_000;

let stage: TestStage;
let story: Narrator;

beforeEach(async () => {
  stage = await raiseCurtain();
  await stage.settle();
  story = createNarrator({ stage, zone: ZONE, print: () => undefined });
});

afterEach(() => stage.close());

/** What counts for the month: neither tokens nor what is asked about people and the bot itself. */
function counted(): string[] {
  return stage.sandbox.calls
    .filter(({ path }) => path.includes('/im/v1/'))
    .map(({ method, path }) => `${method} ${path}`);
}

async function callsOf(work: () => Promise<void>): Promise<string[]> {
  const before = counted().length;
  await work();
  await stage.settle();
  return counted().slice(before);
}

/** 登记 → 接收 → 办结 → 送达 → 回访 → 归档, between a village's group and its town's. */
async function simpleCase(pauseMs: number): Promise<void> {
  const steps: Parameters<Narrator['clicks']>[] = [
    ['villageAgent', { where: 'village', label: '提交登记', form: { 自愿委托确认: true } }],
    ['townClerk', { where: 'town', label: '接收' }],
    ['townClerk', { where: 'town', label: '办结', form: { 办理结果: '予以办理' } }],
    ['villageAgent', { where: 'village', label: '确认送达', form: { 送达方式: '送上门' } }],
    ['villageColleague', { where: 'village', label: '回访评价', form: { 满意度: '非常满意' } }],
  ];
  await story.says('villageAgent', { where: 'village', text: '/登记 低保 张三丰 13800001234' });
  for (const step of steps) {
    await story.clicks(...step);
    await stage.moveTo(stage.clock.now() + pauseMs);
  }
}

it.each([0, 2 * QUIET_MS])('a simple case costs few calls when %i ms lie between its steps', async (pauseMs) => {
  const calls = await callsOf(() => simpleCase(pauseMs));
  expect(calls.length, calls.join('\n')).toBeLessThanOrEqual(SIMPLE_CASE_MAX);
  // The answer, the town's card, the village's new card where the result came.
  expect(calls.filter((call) => call.startsWith('POST'))).toHaveLength(3);
});

it('the long case of the tour costs few calls', async () => {
  const calls = await callsOf(() => playCase(story));
  expect(calls.length, calls.join('\n')).toBeLessThanOrEqual(LONG_CASE_MAX);
  const cards = stage.sandbox.world.messagesOf(stage.groups.department.chatId);
  expect(JSON.stringify(cards.map(({ content }) => content))).toContain('已归档');
});

it('the pressed card is updated when its answer was lost', async () => {
  await story.says('villageAgent', { where: 'village', text: '/登记 低保 张三丰 13800001234' });
  await story.clicks('villageAgent', { where: 'village', label: '提交登记', form: { 自愿委托确认: true } });
  const answered = await callsOf(() => story.clicks('townClerk', { where: 'town', label: '接收' }));
  expect(answered.filter((call) => call.startsWith('PATCH'))).toHaveLength(1);
  await stage.people.townClerk.clicks(stage.groups.town, '办结', { 办理结果: '予以办理' });
  stage.sandbox.faults.dropWebsockets();
  await stage.sandbox.connected();
  const lost = await callsOf(() => stage.settle());
  // The village's old card and its new one, and what the town did not get.
  expect(lost.map((call) => call.split(' ')[0]).sort()).toEqual(['PATCH', 'PATCH', 'POST']);
});
