/** Who makes a bulletin: the banner's managers, and administrators. Everybody of the banner reads what is published. */
import { type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, personOf, type Reading, requireStaff, type Staff } from '../../ctx.ts';
import { local } from '../../domain/level-names.ts';
import { may, onBehalfOf } from '../../domain/rights.ts';
import { Refused } from '../../refusals.ts';
import { bannersOf } from '../unit/banners.ts';

/** The banner that somebody works in or below; of who works above all banners the first. */
export async function bannerOf(ctx: Reading, unitId: number): Promise<UnitRow> {
  const [banner] = bannersOf(unitId, await unitReads.all(ctx.tx));
  if (!banner) throw new Refused('no_banner');
  return banner;
}

/** In the own right or a colleague's. */
export function isEditor(staff: Staff, bannerId: number): boolean {
  return staff.agent.status === 'active' && may('editBulletin', personOf(staff), { unitLine: [bannerId] });
}

/** For whom a bulletin is published, where not in the own right. */
export function editsFor(staff: Staff, bannerId: number): number | undefined {
  return onBehalfOf('editBulletin', personOf(staff), { unitLine: [bannerId] });
}

/** Refuses `bulletin_not_yours`, and strangers. */
export async function requireEditor(ctx: Ctx, bannerId: number): Promise<Staff> {
  const staff = requireStaff(ctx);
  if (isEditor(staff, bannerId)) return staff;
  throw new Refused('bulletin_not_yours', { banner: (await unitReads.byId(ctx.tx, bannerId))?.name ?? local`旗县` });
}

/** Whether somebody works in the banner or below it, or is an administrator: what is published is for them. */
export async function isReader(ctx: Reading, { agent }: Pick<Staff, 'agent'>, bannerId: number): Promise<boolean> {
  if (agent.status !== 'active') return false;
  const line = await unitReads.lineage(ctx.tx, agent.unitId);
  const [unit] = line;
  if (!unit) return false;
  const ownLine = line.map(({ id }) => id);
  return may('readBulletin', personOf({ agent, unit }), { unitLine: [bannerId], ownLine });
}
