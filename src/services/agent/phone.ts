import type { AgentRow } from '../../../db/repositories/agent.ts';
import type { Vault } from '../../vault.ts';

/** The seal names whose phone it is: put into somebody else's row it does not open. */
function placeOf(openId: string): string {
  return `agents.phone:${openId}`;
}

export function sealPhone(vault: Vault, { openId, phone }: { openId: string; phone: string }): string {
  return vault.seal(placeOf(openId), phone);
}

/** The same under the key that seals now. @throws as `openPhone` does. */
export function resealPhone(vault: Vault, { openId, phoneSealed }: Pick<AgentRow, 'openId' | 'phoneSealed'>) {
  return phoneSealed === null ? null : vault.reseal(placeOf(openId), phoneSealed);
}

/** null when none is known. @throws when it was sealed for somebody else. */
export function openPhone(vault: Vault, { openId, phoneSealed }: Pick<AgentRow, 'openId' | 'phoneSealed'>) {
  return phoneSealed === null ? null : vault.open(placeOf(openId), phoneSealed);
}
