import type { Reading } from '../../ctx.ts';
import type { TaskLight } from '../../domain/task.ts';
import { countLights, standingsOf } from './standing.ts';

/** Of each light how many tasks: one task of three units counts three times. */
export type TaskSummary = Readonly<Record<TaskLight, number>> & { readonly total: number };

/** How the plan's tasks stood with a unit and all below it at the end of a day. @param asked.on YYYY-MM-DD */
export async function taskSummary(
  ctx: Pick<Reading, 'tx'>,
  { unitId, on }: { unitId: number; on: string },
): Promise<TaskSummary> {
  return countLights(await standingsOf(ctx, { unitId, day: on }));
}
