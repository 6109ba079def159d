import { afterEach, beforeEach, expect, it } from 'vitest';
import { wordsOf } from '../support/office.ts';
import { ADA, openScene, type Scene, VILLAGE } from '../support/scene.ts';
import { asksFor, lays, papersOf, photo } from './support.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

it('传材料 asks privately, and everything sent then is answered by that one card', async () => {
  const record = await scene.register();
  await asksFor(scene, VILLAGE);
  const card = scene.last(ADA);
  expect(wordsOf(card.card)).toContain(`请把 ${record.caseNumber} 的材料照片直接发给我`);
  const before = scene.posted.length;
  for (let n = 0; n < 3; n++) await scene.sends(ADA, { files: [lays(scene, await photo())] });
  await scene.settle();
  expect(scene.posted).toHaveLength(before);
  expect(wordsOf(card.card)).toContain('已收3张');
  expect(await papersOf(scene, record)).toMatchObject([{ state: 'kept' }, { state: 'kept' }, { state: 'kept' }]);
  await scene.says(ADA, '传完了');
  await scene.settle();
  expect(wordsOf(card.card)).toContain('已结束');
  expect(wordsOf(scene.last(VILLAGE).card)).toContain('3份');
  const kinds = (await scene.entries(record.id)).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'attach')).toHaveLength(3);
  expect((await scene.checkLedger()).faults).toEqual([]);
});
