/**
 * Where a case goes. Source: the plan, sections 1 and 11 (纵向三级联动、横向部门协作): village → its town's
 * center; from there `extended` items, and items handled at a higher level, go on to the banner department the catalogue
 * names, else to the banner's center. A case is never passed down past a level.
 */
import type { AssistType } from './case.ts';
import { type ItemLevel, itemLevelOfUnit, itemLevels, type UnitLevel } from './unit.ts';

export interface RoutedItem {
  readonly levels: readonly ItemLevel[];
  readonly assistType: AssistType;
  readonly departmentUnitId: number | null;
}

export interface RoutedUnit {
  readonly id: number;
  readonly level: UnitLevel;
  readonly parentId: number | null;
}

/**
 * The unit a holder may pass the case up to (转上级), or undefined when the item is handled here at the latest.
 * @param holderLine the holder, then its parents up to the root.
 */
export function higherHolder(item: RoutedItem, holderLine: readonly RoutedUnit[]): number | undefined {
  const [holder] = holderLine;
  if (!holder || !reachesHigher(item, holder.level)) return undefined;
  if (holder.level === 'town' || holder.level === 'village') {
    return item.departmentUnitId ?? holderLine.find((unit) => unit.level === 'banner')?.id;
  }
  const above = holderLine.find((unit) => itemLevelOfUnit[unit.level] !== itemLevelOfUnit[holder.level]);
  return above?.id;
}

/** Whether a village agent may finish this item on the spot (当场办结): only what the catalogue lists at 村级. */
export function mayCompleteOnTheSpot(item: Pick<RoutedItem, 'levels'>): boolean {
  return item.levels.includes('村级');
}

function reachesHigher(item: RoutedItem, level: UnitLevel): boolean {
  const here = itemLevels.indexOf(itemLevelOfUnit[level]);
  const listedAbove = item.levels.some((listed) => itemLevels.indexOf(listed) < here);
  return listedAbove || (item.assistType === 'extended' && level === 'town');
}
