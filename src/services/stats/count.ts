import { type Counters, statsWrites } from '../../../db/repositories/stats.ts';
import { type Ctx, today } from '../../ctx.ts';

/** Dimension of the counters over everything. */
export const ALL_CASES = 'all';

/** Dimension of the counters over the items of one department. */
export function departmentDimension(departmentUnitId: number): string {
  return `department:${departmentUnitId}`;
}

/**
 * Adds to today's counters of the registering unit and every unit above it, in all and for the item's department.
 * Counters count events on the day they happen: a case registered in October and completed in November adds one to each.
 */
export async function count(
  ctx: Ctx,
  event: { unitIds: readonly number[]; departmentUnitId: number | null; add: Partial<Counters> },
): Promise<void> {
  const dimensions = [ALL_CASES];
  if (event.departmentUnitId !== null) dimensions.push(departmentDimension(event.departmentUnitId));
  const day = today(ctx);
  for (const unitId of event.unitIds) {
    for (const dimension of dimensions) {
      await statsWrites.add(ctx.tx, { unitId, day, dimension, add: event.add });
    }
  }
}
