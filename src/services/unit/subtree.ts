import type { UnitRow } from '../../../db/repositories/unit.ts';

/** The unit and everything below it. */
export function subtree(units: readonly UnitRow[], rootId: number): number[] {
  const below = units.filter((unit) => unit.parentId === rootId && unit.id !== rootId);
  return [rootId, ...below.flatMap((unit) => subtree(units, unit.id))];
}
