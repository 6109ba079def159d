import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CaseRow } from '../../db/repositories/case.ts';
import { wordsOf } from '../support/office.ts';
import { ADA, CLERK, openScene, type Scene, TOWN, VILLAGE } from '../support/scene.ts';
import { asksFor, lays, papersOf, photo } from './support.ts';

const MATERIALS = ['身份证复印件', '户口簿复印件', '银行卡复印件'];

let scene: Scene;
let record: CaseRow;
beforeEach(async () => {
  scene = await openScene();
  await scene.db.write(async ({ q, t }) => void (await q.update(t.itemVersions).set({ materials: MATERIALS })));
  record = await scene.register();
});
afterEach(() => scene.close());

const names = async (option: string) => {
  const [paper] = await papersOf(scene, record);
  const value = { v: 1, action: 'papers.name', roundId: paper?.roundId, itemId: record.itemId };
  const answer = await scene.forges(ADA, { value, chat: ADA, option });
  await scene.settle();
  return answer;
};

it('what is named is ticked off, on the sender’s card and on the case’s', async () => {
  await asksFor(scene, VILLAGE);
  await scene.sends(ADA, { files: [lays(scene, await photo())] });
  await scene.settle();
  await names('1');
  const own = wordsOf(scene.last(ADA).card);
  expect(own).toContain('已有：户口簿复印件');
  expect(own).toContain('还缺：身份证复印件、银行卡复印件');
  await scene.says(ADA, '传完了');
  await scene.settle();
  expect(wordsOf(scene.last(TOWN).card)).toContain('材料1份，已有户口簿复印件，还缺身份证复印件、银行卡复印件');
  expect((await scene.checkLedger()).faults).toEqual([]);
});

it.each(['3', '-1', '1e0', 'x'.repeat(1000), ''])(
  'a material that is not in the list is refused: %.10s',
  async (option) => {
    await asksFor(scene, VILLAGE);
    await scene.sends(ADA, { files: [lays(scene, await photo())] });
    await scene.settle();
    expect((await names(option)).toast?.type).not.toBe('success');
    expect(await papersOf(scene, record)).toMatchObject([{ material: null }]);
  },
);

it('退回补正 names all that is missing at once, and a second one has to say why it was not said before', async () => {
  const value = async () => {
    const { version } = await scene.record(record.id);
    return { v: 1, action: 'case.return', caseId: record.id, version };
  };
  const give = async (form: Record<string, unknown>) => {
    const answer = await scene.forges(CLERK, {
      value: await value(),
      chat: TOWN,
      form: form as Record<string, string>,
    });
    await scene.settle();
    return answer;
  };
  expect((await give({ missing: ['9'] })).toast?.type).not.toBe('success');
  expect((await give({ missing: ['0', '2'], materials: '低保申请书' })).toast?.type).toBe('success');
  const card = wordsOf(scene.last(VILLAGE).card);
  for (const words of ['身份证复印件', '银行卡复印件', '低保申请书']) expect(card).toContain(words);
  await scene.does(ADA, { target: VILLAGE, label: '重新转送', form: { note: '补齐了' } });
  const before = await scene.dump();
  expect((await give({ missing: ['1'] })).toast?.content).toMatch(/第一次|上次|上一次/);
  expect(await scene.dump()).toBe(before);
  expect((await give({ missing: ['1'], whyNotBefore: '当时没有看出来' })).toast?.type).toBe('success');
  expect((await scene.checkLedger()).faults).toEqual([]);
});
