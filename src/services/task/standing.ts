/** How the plan's tasks stand with the units they are of, on a day. */
import { type TaskRow, type TaskUpdateRow, taskReads } from '../../../db/repositories/task.ts';
import { type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import type { Reading } from '../../ctx.ts';
import { countsOn, lightOf, type Task, type TaskLight, type TaskState, unitsOf } from '../../domain/task.ts';
import { subtreeOf } from '../unit/tree.ts';

/** One task of one unit. */
export interface Standing {
  readonly task: Task;
  readonly unit: UnitRow;
  /** Units the plan names that the tree does not have: this one keeps the task for them. */
  readonly insteadOf: readonly string[];
  readonly state: TaskState;
  readonly light: TaskLight;
  /** What was said last; undefined: nothing. */
  readonly update: TaskUpdateRow | undefined;
}

/** Every task of the unit and of those below it, by number and then in the order of the units. @param asked.day YYYY-MM-DD */
export async function standingsOf(
  ctx: Pick<Reading, 'tx'>,
  asked: { unitId: number; day: string; units?: readonly UnitRow[] },
): Promise<Standing[]> {
  const units = asked.units ?? (await unitReads.all(ctx.tx));
  const top = units.find(({ id }) => id === asked.unitId);
  if (!top) return [];
  const below = new Map(subtreeOf(top, units).map((unit) => [unit.id, unit]));
  const tasks = tasksOn(await taskReads.all(ctx.tx), asked.day);
  const updates = await taskReads.standing(ctx.tx, { unitIds: [...below.keys()], day: asked.day });
  const said = new Map(updates.map((update) => [`${update.line} ${update.unitId}`, update]));
  return tasks.flatMap((task) =>
    unitsOf(task.responsible, units).flatMap(({ unitId, insteadOf }) => {
      const unit = below.get(unitId);
      if (!unit) return [];
      const update = said.get(`${task.line} ${unitId}`);
      const state = update?.state ?? 'notStarted';
      return [{ task, unit, insteadOf, state, light: lightOf({ ...task, state }, asked.day), update }];
    }),
  );
}

/** The tasks that count on a day, by their number. */
export function tasksOn(rows: readonly TaskRow[], day: string): Task[] {
  return rows
    .filter((row) => countsOn(row, day))
    .map(({ line, ...row }) => ({ ...row, line: line ?? row.id }))
    .sort((a, b) => a.number - b.number || a.id - b.id);
}

/** As many of each light as there are. */
export function countLights(
  standings: readonly Pick<Standing, 'light'>[],
): Record<TaskLight, number> & { total: number } {
  const counts = { done: 0, onTrack: 0, atRisk: 0, late: 0, total: standings.length };
  for (const { light } of standings) counts[light] += 1;
  return counts;
}
