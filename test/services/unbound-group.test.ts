import { afterEach, beforeEach, expect, it } from 'vitest';
import { buttonOf, wordsOf } from '../support/office.ts';
import { ADA, CLERK, openScene, type Scene, TOWN, UNBOUND } from '../support/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});

afterEach(async () => {
  await scene.close();
});

function offered(target: string): string[] {
  return ['接收', '退回补正', '重新转送', '撤回', '催办', '确认送达'].filter(
    (label) => buttonOf(scene.last(target).card, label) !== undefined,
  );
}

it('a case registered in a group that belongs to nobody is carried on there', async () => {
  const { caseNumber } = await scene.register({}, { openId: ADA, chat: UNBOUND });
  expect(wordsOf(scene.last(UNBOUND).card)).toContain(caseNumber);
  expect(offered(UNBOUND)).toEqual(['撤回', '催办']);

  const form = { reason: 'materials', materials: '户口本' };
  await scene.does(CLERK, { target: TOWN, label: '退回补正', form });
  expect(offered(UNBOUND)).toEqual(['重新转送', '撤回']);
  await scene.does(ADA, { target: UNBOUND, label: '重新转送' });
  expect(offered(TOWN)).toEqual(['接收', '退回补正']);

  // The people of the group are not the town's: what is the holder's to press is not offered here.
  expect(offered(UNBOUND)).toEqual(['撤回', '催办']);
});

it('and delivered and rated there', async () => {
  const record = await scene.register({}, { openId: ADA, chat: UNBOUND });
  await scene.does(CLERK, { target: TOWN, label: '接收' });
  await scene.does(CLERK, { target: TOWN, label: '办结', form: { outcome: 'granted' } });
  expect(offered(UNBOUND)).toEqual(['确认送达']);
  await scene.does(ADA, { target: UNBOUND, label: '确认送达', form: { deliveryWay: 'doorstep' } });
  await scene.does(ADA, { target: UNBOUND, label: '回访评价', form: { rating: '5' } });
  expect(await scene.record(record.id)).toMatchObject({ state: 'archived', rating: 5 });
});
