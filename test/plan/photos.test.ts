/** Photos of a task and of a check: sent privately, kept sealed, given back to those who fill it in. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lays, photo } from '../papers/support.ts';
import { wordsOf } from '../support/office.ts';
import { ADA, CLERK, openScene, type Scene, TOWN, TOWN_MANAGER, VILLAGE } from '../support/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});

afterEach(() => scene.close());

const shown = (openId: string) => wordsOf(scene.last(openId).card);

async function sendsPicture(openId: string, key: string, content: Buffer | Error): Promise<void> {
  scene.resources.set(key, content);
  await scene.sends(openId, { files: [{ kind: 'image', key }], wordless: 'picture' });
  await scene.app.papers.drain();
  await scene.settle();
}

it('of a task is kept, counted on its form, and given back to its managers alone', async () => {
  await scene.says(TOWN_MANAGER, '/任务');
  await scene.settle();
  await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '填' });
  await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '传照片或PDF' });
  expect(shown(TOWN_MANAGER)).toContain('任务1 三级政务服务体系健全');
  await sendsPicture(TOWN_MANAGER, 'img_sign', await photo());
  await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '传完了' });
  await scene.says(TOWN_MANAGER, '/任务', TOWN);
  await scene.settle();
  await scene.does(TOWN_MANAGER, { target: TOWN, label: '填' });
  await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '看照片（1份）' });
  expect(scene.files.at(-1)).toMatchObject({ target: TOWN_MANAGER, name: '巴彦托海镇 照片1.jpg' });
  const [entry] = (await scene.entries()).filter(({ kind }) => kind === 'attachEvidence');
  expect(JSON.parse(entry?.payload ?? '{}')).toMatchObject({ of: 'task', unitId: scene.unitId('巴彦托海镇') });
  const value = { v: 1, action: 'task.photos', taskId: 1, unitId: scene.unitId('巴彦托海镇') };
  expect((await scene.forges(CLERK, { value, chat: TOWN })).toast?.content).toContain('要由巴彦托海镇的管理员');
  expect(await scene.checkLedger()).toMatchObject({ faults: [] });
});

it('may be a PDF, sent as a file; what only bears such a name is not taken', async () => {
  await scene.says(TOWN_MANAGER, '/任务');
  await scene.settle();
  await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '填' });
  await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '传照片或PDF' });
  expect(shown(TOWN_MANAGER)).toContain('请把照片或PDF直接发给我');
  const notice = Buffer.from('%PDF-1.4\n%%EOF');
  await scene.sends(TOWN_MANAGER, { files: [lays(scene, notice, 'file')] });
  await scene.sends(TOWN_MANAGER, { files: [lays(scene, Buffer.from('MZ not a PDF'), 'file')] });
  await scene.settle();
  scene.clock.advance(6_000);
  await scene.settle();
  expect(shown(TOWN_MANAGER)).toContain('已收1份');
  await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '传完了' });
  await scene.says(TOWN_MANAGER, '/任务', TOWN);
  await scene.settle();
  await scene.does(TOWN_MANAGER, { target: TOWN, label: '填' });
  await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '看照片（1份）' });
  expect(scene.files).toEqual([{ target: TOWN_MANAGER, name: '巴彦托海镇 照片1.pdf', content: notice }]);
});

it('of a check that is too large is refused with what to do, and the next one is taken', async () => {
  await scene.says(ADA, '/七有', VILLAGE);
  await scene.settle();
  await scene.does(ADA, { target: VILLAGE, label: '细看' });
  await scene.does(ADA, { target: ADA, label: '传照片或PDF' });
  await sendsPicture(ADA, 'img_huge', Buffer.alloc(30 * 1024 * 1024, 1));
  expect(shown(ADA)).toContain('超过20MB');
  await sendsPicture(ADA, 'img_fine', await photo());
  scene.clock.advance(6_000);
  await scene.settle();
  expect(wordsOf(scene.cards(ADA, '传照片或PDF').at(-1)?.card ?? scene.last(ADA).card)).toContain('已收1份');
  await scene.does(ADA, { target: ADA, label: '传完了' });
  expect((await scene.entries()).filter(({ kind }) => kind === 'attachEvidence')).toHaveLength(1);
});
