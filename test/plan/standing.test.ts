/** What units say of the plan's tasks and of the checks (七有): who may, two at once, what stood on a day, and the ledger. */
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agentReads } from '../../db/repositories/agent.ts';
import { readinessReads } from '../../db/repositories/readiness.ts';
import { taskReads } from '../../db/repositories/task.ts';
import { unitReads } from '../../db/repositories/unit.ts';
import type { Ctx } from '../../src/ctx.ts';
import { Refused } from '../../src/refusals.ts';
import { answerChecks } from '../../src/services/readiness/answer.ts';
import { readinessSummary } from '../../src/services/readiness/summary.ts';
import { taskSummary } from '../../src/services/task/summary.ts';
import { updateTask } from '../../src/services/task/update.ts';
import {
  ADA,
  BANNER_MANAGER,
  CIVIL_MANAGER,
  CLERK,
  OTHER_CLERK,
  openScene,
  type Scene,
  TOWN_MANAGER,
} from '../support/scene.ts';
import { tamper } from '../support/tamper.ts';

let scene: Scene;
let town: number;
let station: number;

beforeEach(async () => {
  scene = await openScene();
  town = scene.unitId('巴彦托海镇');
  station = scene.unitId('安达社区');
});

afterEach(() => scene.close());

/** Does something as a member of staff; the code of the refusal when it is refused. */
function as<Result>(openId: string, work: (ctx: Ctx) => Promise<Result>): Promise<Result | string> {
  return scene
    .asProgram(async (ctx) => {
      const agent = await agentReads.byOpenId(ctx.tx, openId);
      const unit = agent && (await unitReads.byId(ctx.tx, agent.unitId));
      if (!agent || !unit) throw new Error(`nobody is ${openId}`);
      return work({ ...ctx, actor: { kind: 'agent', agent, unit } });
    })
    .catch((error: unknown) => {
      if (error instanceof Refused) return error.code;
      throw error;
    });
}

const taskOf = (number: number) =>
  scene.db.read(async (tx) => (await taskReads.all(tx)).find((task) => task.number === number)?.id ?? 0);
const update = async (openId: string, over: Partial<Parameters<typeof updateTask>[1]> & { number?: number } = {}) => {
  const { number = 9, ...rest } = over;
  const input = { taskId: await taskOf(number), unitId: town, seen: 0, state: 'underWay' as const, text: '牌子在做' };
  return as(openId, (ctx) => updateTask(ctx, { ...input, ...rest }));
};
const tasksOn = (unitId: number, on: string) => scene.db.read((tx) => taskSummary({ tx }, { unitId, on }));
const readyOn = (unitId: number, on: string) => scene.db.read((tx) => readinessSummary({ tx }, { unitId, on }));

const answer = async (openId: string, over: Partial<Parameters<typeof answerChecks>[1]> = {}) => {
  const [list] = await scene.db.read((tx) => readinessReads.lists(tx));
  const said = (list?.checks ?? []).map((_, index) => ({ index, present: true, note: '' }));
  return as(openId, (ctx) => answerChecks(ctx, { unitId: station, listId: list?.id ?? 0, seen: 0, said, ...over }));
};

describe('a task', () => {
  it('of the plan is of every town, of the departments, or of the banner, and red when its day is over', async () => {
    // Towns have all but tasks 4, 5: fourteen; the banner has 1–6, 8, 11, 14–16 and 13 for a department it lacks.
    expect(await tasksOn(town, '2026-11-23')).toEqual({ done: 0, onTrack: 0, atRisk: 0, late: 14, total: 14 });
    expect(await tasksOn(scene.unitId('民政部门'), '2026-11-23')).toMatchObject({ total: 8 });
    expect(await tasksOn(scene.unitId('鄂温克族自治旗'), '2026-11-23')).toMatchObject({ total: 12 + 10 * 14 + 10 * 8 });
    expect(await tasksOn(town, '2022-12-20')).toEqual({ done: 0, onTrack: 4, atRisk: 10, late: 0, total: 14 });
    expect(await tasksOn(town, '2022-09-19')).toMatchObject({ total: 0 });
  });

  it('is what was said of it last, and was on each day what it was then', async () => {
    await update(TOWN_MANAGER, { state: 'done', text: '十个站都挂了牌' });
    scene.clock.to('2026-11-25T09:00');
    await update(TOWN_MANAGER, { seen: 1, state: 'underWay', text: '两块牌子掉了，在补' });
    expect(await tasksOn(town, '2026-11-22')).toMatchObject({ done: 0, late: 14 });
    expect(await tasksOn(town, '2026-11-24')).toMatchObject({ done: 1, late: 13 });
    expect(await tasksOn(town, '2026-11-25')).toMatchObject({ done: 0, late: 14 });
    expect(await scene.checkLedger()).toMatchObject({ faults: [] });
  });

  it('is written by the managers of its unit and of those above, and by nobody else', async () => {
    expect(await update(CLERK)).toBe('task_not_yours');
    expect(await update(CIVIL_MANAGER)).toBe('task_not_yours');
    expect(await update(BANNER_MANAGER)).toMatchObject({ kind: 'saved' });
    expect(await update(TOWN_MANAGER, { number: 5 })).toBe('task_not_of_unit');
    expect(await update(TOWN_MANAGER, { taskId: 999 })).toBe('task_gone');
    expect(await update(TOWN_MANAGER, { state: 'ongoing', seen: 1 })).toBe('task_not_ongoing');
    expect(await update(TOWN_MANAGER, { state: 'done', text: '', seen: 1 })).toBe('task_needs_words');
  });

  it('of two who write at once is the first one’s, and the second is told; a press twice counts once', async () => {
    expect(await update(TOWN_MANAGER)).toMatchObject({ kind: 'saved' });
    expect(await update(TOWN_MANAGER)).toMatchObject({ kind: 'saved' });
    expect(await update(BANNER_MANAGER, { state: 'done', text: '都挂了' })).toMatchObject({ kind: 'newer' });
    expect(await update(TOWN_MANAGER, { seen: 1 })).toBe('task_unchanged');
    expect((await scene.entries()).filter(({ kind }) => kind === 'updateTask')).toHaveLength(1);
  });

  it('keeps no number and no address of what was written', async () => {
    await update(TOWN_MANAGER, { text: '李四13912345678家门口的牌子' });
    const rows = await scene.db.read((tx) => taskReads.allUpdates(tx));
    expect(JSON.stringify(rows)).not.toMatch(/李四|牌子/u);
    expect(
      scene.vault.records.open(`task_updates.text:${rows[0]?.line}:${town}:1`, rows[0]?.textSealed ?? ''),
    ).not.toContain('13912345678');
  });
});

describe('a check', () => {
  it('is said by the station’s own people and the managers above', async () => {
    expect(await answer(OTHER_CLERK)).toBe('readiness_not_yours');
    expect(await answer(CLERK)).toBe('readiness_not_yours');
    expect(await answer(ADA)).toEqual({ kind: 'saved', changed: 7 });
    expect(await answer(TOWN_MANAGER, { seen: 7 })).toEqual({ kind: 'saved', changed: 0 });
    expect(await answer(TOWN_MANAGER, { unitId: scene.unitId('民政部门') })).toBe('readiness_no_place');
  });

  it('counts on the day it was found, and a station is ready with all of the list', async () => {
    await answer(ADA);
    scene.clock.to('2026-11-25T09:00');
    await answer(ADA, { seen: 1, said: [{ index: 3, present: false, note: '指南改版，下周印好' }] });
    const stations = async (on: string) => (await readyOn(town, on)).stations;
    expect(await stations('2026-11-22')).toEqual({ ready: 0, total: 3 });
    expect(await stations('2026-11-23')).toEqual({ ready: 1, total: 3 });
    expect(await stations('2026-11-25')).toEqual({ ready: 0, total: 3 });
    expect((await readyOn(scene.unitId('鄂温克族自治旗'), '2026-11-25')).centers).toEqual({ ready: 0, total: 10 });
    expect(await scene.checkLedger()).toMatchObject({ faults: [] });
  });

  it('of two who send at once is the first one’s; the second is told and writes nothing', async () => {
    await answer(ADA);
    const said = [{ index: 0, present: false, note: '窗口在修' }];
    expect(await answer(TOWN_MANAGER, { said })).toMatchObject({ kind: 'newer' });
    expect(await answer(TOWN_MANAGER, { said, seen: 1, listId: 99 })).toMatchObject({ kind: 'newer' });
    expect((await scene.entries()).filter(({ kind }) => kind === 'answerCheck')).toHaveLength(7);
  });
});

it('what somebody changes in the rows shows in the check of the ledger', async () => {
  await update(TOWN_MANAGER);
  await answer(ADA);
  await tamper(scene.db, async ({ q, t }) => {
    await q.update(t.taskUpdates).set({ state: 'done' });
    await q.delete(t.readinessAnswers).where(eq(t.readinessAnswers.number, 1));
  });
  const { faults } = await scene.checkLedger();
  expect(faults).toContainEqual({ about: 'plan', of: 'taskUpdate', id: 1, problem: 'differs' });
  expect(faults).toContainEqual({ about: 'plan', of: 'answer', id: 1, problem: 'no row' });
});
