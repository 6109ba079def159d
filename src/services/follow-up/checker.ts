/** Who asks a resident once more (抽查回访). */
import { followUpCheckReads } from '../../../db/repositories/follow-up-check.ts';
import { lineOf, unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, personOf, type Reading, type Staff } from '../../ctx.ts';
import { postsOf } from '../../domain/permission.ts';
import { may, onBehalfOf, type Subject } from '../../domain/rights.ts';
import type { CaseDossier } from '../case/dossier.ts';
import { requireRight } from '../require-right.ts';

/** Of which units' cases somebody may ask once more, in the own right or a colleague's; none for who is not of a banner's office. */
export async function checkedUnits({ tx }: Pick<Reading, 'tx'>, staff: Staff): Promise<number[]> {
  const person = personOf(staff);
  if (!may('checkRatings', person)) return [];
  const units = await unitReads.all(tx);
  const lineIds = (id: number) => lineOf(id, units).map((unit) => unit.id);
  return units.flatMap(({ id }) => (may('checkRatings', person, { unitLine: lineIds(id) }) ? [id] : []));
}

/** Somebody of a banner's office, whichever it is: what they may ask about, `checkedUnits` and `mayCheck` say. Refuses `check_not_yours`. */
export function requireChecker(ctx: Ctx): Staff {
  return requireRight(ctx, { right: 'checkRatings', otherwise: 'check_not_yours' });
}

/** For whom a case is checked, where not in the own right. */
export function checksFor(staff: Staff, dossier: CaseDossier): number | undefined {
  return onBehalfOf('checkRatings', personOf(staff), checkOf(dossier));
}

function checkOf({ registeringLine }: CaseDossier): Subject {
  return { unitLine: registeringLine.map(({ id }) => id) };
}

/**
 * The case was drawn, nobody has asked yet, and it lies below the checker's unit. Nobody checks their own visit or work, nor that of whom
 * they stand in for.
 */
export async function mayCheck(
  ctx: Pick<Reading, 'tx'>,
  { staff, dossier }: { staff: Staff; dossier: CaseDossier },
): Promise<boolean> {
  const { record } = dossier;
  const person = personOf(staff);
  if (!may('checkRatings', person, checkOf(dossier))) return false;
  const own = postsOf(person).map(({ agentId }) => agentId);
  if (own.some((id) => id === record.handlerId || id === record.followedUpById)) return false;
  return (await followUpCheckReads.ofCase(ctx.tx, record.id))?.checkedAt === null;
}
