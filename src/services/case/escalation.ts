import type { UnitRow } from '../../../db/repositories/unit.ts';
import type { Reading } from '../../ctx.ts';
import { isReached } from '../card/targets.ts';
import type { CaseDossier } from './dossier.ts';

/** Where 转上级 leads. */
export interface Escalation {
  /** undefined: nobody would see the case there. */
  readonly to: UnitRow | undefined;
  /** The unit that the item names, where nobody is. */
  readonly deserted: UnitRow | undefined;
}

/** To the unit that the item names; to the banner's center where that has neither group nor people. undefined: there is none above. */
export async function escalationOf(ctx: Reading, dossier: CaseDossier): Promise<Escalation | undefined> {
  const { units, holderLine, higherUnitId } = dossier;
  const named = units.find(({ id }) => id === higherUnitId);
  if (!named) return undefined;
  if (await isReached(ctx, named)) return { to: named, deserted: undefined };
  const banner = holderLine.slice(1).find(({ level }) => level === 'banner');
  const instead = banner && banner.id !== named.id && holderLine[0]?.level !== 'department' ? banner : undefined;
  return { to: instead && (await isReached(ctx, instead)) ? instead : undefined, deserted: named };
}

/** What the card says before anybody presses; null where the way is free. */
export function escalationNote({ to, deserted }: Escalation): string | null {
  if (!deserted) return null;
  const nobody = `${deserted.center}还没有群，也没有代办员`;
  return to ? `${nobody}，“转上级”会转到${to.center}` : `${nobody}，转过去没人接：请线下送件，在这里办结`;
}
