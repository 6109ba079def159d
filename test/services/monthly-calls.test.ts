import { afterEach, beforeEach, expect, it } from 'vitest';
import { changeConnectionState } from '../../src/services/connection/state.ts';
import { monthlyCalls } from '../../src/services/message/calls.ts';
import { BANNER_MANAGER, CLERK, openScene, type Scene, TOWN } from '../support/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene({ now: '2026-11-01T00:00' });
});

afterEach(() => scene.close());

const calls = () => scene.asProgram((ctx) => monthlyCalls(ctx));

it('counts what went out this month, by kind, and tells what it comes to by its end', async () => {
  scene.clock.to('2026-11-10T10:00');
  const before = await calls();
  const posts = scene.posted.length;
  await scene.register();
  await scene.does(CLERK, { target: TOWN, label: '接收' });
  await scene.says(BANNER_MANAGER, '/统计 本月');
  await scene.settle();
  scene.clock.to('2026-11-15T24:00');
  const { byKind, total, forecast } = await calls();
  expect(byKind.post + byKind.reply - before.byKind.post - before.byKind.reply).toBe(scene.posted.length - posts);
  // In this office nobody knows whether an answer went out: the form that became the case, the pressed card, the village's card.
  expect(byKind.update).toBe(3);
  expect(total).toBe(byKind.post + byKind.reply + byKind.update);
  expect(forecast).toBe(2 * total);
});

it('a file is two calls', async () => {
  await scene.register();
  await scene.says(BANNER_MANAGER, '/排名 本月');
  await scene.settle();
  await scene.does(BANNER_MANAGER, { target: BANNER_MANAGER, label: '导出' });
  expect(scene.files).toHaveLength(1);
  expect((await calls()).byKind.file).toBe(2);
});

it('begins anew with the month', async () => {
  await scene.register();
  scene.clock.to('2026-12-01T00:00');
  const lists = (month: string, count: number) =>
    scene.asProgram((ctx) => changeConnectionState(ctx, { listed: { month, calls: count } }));
  await lists('2026-11', 7);
  expect(await calls()).toEqual({ byKind: { post: 0, reply: 0, update: 0, file: 0, list: 0 }, total: 0, forecast: 0 });
  await lists('2026-12', 5);
  await lists('2026-12', 4);
  expect(await calls()).toMatchObject({ byKind: { list: 9 }, total: 9 });
});
