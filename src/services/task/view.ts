/** What the cards of 任务 show. */
import type { Card } from '../../../cards/card.ts';
import { dayWithYear } from '../../../cards/kit.ts';
import {
  type TaskBoardView,
  type TaskFormView,
  type TaskLine,
  type TaskListView,
  taskBoardCard,
  taskListCard,
} from '../../../cards/task.ts';
import { agentReads } from '../../../db/repositories/agent.ts';
import type { TaskUpdateRow } from '../../../db/repositories/task.ts';
import { type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, type Reading, today } from '../../ctx.ts';
import { startOfDay } from '../../domain/calendar.ts';
import { lightOf, responsibleText, statesFor, type Task, type TaskState } from '../../domain/task.ts';
import { recordOpener } from '../data-key/record-keys.ts';
import { photosOf } from '../evidence/place.ts';
import { requireManagerOf } from '../unit/require-manager.ts';
import { countLights, type Standing, standingsOf } from './standing.ts';
import { historyOf, type OwnTask, openUpdate } from './update.ts';

/** Of one card. */
const TASKS_PAGE = 16;
const HISTORY_MAX = 4;

export type TasksAsked = {
  readonly unitId: number;
  /** `own`: the unit's own tasks, for who may fill them in; else those of all below it; absent: those below, where there are any. */
  readonly by?: 'own' | 'unit' | 'task';
  readonly page?: number;
  readonly said?: string;
};

export type TasksView =
  | { readonly kind: 'board'; readonly view: TaskBoardView }
  | { readonly kind: 'list'; readonly view: TaskListView };

/** Refuses whoever does not manage the unit: `not_for_your_role`, `stats_not_yours`. */
export async function viewTasks(ctx: Ctx, asked: TasksAsked): Promise<TasksView & { readonly unit: UnitRow }> {
  await requireManagerOf(ctx, asked.unitId);
  const units = await unitReads.all(ctx.tx);
  const unit = units.find(({ id }) => id === asked.unitId);
  if (!unit) throw new Error(`unit ${asked.unitId} was there a moment ago`);
  const standings = await standingsOf(ctx, { unitId: unit.id, day: today(ctx), units });
  const below = standings.some((one) => one.unit.id !== unit.id);
  const { by = below ? 'unit' : 'own' } = asked;
  if (by === 'own') return { unit, kind: 'list', view: listOf(ctx, { unit, standings, asked }) };
  const common = { unitId: unit.id, unit: unit.name, day: today(ctx), by, counts: countLights(standings) };
  const rows = by === 'unit' ? rowsByUnit(standings) : rowsByTask(standings);
  return { unit, kind: 'board', view: { ...common, rows } };
}

export function drawTasks(shown: TasksView): Card {
  return shown.kind === 'board' ? taskBoardCard(shown.view) : taskListCard(shown.view);
}

function rowsByUnit(standings: readonly Standing[]): TaskBoardView['rows'] {
  return groupsOf(standings, ({ unit }) => unit.id).map((own) => ({
    name: own[0].unit.name,
    counts: countLights(own),
    unitId: own[0].unit.id,
  }));
}

function rowsByTask(standings: readonly Standing[]): TaskBoardView['rows'] {
  return groupsOf(standings, ({ task }) => task.id).map((own) => ({
    name: `${own[0].task.number}. ${own[0].task.title}`,
    counts: countLights(own),
    unitId: null,
  }));
}

function groupsOf(
  standings: readonly Standing[],
  key: (standing: Standing) => number,
): (readonly [Standing, ...Standing[]])[] {
  const groups = new Map<number, [Standing, ...Standing[]]>();
  for (const standing of standings) {
    const known = groups.get(key(standing));
    if (known) known.push(standing);
    else groups.set(key(standing), [standing]);
  }
  return [...groups.values()];
}

function listOf(
  ctx: Ctx,
  { unit, standings, asked }: { unit: UnitRow; standings: readonly Standing[]; asked: TasksAsked },
): TaskListView {
  const own = standings.filter((one) => one.unit.id === unit.id);
  const pages = Math.max(1, Math.ceil(own.length / TASKS_PAGE));
  const page = Math.min(asked.page ?? 0, pages - 1);
  return {
    unitId: unit.id,
    unit: unit.name,
    day: today(ctx),
    counts: countLights(own),
    page,
    pages,
    tasks: own.slice(page * TASKS_PAGE, (page + 1) * TASKS_PAGE).map((one) => lineFor(ctx, one)),
    ...(asked.said === undefined ? {} : { said: asked.said }),
  };
}

function lineFor(ctx: Reading, { task, state, light, insteadOf }: Standing): TaskLine {
  return { taskId: task.id, number: task.number, title: task.title, due: dueWords(ctx, task), state, light, insteadOf };
}

/** 2022年12月31日前，持续推进. */
export function dueWords(
  { zone }: Pick<Reading, 'zone'>,
  { dueDay, ongoing }: Pick<Task, 'dueDay' | 'ongoing'>,
): string {
  const due = dueDay === null ? '没有时限' : `${dayWithYear(startOfDay(dueDay, zone), zone)}前`;
  return `${due}${ongoing ? '，持续推进' : ''}`;
}

/** The form of a task. `filled`: what was typed into it, which somebody else's update has come before. */
export async function viewTaskForm(
  ctx: Ctx,
  { own, filled }: { own: OwnTask; filled?: { readonly state: TaskState; readonly text: string } },
): Promise<TaskFormView> {
  const { task, unit } = own;
  const history = await historyOf(ctx, { task, unit, limit: HISTORY_MAX });
  const [last] = history;
  const state = last?.state ?? 'notStarted';
  return {
    taskId: task.id,
    unitId: unit.id,
    unit: unit.name,
    number: task.number,
    title: task.title,
    responsible: responsibleText(task.responsible, await unitReads.all(ctx.tx)),
    due: dueWords(ctx, task),
    light: lightOf({ ...task, state }, today(ctx)),
    states: statesFor(task),
    said: await saidLines(ctx, history),
    seen: last?.number ?? 0,
    photos: await photosOf(ctx, { unitId: unit.id, kind: 'task', ref: String(task.line) }),
    filled: filled ?? { state, text: last ? openUpdate(await recordOpener(ctx), last) : '' },
    newer: filled !== undefined,
  };
}

async function saidLines(ctx: Reading, updates: readonly TaskUpdateRow[]): Promise<TaskFormView['said']> {
  const people = await agentReads.byIds(ctx.tx, [...new Set(updates.map(({ by }) => by))]);
  const opener = await recordOpener(ctx);
  return updates.map((update) => ({
    state: update.state,
    by: people.find(({ id }) => id === update.by)?.name ?? '',
    when: dayWithYear(update.at, ctx.zone),
    text: openUpdate(opener, update),
  }));
}
