/** Who asks a resident once more (抽查回访). */
import { followUpCheckReads } from '../../../db/repositories/follow-up-check.ts';
import { type Ctx, personOf, type Reading, requireStaff, type Staff } from '../../ctx.ts';
import { managesUnit } from '../../domain/permission.ts';
import { Refused } from '../../refusals.ts';
import type { CaseDossier } from '../case/dossier.ts';

/** Managers of the banner or above it, and administrators. */
export function isChecker({ agent, unit }: Staff): boolean {
  const above = unit.level === 'banner' || unit.level === 'league' || unit.level === 'region';
  return agent.role === 'admin' || (agent.role === 'manager' && above);
}

/** Refuses `check_not_yours`. */
export function requireChecker(ctx: Ctx): Staff {
  const staff = requireStaff(ctx);
  if (!isChecker(staff)) throw new Refused('check_not_yours');
  return staff;
}

/** The case was drawn, nobody has asked yet, and it lies below the checker's unit. Nobody checks their own visit or work. */
export async function mayCheck(
  ctx: Pick<Reading, 'tx'>,
  { staff, dossier }: { staff: Staff; dossier: CaseDossier },
): Promise<boolean> {
  const { record, registeringLine } = dossier;
  const line = registeringLine.map(({ id }) => id);
  if (!isChecker(staff) || !managesUnit(personOf(staff), line)) return false;
  if (record.handlerId === staff.agent.id || record.followedUpById === staff.agent.id) return false;
  return (await followUpCheckReads.ofCase(ctx.tx, record.id))?.checkedAt === null;
}
