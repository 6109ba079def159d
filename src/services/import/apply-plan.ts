/** Takes in another version of the plan's tasks, and another list of checks. What units have said of the former stays. */
import { readinessWrites } from '../../../db/repositories/readiness.ts';
import { type TaskRow, taskReads, taskWrites } from '../../../db/repositories/task.ts';
import { type Ctx, requireStaff, today } from '../../ctx.ts';
import { addDays } from '../../domain/calendar.ts';
import type { CheckListValues } from '../../domain/import/checks.ts';
import type { Change } from '../../domain/import/plan.ts';
import type { TaskValues } from '../../domain/import/tasks.ts';
import { recordCheckList, recordTasks } from '../ledger/plan-entries.ts';

/** A changed task goes on as another version from today: what was yesterday stays as it was. */
export async function applyTasks(ctx: Ctx, changes: readonly Change<TaskValues>[]): Promise<void> {
  const known = new Map((await taskReads.all(ctx.tx)).map((task) => [task.id, task]));
  const written: TaskRow[] = [];
  for (const { id, values } of changes) {
    const set = { ...values, responsible: [...values.responsible], untilDay: null };
    const before = id === null ? undefined : known.get(id);
    if (before?.fromDay === today(ctx)) {
      await taskWrites.update(ctx.tx, { id: before.id, set });
      written.push({ ...before, ...set });
      continue;
    }
    if (before) written.push(await end(ctx, before));
    const line = before ? (before.line ?? before.id) : null;
    written.push(await taskWrites.insert(ctx.tx, { ...set, line, fromDay: today(ctx) }));
  }
  await recordTasks(ctx, written);
}

/** These versions count no more from today on. */
export async function endTasks(ctx: Ctx, ids: readonly number[]): Promise<void> {
  const going = (await taskReads.all(ctx.tx)).filter(({ id }) => ids.includes(id));
  const ended: TaskRow[] = [];
  for (const task of going) ended.push(await end(ctx, task));
  await recordTasks(ctx, ended);
}

/** One that began today never counted. */
async function end(ctx: Ctx, task: TaskRow): Promise<TaskRow> {
  const untilDay = addDays(today(ctx), -1);
  await taskWrites.update(ctx.tx, { id: task.id, set: { untilDay } });
  return { ...task, untilDay };
}

/** There is one change at most: the list as a whole. */
export async function applyChecks(ctx: Ctx, changes: readonly Change<CheckListValues>[]): Promise<void> {
  for (const { values } of changes) {
    const { name, fromDay } = values;
    const checks = values.checks.map((check) => ({ ...check }));
    const createdBy = requireStaff(ctx).agent.id;
    const list = await readinessWrites.insertList(ctx.tx, { name, fromDay, checks, createdAt: ctx.now, createdBy });
    await recordCheckList(ctx, list);
  }
}
