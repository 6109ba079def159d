/** 其他事项: an errand that the catalogue does not list, in the agent's own words. The catalogue has one entry that stands for all of them. */
import type { RoutedItem } from './routing.ts';
import { itemLevels } from './unit.ts';

/** In place of the 实施编码, which such an errand has none of. */
export const OTHER_ITEM_CODE = 'other';

export function isOtherItem({ code }: { readonly code: string }): boolean {
  return code === OTHER_ITEM_CODE;
}

/** As an errand is routed: one outside of the catalogue may be passed up to the department that was named for it, and nowhere else. */
export function routedAs<Item extends RoutedItem>(item: Item, otherDepartmentId: number | null): Item {
  if (otherDepartmentId === null) return item;
  const levels = itemLevels.filter((level) => level === '县级' || item.levels.includes(level));
  return { ...item, levels, departmentUnitId: otherDepartmentId };
}
