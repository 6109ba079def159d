import type { RosterRow } from '../../../db/repositories/roster.ts';
import type { Vault } from '../../vault.ts';

/** A listed telephone number as it is kept: sealed beside its hash, so that put into another row it does not open. */
export function sealListedPhone(vault: Vault, phone: string): Pick<RosterRow, 'phoneSealed' | 'phoneHash'> {
  const phoneHash = vault.hash('phone', phone);
  return { phoneHash, phoneSealed: vault.seal(placeOf(phoneHash), phone) };
}

/** @throws when it was sealed for another row. */
export function openListedPhone(
  vault: Vault,
  { phoneHash, phoneSealed }: Pick<RosterRow, 'phoneSealed' | 'phoneHash'>,
): string {
  return vault.open(placeOf(phoneHash), phoneSealed);
}

/** The same under the key that counts now. @throws as `openListedPhone` does. */
export function resealListedPhone(vault: Vault, row: Pick<RosterRow, 'phoneSealed' | 'phoneHash'>) {
  return sealListedPhone(vault, openListedPhone(vault, row));
}

function placeOf(phoneHash: string): string {
  return `roster.phone:${phoneHash}`;
}
