/** 确认报送 is taken back for ten minutes by whoever sent it. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { encodeAction } from '../../cards/action-values.ts';
import { askWitness } from '../../src/services/ledger/witness.ts';
import { remindTowns } from '../../src/services/report/remind.ts';
import { wordsOf } from '../support/office.ts';
import { openScene, type Scene, SECOND, TOWN, TOWN_MANAGER } from '../support/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene({ now: '2026-12-10T09:00' });
  await scene.asProgram((ctx) => remindTowns(ctx, '2026-11'));
  await scene.settle();
  scene.clock.to('2026-12-10T09:30');
  await scene.does(TOWN_MANAGER, { target: TOWN, label: '确认报送' });
});

afterEach(() => scene.close());

const undoes = async (openId: string) =>
  (
    await scene.forges(openId, {
      chat: TOWN,
      value: encodeAction({ action: 'report.undo', townId: scene.unitId('巴彦托海镇'), month: '2026-11' }),
    })
  ).toast?.content;

it('is to be sent again, and the ledger holds both and what came after', async () => {
  expect(wordsOf(scene.last(TOWN).card)).toContain('报错了？12月10日 09:40前可由包主任撤销');
  scene.clock.to('2026-12-10T09:39');
  const answer = await scene.does(TOWN_MANAGER, { target: TOWN, label: '撤销' });
  expect(answer.toast?.content).toBe('2026年11月月报的报送已撤销，请核对后重新报送');
  expect(wordsOf(scene.last(TOWN).card)).toContain('确认报送');
  expect((await scene.checkLedger()).faults).toEqual([]);
  expect(await undoes(TOWN_MANAGER)).toBe('巴彦托海镇2026年11月的月报没有报送，不用撤销。');
  await scene.does(TOWN_MANAGER, { target: TOWN, label: '确认报送' });
  expect((await scene.checkLedger()).faults).toEqual([]);
  const kinds = (await scene.entries()).map(({ kind }) => kind).filter((kind) => kind.toLowerCase().includes('report'));
  expect(kinds).toEqual(['report', 'undoReport', 'report']);
});

it('says on its card which entry of the ledger it is, and the ledger confirms it', async () => {
  const words = wordsOf(scene.last(TOWN).card);
  const { lines } = await scene.db.read((tx) => askWitness(tx, words));
  expect(lines.map(({ name, result }) => [name, result])).toEqual([['巴彦托海镇', 'stands']]);
  await scene.does(TOWN_MANAGER, { target: TOWN, label: '撤销' });
  expect(wordsOf(scene.last(TOWN).card)).not.toContain('台账指纹');
});

it('by nobody else, and not later', async () => {
  expect(await undoes(SECOND)).toBe('“报送”只能由包主任撤销，请联系他们。');
  scene.clock.to('2026-12-10T09:41');
  expect(await undoes(TOWN_MANAGER)).toBe('“报送”要在09:40前撤销，现在过了。数字或文字有出入的，请点“更正”。');
  expect((await scene.entries()).some(({ kind }) => kind === 'undoReport')).toBe(false);
});
