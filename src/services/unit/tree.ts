/** What lies below a unit, among units that have been read. */
import type { UnitRow } from '../../../db/repositories/unit.ts';

/** The unit and everything below it. */
export function subtreeOf(unit: UnitRow, units: readonly UnitRow[]): UnitRow[] {
  return [unit, ...units.filter((one) => one.parentId === unit.id).flatMap((child) => subtreeOf(child, units))];
}
