import type { StoodInFor } from '../../../db/repositories/stand-in.ts';
import { lineOf, type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import type { Reading, Staff } from '../../ctx.ts';

/**
 * Where the applicants live whose errands this member of staff may register: a village agent's own village, a town agent's
 * town and its villages, an outlet's those of the unit it belongs to, everywhere for the banner and its departments (the plan's
 * section 8: 旗政务服务中心设立帮办代办窗口). Whoever stands in for colleagues may register for their people, too.
 */
export async function residencesFor(ctx: Reading, { unit, standsInFor = [] }: Staff): Promise<UnitRow[]> {
  const residences: UnitRow[] = [];
  for (const own of [unit, ...standsInFor.map((one) => one.unit)]) residences.push(...(await residencesOf(ctx, own)));
  return [...new Map(residences.map((one) => [one.id, one])).values()];
}

async function residencesOf(ctx: Reading, own: UnitRow): Promise<UnitRow[]> {
  const above =
    own.level === 'outlet' && own.parentId !== null ? await unitReads.byId(ctx.tx, own.parentId) : undefined;
  const unit = above ?? own;
  if (unit.level === 'village') return [unit];
  if (unit.level === 'town') return [...(await villagesOf(ctx, unit.id)), unit];
  return unitReads.ofLevels(ctx.tx, ['town', 'village']);
}

async function villagesOf(ctx: Reading, townId: number): Promise<UnitRow[]> {
  return (await unitReads.children(ctx.tx, townId)).filter(({ level }) => level === 'village');
}

export interface Residence {
  readonly unit: UnitRow;
  /** The residence, the registering unit and the item's department, and everything above them. */
  readonly units: readonly UnitRow[];
  /** For whose people it is, where not for those of the own unit: the case is then that colleague's. */
  readonly stoodInFor: StoodInFor | undefined;
}

/** The unit of this number, if it is one of `residencesFor`, without reading the others. `departmentId`: to be read with it. */
export async function residenceFor(
  ctx: Reading,
  { staff, id, departmentId }: { staff: Staff; id: string | undefined; departmentId: number | null },
): Promise<Residence | undefined> {
  if (id === undefined || !/^[1-9]\d{0,8}$/.test(id)) return undefined;
  const { standsInFor = [] } = staff;
  const posts = [staff.unit.id, ...standsInFor.map((one) => one.unit.id)];
  const units = await unitReads.withAbove(ctx.tx, [Number(id), ...posts, departmentId ?? staff.unit.id]);
  const [unit] = lineOf(Number(id), units);
  if (!unit) return undefined;
  const isOf = (unitId: number) => {
    const [own, above] = lineOf(unitId, units);
    return own !== undefined && isResidenceFor(unit, own.level === 'outlet' && above ? above : own);
  };
  if (isOf(staff.unit.id)) return { unit, units, stoodInFor: undefined };
  const stoodInFor = standsInFor.find((one) => isOf(one.unit.id));
  return stoodInFor && { unit, units, stoodInFor };
}

function isResidenceFor(residence: UnitRow, unit: UnitRow): boolean {
  if (residence.id === unit.id) return unit.level === 'village' || unit.level === 'town';
  if (!residence.active || unit.level === 'village') return false;
  if (unit.level === 'town') return residence.parentId === unit.id && residence.level === 'village';
  return residence.level === 'town' || residence.level === 'village';
}
