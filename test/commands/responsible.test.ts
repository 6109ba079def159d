import { afterEach, beforeEach, expect, it } from 'vitest';
import { agentReads } from '../../db/repositories/agent.ts';
import { wordsOf } from '../support/office.ts';
import {
  ADA,
  ADMIN,
  BAI,
  CLERK,
  NAME,
  OTHER_CLERK,
  openScene,
  type Scene,
  SECOND,
  TOWN,
  TOWN_MANAGER,
  VILLAGE,
} from '../support/scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const says = async (openId: string, line: string) => {
  await scene.says(openId, line);
  await scene.settle();
  return wordsOf(scene.last(openId).card);
};
const idOf = async (openId: string) => (await scene.db.read((tx) => agentReads.byOpenId(tx, openId)))?.id ?? 0;

/** Registered on the 23rd; ADA away on the 24th; accepted on the 25th, handed over on the 26th; ADA leaves on the 27th. */
async function weekOf(): Promise<string> {
  const { caseNumber } = await scene.register();
  await says(ADA, '/代班 白音 明天');
  const form = { standIn: String(await idOf(BAI)), fromDay: '明天' };
  await scene.does(ADA, { target: ADA, label: '定下来', form });
  scene.clock.to('2026-11-25T09:00');
  await scene.does(CLERK, { target: TOWN, label: '接收' });
  scene.clock.to('2026-11-26T09:00');
  await scene.does(CLERK, { target: TOWN, label: '中止、终止、转办' });
  await scene.does(CLERK, { target: CLERK, label: '转办给同事', form: { handler: String(await idOf(SECOND)) } });
  scene.clock.to('2026-11-27T09:00');
  await says(ADMIN, '/停用 阿达');
  await scene.does(ADMIN, { target: ADMIN, label: '确认停用' });
  scene.clock.to('2026-11-27T12:00');
  return caseNumber;
}

it('is told stretch by stretch, and of one day', async () => {
  const number = await weekOf();
  const all = (await says(TOWN_MANAGER, `/责任人 ${number}`)).replaceAll('**', '');
  for (const words of [
    '跟进：安达社区 阿达\n2026年11月23日 10:00 至 2026年11月24日 00:00',
    '跟进：安达社区 阿达（白音代班）\n2026年11月24日 00:00 至 2026年11月25日 00:00',
    '跟进：安达社区 阿达\n2026年11月25日 00:00 至 2026年11月27日 09:00',
    '跟进：安达社区 本单位\n2026年11月27日 09:00 至 现在',
    '承办：巴彦托海镇便民服务中心 本单位\n2026年11月23日 10:00 至 2026年11月25日 09:00',
    '承办：巴彦托海镇便民服务中心 王芳\n2026年11月25日 09:00 至 2026年11月26日 09:00',
    '承办：巴彦托海镇便民服务中心 李强\n2026年11月26日 09:00 至 现在',
  ])
    expect(all).toContain(words);
  expect(all).not.toContain(NAME);
  const day = await says(TOWN_MANAGER, `/责任人 ${number} 11月24日`);
  expect(day).toContain('（白音代班）');
  expect(day).not.toContain('李强');
  expect(await says(TOWN_MANAGER, `/责任人 ${number} 11月1日`)).toContain('这一天没有人承办或跟进');
});

it('comes from the card of the deadline, too, and only to whoever may see the case', async () => {
  const { caseNumber, id } = await scene.register();
  await scene.forges(CLERK, { value: { v: 1, action: 'case.explainDue', caseId: id }, chat: TOWN });
  await scene.settle();
  await scene.does(CLERK, { target: CLERK, label: '责任人' });
  expect(wordsOf(scene.last(CLERK).card)).toContain('跟进：安达社区 阿达');
  expect(await says(OTHER_CLERK, `/责任人 ${caseNumber}`)).toContain('没有找到');
  const forged = await scene.forges(OTHER_CLERK, { value: { v: 1, action: 'case.responsible', caseId: id } });
  expect(forged.toast?.content).toContain('没有找到这个代办件');
  await scene.says(CLERK, `/责任人 ${caseNumber}`, VILLAGE);
  await scene.settle();
  expect(wordsOf(scene.last(VILLAGE).card)).toContain('已私信发给您');
});

it.each([
  ['/责任人', '请写上完整编号'],
  ['/责任人 26-01-00001 本月', '没看懂是哪一天'],
  ['/责任人 26-01-00001 昨天 今天', '没看懂是哪一天'],
  ['/责任人 26-09-99999', '没有找到'],
])('%s: says what to write', async (line, words) => {
  await scene.register();
  expect(await says(TOWN_MANAGER, line)).toContain(words);
});
