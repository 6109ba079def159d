/** Which banners somebody has to do with, among units that have been read. */
import { lineOf, type UnitRow } from '../../../db/repositories/unit.ts';
import { subtreeOf } from './tree.ts';

/** The banner that a unit is or lies below; of one above banners those in use below it, in the order of the plan. */
export function bannersOf(unitId: number, units: readonly UnitRow[]): UnitRow[] {
  const line = lineOf(unitId, units);
  const above = line.filter(({ level }) => level === 'banner');
  const [unit] = line;
  if (above.length > 0 || !unit) return above;
  const below = subtreeOf(unit, units).filter(({ level, active }) => level === 'banner' && active);
  return below.sort((a, b) => a.id - b.id);
}
