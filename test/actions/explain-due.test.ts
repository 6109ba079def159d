import { afterEach, beforeEach, expect, it } from 'vitest';
import { encodeAction } from '../../cards/action-values.ts';
import { wordsOf } from '../support/office.ts';
import {
  ADA,
  CLERK,
  OTHER_CLERK,
  OTHER_TOWN,
  openScene,
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

const explained = (openId: string) => scene.cards(openId, '的办结期限').map(({ card }) => wordsOf(card));

it('tells whoever asks how the promised day comes about, privately and without a name', async () => {
  const { caseNumber } = await scene.register();
  const answer = await scene.does(CLERK, { target: TOWN, label: '期限怎么算' });
  expect(answer.toast?.content).toBe(`${caseNumber} 的期限算法已私信发给您`);
  const [words = ''] = explained(CLERK);
  expect(words).toContain('11月23日登记 + 5个工作日：24–27日，28、29日周末，30日 → 11月30日');
  expect(words).not.toContain('张');
  expect(scene.cards(TOWN, '的办结期限')).toEqual([]);
});

it('follows the ledger through a return', async () => {
  await scene.register();
  scene.clock.to('2026-11-25T10:00');
  await scene.does(CLERK, { target: TOWN, label: '退回补正', form: { materials: '户口本' } });
  await scene.does(ADA, { target: VILLAGE, label: '期限怎么算' });
  expect(explained(ADA)[0]).toContain('11月25日退回补正后时间不走，还剩3个工作日');
  scene.clock.to('2026-11-30T10:00');
  await scene.does(ADA, { target: VILLAGE, label: '重新转送' });
  await scene.does(ADA, { target: VILLAGE, label: '期限怎么算' });
  expect(explained(ADA)[1]).toContain('11月30日重新转送，接着算3个工作日：12月1–3日 → 12月3日');
});

it('leaves out a 中止 that was taken back', async () => {
  await scene.register();
  await scene.does(CLERK, { target: TOWN, label: '接收' });
  await scene.does(CLERK, { target: TOWN, label: '中止、终止、转办' });
  await scene.does(CLERK, { target: CLERK, label: '中止', form: { suspendReason: 'applicant' } });
  await scene.does(CLERK, { target: TOWN, label: '撤销' });
  await scene.does(CLERK, { target: TOWN, label: '期限怎么算' });
  expect(explained(CLERK)[0]).toContain('11月23日登记 + 5个工作日：24–27日，28、29日周末，30日 → 11月30日');
  expect(explained(CLERK)[0]).not.toContain('中止');
});

it('is told to nobody who may not see the case', async () => {
  const { id } = await scene.register();
  const value = encodeAction({ action: 'case.explainDue', caseId: id });
  expect((await scene.forges(OTHER_CLERK, { value, chat: OTHER_TOWN })).toast?.type).not.toBe('success');
  expect((await scene.forges(STRANGER, { value })).toast?.type).not.toBe('success');
  const nowhere = encodeAction({ action: 'case.explainDue', caseId: 999_999 });
  expect((await scene.forges(CLERK, { value: nowhere })).toast?.type).not.toBe('success');
  await scene.settle();
  for (const person of [OTHER_CLERK, STRANGER, CLERK]) expect(explained(person)).toEqual([]);
});
