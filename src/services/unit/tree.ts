/** Above and below a unit, among units that have been read. */
import type { UnitRow } from '../../../db/repositories/unit.ts';

/** The unit, then its parents up to the root. */
export function lineOf(unit: UnitRow, units: readonly UnitRow[]): UnitRow[] {
  const parent = units.find((one) => one.id === unit.parentId);
  return parent === undefined ? [unit] : [unit, ...lineOf(parent, units)];
}

/** The unit and everything below it. */
export function subtreeOf(unit: UnitRow, units: readonly UnitRow[]): UnitRow[] {
  return [unit, ...units.filter((one) => one.parentId === unit.id).flatMap((child) => subtreeOf(child, units))];
}
