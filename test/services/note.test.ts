/** 加说明: whoever sees a case says something about it, on its card or by a reply. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { encodeAction } from '../../cards/action-values.ts';
import { buttonOf, wordsOf } from '../support/office.ts';
import {
  ADA,
  ADMIN,
  CIVIL,
  CIVIL_MANAGER,
  CLERK,
  NAME,
  OTHER_CLERK,
  OTHER_TOWN,
  openScene,
  PHONE,
  type Scene,
  STRANGER,
  TOWN,
  VILLAGE,
} from '../support/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});

afterEach(() => scene.close());

const notes = async (caseId: number) => (await scene.entries(caseId)).filter(({ kind }) => kind === 'note');
const says = (openId: string, say: string, caseId: number, chat = TOWN) =>
  scene.forges(openId, { chat, value: encodeAction({ action: 'case.note', caseId, version: 1 }), form: { say } });

it('changes the cards in place, hides who it is about, and leaves everybody’s buttons good', async () => {
  const { id } = await scene.register();
  const before = scene.posted.length;
  const answer = await scene.does(CLERK, { target: TOWN, label: '加说明', form: { say: `${NAME}${PHONE}周五来` } });
  expect(answer.toast?.content).toBe('已记入 26-01-00001 的说明');
  scene.clock.advance(60_000);
  await scene.settle();
  expect(scene.posted.length).toBe(before);
  for (const chat of [TOWN, VILLAGE]) {
    expect(wordsOf(scene.last(chat).card)).toContain('11月23日 王芳说明：张**138****1234周五来');
  }
  const [entry] = await notes(id);
  expect(entry).toMatchObject({ payload: '{}', unitId: scene.unitId('巴彦托海镇') });
  expect(JSON.stringify(entry)).not.toContain('周五');
  expect((await scene.record(id)).version).toBe(1);
  expect((await scene.does(ADA, { target: VILLAGE, label: '催办' })).toast?.type).toBe('success');
  expect((await scene.checkLedger()).faults).toEqual([]);
});

it('is for whoever sees the case, until it is archived or withdrawn', async () => {
  const { id } = await scene.register();
  await scene.does(CLERK, { target: TOWN, label: '接收' });
  await scene.does(CLERK, { target: TOWN, label: '转上级' });
  // The town that passed it up, and the manager of the item's department.
  for (const openId of [CLERK, CIVIL_MANAGER, ADMIN])
    expect((await says(openId, '情况', id)).toast?.type).toBe('success');
  expect((await says(OTHER_CLERK, '情况', id, OTHER_TOWN)).toast?.content).toBe('没有找到这个代办件，请核对编号。');
  expect((await says(STRANGER, '情况', id)).toast?.content).toContain('还没有登记为代办员');
  expect(buttonOf(scene.last(CIVIL).card, '加说明')).toBeDefined();
  await scene.does(ADA, { target: VILLAGE, label: '撤回', form: { note: '不办了' } });
  expect((await says(CLERK, '情况', id)).toast?.content).toContain('已经撤回');
  expect(await notes(id)).toHaveLength(3);
});

it('says something, and not too much', async () => {
  const { id } = await scene.register();
  expect((await says(CLERK, ' \u200b', id)).toast?.content).toBe('请先写说明，再点“加说明”。');
  expect((await says(CLERK, '长'.repeat(501), id)).toast?.content).toContain('补充情况请控制在500字以内');
  expect((await says(CLERK, '长'.repeat(150_000), id)).toast?.type).toBe('warning');
  expect((await says(CLERK, '长'.repeat(500), id)).toast?.type).toBe('success');
  expect(await notes(id)).toHaveLength(1);
});

it('the same words of the same person count once within a minute: the answer was lost on its way', async () => {
  const { id } = await scene.register();
  await says(CLERK, '周五来', id);
  scene.clock.advance(50_000);
  expect((await says(CLERK, ' 周五来 ', id)).toast?.content).toBe('已记入 26-01-00001 的说明');
  expect(await notes(id)).toHaveLength(1);
  await says(CLERK, '周六来', id);
  await says(ADA, '周五来', id, VILLAGE);
  expect(await notes(id)).toHaveLength(3);
  scene.clock.advance(60_000);
  await says(CLERK, '周五来', id);
  expect(await notes(id)).toHaveLength(4);
});

it('goes with the person', async () => {
  const { id } = await scene.register();
  await says(CLERK, '周五来', id);
  await scene.says(ADMIN, '/查 26-01-00001');
  await scene.settle();
  await scene.does(ADMIN, { target: ADMIN, label: '删除个人信息' });
  await scene.does(ADMIN, { target: ADMIN, label: '确认删除', form: { reason: '本人要求删除' } });
  scene.clock.advance(60_000);
  await scene.settle();
  expect(wordsOf(scene.last(TOWN).card)).not.toContain('周五');
  expect((await says(CLERK, '还有', id)).toast?.content).toContain('个人信息已按规定删除');
  expect((await scene.checkLedger()).faults).toEqual([]);
});
