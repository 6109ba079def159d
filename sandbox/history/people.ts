/** Staff of other places, so that there is somebody to rank. Nobody plays them; names are made up, units are the plan's. */
import type { StaffPart } from '../cast.ts';

const PREFIX = 'ou_elsewhere_';

export const elsewhere = {
  [`${PREFIX}1`]: { name: '乌兰', unit: '安门社区', role: 'agent', employment: 'partTime', phone: '13900000011' },
  [`${PREFIX}2`]: { name: '斯琴', unit: '瑟宾社区', role: 'agent', employment: 'fullTime', phone: '13900000012' },
  [`${PREFIX}3`]: { name: '萨仁', unit: '伊兰嘎查', role: 'agent', employment: 'partTime', phone: '13900000013' },
  [`${PREFIX}4`]: { name: '阿古拉', unit: '巴彦塔拉乡', role: 'agent', employment: 'fullTime', phone: '13900000014' },
  [`${PREFIX}5`]: { name: '张磊', unit: '伊敏河镇', role: 'agent', employment: 'fullTime', phone: '13900000015' },
  [`${PREFIX}6`]: { name: '图雅', unit: '锡尼河东苏木', role: 'agent', employment: 'fullTime', phone: '13900000016' },
} as const satisfies Readonly<Record<string, StaffPart>>;

/** Not one of those whom a visitor plays. */
export function isElsewhere(openId: string): boolean {
  return openId.startsWith(PREFIX);
}
