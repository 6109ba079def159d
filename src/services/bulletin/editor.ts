/** Who makes a bulletin: the banner's managers, and administrators. Everybody of the banner reads what is published. */
import { lineOf, type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, type Reading, requireStaff, type Staff } from '../../ctx.ts';
import { Refused } from '../../refusals.ts';

/** The banner that somebody works in or below; of who works above all banners the first. */
export async function bannerOf(ctx: Reading, unitId: number): Promise<UnitRow> {
  const units = await unitReads.all(ctx.tx);
  const own = lineOf(unitId, units).find(({ level }) => level === 'banner');
  const banner = own ?? units.find(({ level, active }) => level === 'banner' && active);
  if (!banner) throw new Refused('bulletin_no_banner');
  return banner;
}

export function isEditor({ agent }: Pick<Staff, 'agent'>, bannerId: number): boolean {
  if (agent.status !== 'active') return false;
  return agent.role === 'admin' || (agent.role === 'manager' && agent.unitId === bannerId);
}

/** Refuses `bulletin_not_yours`, and strangers. */
export async function requireEditor(ctx: Ctx, bannerId: number): Promise<Staff> {
  const staff = requireStaff(ctx);
  if (isEditor(staff, bannerId)) return staff;
  throw new Refused('bulletin_not_yours', { banner: (await unitReads.byId(ctx.tx, bannerId))?.name ?? '旗县' });
}

/** Whether somebody works in the banner or below it, or is an administrator: what is published is for them. */
export async function isReader(ctx: Reading, { agent }: Pick<Staff, 'agent'>, bannerId: number): Promise<boolean> {
  if (agent.status !== 'active') return false;
  if (agent.role === 'admin') return true;
  return (await unitReads.lineage(ctx.tx, agent.unitId)).some(({ id }) => id === bannerId);
}
