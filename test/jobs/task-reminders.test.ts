/** Managers hear of their unit's tasks of the plan on the week's first working day, while they are due soon or newly overdue. */
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeAction } from '../../cards/action-values.ts';
import { wordsOf } from '../support/office.ts';
import {
  ADA,
  BANNER_MANAGER,
  CIVIL_MANAGER,
  CLERK,
  openScene,
  type Scene,
  TOWN,
  TOWN_MANAGER,
} from '../support/scene.ts';
import { cardsIn, passes } from './support.ts';

describe('a task of the plan', () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await openScene();
    await scene.app.scheduler.tick();
    await scene.db.write(async ({ q, t }) => {
      await q.update(t.tasks).set({ dueDay: '2026-12-10' }).where(eq(t.tasks.number, 9));
    });
  });

  afterEach(() => scene.close());

  const digests = (target: string) => cardsIn(scene, target, '提醒').map(({ card }) => wordsOf(card));

  it('is named to its unit’s managers on Mondays, from a fortnight before its day until a month after it', async () => {
    await passes(scene, '2026-11-24T09:00', '2026-11-27T09:00');
    expect(digests(TOWN_MANAGER)).toEqual([]);
    await passes(scene, '2026-11-30T09:00', '2026-12-01T09:00', '2026-12-04T09:00');
    expect(digests(TOWN_MANAGER)).toHaveLength(1);
    expect(digests(TOWN_MANAGER)[0]).toContain('快到期1项：第9项（最晚12月10日）');
    expect(digests(TOWN_MANAGER)[0]).toContain('/任务');
    await passes(scene, '2026-12-07T09:00', '2026-12-14T09:00', '2026-12-21T09:00');
    expect(digests(TOWN_MANAGER)).toHaveLength(4);
    expect(digests(TOWN_MANAGER).at(-1)).toContain('逾期1项：第9项（最晚12月10日）');
    for (const other of [TOWN, CLERK, ADA, CIVIL_MANAGER, BANNER_MANAGER]) {
      expect(digests(other).join()).not.toContain('方案任务');
    }
    await passes(scene, '2026-12-28T09:00', '2027-01-04T09:00', '2027-01-11T09:00');
    expect(digests(TOWN_MANAGER)).toHaveLength(6);
    await passes(scene, '2027-01-18T09:00');
    expect(digests(TOWN_MANAGER)).toHaveLength(6);
  });

  it('is not named any more once it is done', async () => {
    const unitId = scene.unitId('巴彦托海镇');
    const [task] = await scene.db.read(({ q, t }) => q.select().from(t.tasks).where(eq(t.tasks.number, 9)));
    const value = encodeAction({ action: 'task.save', taskId: task?.id ?? 0, unitId, seen: 0 });
    await scene.forges(TOWN_MANAGER, { value, form: { state: 'done', text: '十个站都挂牌了' } });
    await passes(scene, '2026-11-30T09:00', '2026-12-07T09:00');
    expect(digests(TOWN_MANAGER)).toEqual([]);
  });

  it('of long ago is nobody’s Monday: it stands in the banner’s weekly digest', async () => {
    await scene.db.write(async ({ q, t }) => {
      await q.update(t.tasks).set({ dueDay: '2026-10-01' }).where(eq(t.tasks.number, 9));
    });
    await passes(scene, '2026-11-30T09:00');
    expect(digests(TOWN_MANAGER)).toEqual([]);
  });
});
