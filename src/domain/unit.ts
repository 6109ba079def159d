/**
 * The five-level tree of government units (自治区 / 盟市 / 旗县 / 苏木乡镇 / 嘎查社区), the departments under the banner, and the outlets
 * (服务点) of banks and the post below towns and villages, where agents serve people, too (the plan's sections 2 and 15).
 */

export const unitLevels = ['region', 'league', 'banner', 'department', 'town', 'village', 'outlet'] as const;
export type UnitLevel = (typeof unitLevels)[number];

/** 实施层级 as the catalogue prints it, highest first. */
export const itemLevels = ['自治区级', '盟市级', '县级', '镇级', '村级'] as const;
export type ItemLevel = (typeof itemLevels)[number];

/** Which 实施层级 a unit works at. A department is part of the banner, hence 县级. */
export const itemLevelOfUnit: Readonly<Record<UnitLevel, ItemLevel>> = {
  region: '自治区级',
  league: '盟市级',
  banner: '县级',
  department: '县级',
  town: '镇级',
  village: '村级',
  outlet: '村级',
};

/** Holds letters of the traditional Mongolian script, which runs from top to bottom, its columns from left to right. */
export function isVerticalScript(text: string): boolean {
  return /[\u1800-\u18AF]/u.test(text);
}
