/** 退回补正 and 重新转送: in whose hands a case is that comes again. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { wordsOf } from '../support/office.ts';
import { ADA, CLERK, openScene, type Scene, SECOND, TOWN, TOWN_MANAGER, VILLAGE } from '../support/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

it('is its unit’s, in nobody’s hands, until it is accepted again; what lies past its day is nobody’s own', async () => {
  const { id } = await scene.register();
  await scene.does(CLERK, { target: TOWN, label: '接收' });
  await scene.does(CLERK, { target: TOWN, label: '退回补正', form: { note: '缺户口本', materials: '户口簿' } });
  await scene.does(ADA, { target: VILLAGE, label: '重新转送' });
  expect(await scene.record(id)).toMatchObject({ state: 'forwarded', handlerId: null });
  scene.clock.to('2026-12-14T10:00');
  await scene.says(TOWN_MANAGER, '/统计 本月 按代办员');
  await scene.settle();
  const byPerson = wordsOf(scene.last(TOWN_MANAGER).card);
  expect(byPerson).toContain('超期在办');
  expect(byPerson).not.toContain('王芳');
  await scene.does(SECOND, { target: TOWN, label: '接收' });
  expect((await scene.record(id)).handlerId).not.toBeNull();
  expect((await scene.checkLedger()).faults).toEqual([]);
});
