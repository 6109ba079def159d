import type { AgentRow } from '../../../db/repositories/agent.ts';
import type { Vault } from '../../vault.ts';

/** Why an application was refused: sealed for whose row it is, because what somebody writes of a person stands in the clear nowhere. */
export function sealRefusal(vault: Vault, { openId, reason }: { openId: string; reason: string }): string {
  return vault.seal(placeOf(openId), reason);
}

/** null when none was written. @throws when it was sealed for somebody else. */
export function openRefusal(vault: Vault, { openId, refusalSealed }: Pick<AgentRow, 'openId' | 'refusalSealed'>) {
  return refusalSealed === null ? null : vault.open(placeOf(openId), refusalSealed);
}

/** The same under the key that seals now. @throws as `openRefusal` does. */
export function resealRefusal(vault: Vault, { openId, refusalSealed }: Pick<AgentRow, 'openId' | 'refusalSealed'>) {
  return refusalSealed === null ? null : vault.reseal(placeOf(openId), refusalSealed);
}

function placeOf(openId: string): string {
  return `agents.refusal:${openId}`;
}
