/**
 * How many statements a delivery costs. On PostgreSQL each is a journey to the server and back, and on SQLite work that the next
 * writer waits for, so the numbers are held here: whoever adds one sees it.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { queriesOf } from '../support/query-log.ts';
import { ADA, CLERK, openScene, type Scene, TOWN, TOWN_MANAGER, UNEMPLOYMENT, VILLAGE } from '../support/scene.ts';

/** BEGIN, SAVEPOINT around the handler, RELEASE, COMMIT. */
const FRAME = 4;
const REGISTRATION_MAX = 25;
const STEP_MAX = 18;
/** Where working days are counted, the banner's own days are read. */
const OWN_DAYS = 1;
/** A step that brings the case's card anew to somebody: two more for the new card, and the holder's own column. */
const PASSING_STEP_MAX = 20;
/** It ends the card of those who held the case, and tells them. */
const RECALL_MAX = 23;
const STATISTICS_MAX = 9 + OWN_DAYS;
/** The pressed card, read on a snapshot after the commit. */
const DRAWING_MAX = 8;

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});

afterEach(() => scene.close());

/** Queries of the transaction that writes, which ends with the answer's row, and of drawing the pressed card afterwards. */
async function costOf(
  work: () => Promise<unknown>,
): Promise<{ writing: readonly string[]; drawing: readonly string[] }> {
  const queries = await queriesOf(work);
  const last = queries.findLastIndex((sql) => sql.startsWith('update "inbox"'));
  expect(last).toBeGreaterThan(0);
  return { writing: queries.slice(0, last + 1), drawing: queries.slice(last + 1) };
}

function expectWithin(cost: Awaited<ReturnType<typeof costOf>>, max: number): void {
  expect(cost.writing.length + FRAME, cost.writing.join('\n')).toBeLessThanOrEqual(max);
  expect(cost.drawing.length, cost.drawing.join('\n')).toBeLessThanOrEqual(DRAWING_MAX);
}

async function registrationCost(chat: string | undefined, over = {}) {
  // A town's first case costs two statements more, to begin its chain.
  await scene.register({ applicantName: '李四', phone: '13900000001' });
  await scene.says(ADA, '/登记', chat);
  await scene.settle();
  const press = { target: chat ?? ADA, label: '提交登记', form: scene.registration(over) };
  return costOf(() => scene.clicks(ADA, press));
}

describe('a registration', () => {
  it.each([
    ['in a group', VILLAGE, {}],
    ['in a private chat', undefined, {}],
    ['done on the spot', VILLAGE, { itemName: UNEMPLOYMENT, onTheSpot: true }],
  ])('%s costs few statements', async (_, chat, over) => {
    expectWithin(await registrationCost(chat, over), REGISTRATION_MAX);
  });
});

describe('a step', () => {
  it.each([
    ['接收', [], TOWN, CLERK, {}, STEP_MAX],
    ['退回补正', ['接收'], TOWN, CLERK, { note: '缺材料', materials: '户口簿' }, STEP_MAX + OWN_DAYS],
    ['重新转送', ['退回补正'], VILLAGE, ADA, { note: '补齐了' }, STEP_MAX + OWN_DAYS],
    ['办结', ['接收'], TOWN, CLERK, { outcome: 'granted' }, STEP_MAX + OWN_DAYS],
    ['确认送达', ['接收', '办结'], VILLAGE, ADA, { deliveryWay: 'doorstep' }, STEP_MAX],
    ['撤回', [], VILLAGE, ADA, { note: '不办了' }, STEP_MAX],
    ['加说明', [], VILLAGE, ADA, { say: '周五来' }, STEP_MAX],
    ['撤销', ['接收', '办结'], TOWN, CLERK, {}, PASSING_STEP_MAX],
    ['收回', ['接收', '转上级'], TOWN, CLERK, {}, RECALL_MAX],
    ['转上级', ['接收'], TOWN, CLERK, { note: '请核' }, PASSING_STEP_MAX + OWN_DAYS],
    ['催办', [], VILLAGE, ADA, {}, PASSING_STEP_MAX],
  ] as const)('%s costs few statements', async (label, before, target, openId, form, max) => {
    await scene.register();
    for (const step of before) {
      await scene.does(CLERK, { target: TOWN, label: step, form: { note: '缺材料', outcome: 'granted' } });
    }
    expectWithin(await costOf(() => scene.clicks(openId, { target, label, form })), max);
  });
});

describe('/统计', () => {
  it.each([
    '/统计 本月',
    '/统计 今年 按事项',
    '/统计 本季 按人',
    '/统计 2026-10-05..2026-11-20 巴彦托海镇',
    '/统计 本月 民政部门',
  ])('%s costs few statements', async (line) => {
    await scene.register();
    const { writing } = await costOf(() => scene.says(TOWN_MANAGER, line));
    expect(writing.length, writing.join('\n')).toBeLessThanOrEqual(STATISTICS_MAX);
  });
});
