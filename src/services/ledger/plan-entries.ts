/** What the ledger says of the plan's tasks and of the lists of checks: that somebody has taken in another version. */
import type { CheckListRow } from '../../../db/repositories/readiness.ts';
import type { TaskRow } from '../../../db/repositories/task.ts';
import type { Ctx } from '../../ctx.ts';
import { recordInBanner } from './list-entries.ts';

export function taskFacts({ id: _, ...facts }: TaskRow) {
  return facts;
}

export function checkListFacts({ name, fromDay, checks }: CheckListRow) {
  return { name, fromDay, checks };
}

export async function recordTasks(ctx: Ctx, tasks: readonly TaskRow[]): Promise<void> {
  await recordInBanner(ctx, {
    kind: 'setTask',
    payloads: tasks.map((task) => ({ ...taskFacts(task), taskId: task.id })),
  });
}

export async function recordCheckList(ctx: Ctx, list: CheckListRow): Promise<void> {
  await recordInBanner(ctx, { kind: 'setChecks', payloads: [{ ...checkListFacts(list), listId: list.id }] });
}
