import { type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import type { Reading, Staff } from '../../ctx.ts';

/**
 * Where the applicants live whose errands this member of staff may register: a village agent's own village, a town agent's
 * town and its villages, everywhere for the banner and its departments (the plan's section 8: 旗政务服务中心设立帮办代办窗口).
 */
export async function residencesFor(ctx: Reading, { unit }: Staff): Promise<UnitRow[]> {
  if (unit.level === 'village') return [unit];
  if (unit.level === 'town') return [...(await unitReads.children(ctx.tx, unit.id)), unit];
  return unitReads.ofLevels(ctx.tx, ['town', 'village']);
}
