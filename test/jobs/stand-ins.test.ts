import { afterEach, beforeEach, expect, it } from 'vitest';
import { agentReads } from '../../db/repositories/agent.ts';
import { ADA, BAI, openScene, type Scene } from '../support/scene.ts';
import { cardsIn, passes } from './support.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

it('tells both on the first morning and after the last, once each, and nobody whose leave was named the same day', async () => {
  const bai = await scene.db.read((tx) => agentReads.byOpenId(tx, BAI));
  await scene.says(ADA, '/代班');
  await scene.settle();
  const form = { standIn: String(bai?.id), fromDay: '11月28日', toDay: '11月29日' };
  await scene.does(ADA, { target: ADA, label: '定下来', form });
  await passes(scene, '2026-11-27T08:00', '2026-11-28T08:00', '2026-11-28T08:00', '2026-11-29T08:00');
  for (const openId of [ADA, BAI]) {
    expect(cardsIn(scene, openId, '从今天起')).toHaveLength(1);
    expect(cardsIn(scene, openId, '代班到期了')).toHaveLength(0);
  }
  await passes(scene, '2026-11-30T08:00', '2026-12-01T08:00');
  for (const openId of [ADA, BAI]) expect(cardsIn(scene, openId, '到昨天为止')).toHaveLength(1);
});
