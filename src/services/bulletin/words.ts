/** 按语 and 更正原因 as they are kept: without anything personal, sealed for their bulletin. */
import type { BulletinRow } from '../../../db/repositories/bulletin.ts';
import { hidePersonal } from '../../domain/hiding.ts';
import type { Vault } from '../../vault.ts';

type Place = Pick<BulletinRow, 'bannerId' | 'quarter' | 'version'>;
type Which = 'note' | 'reason';

/** null for nothing. What is typed goes to every group: what hides in a group is hidden before it is kept. */
export function sealWords(vault: Vault, place: Place, { which, text }: { which: Which; text: string }): string | null {
  return text === '' ? null : vault.seal(contextOf(place, which), hidePersonal(text, undefined));
}

/** Empty where there is none. */
export function openNote(vault: Vault, bulletin: BulletinRow): string {
  return open(vault, bulletin, 'note');
}

export function openReason(vault: Vault, bulletin: BulletinRow): string {
  return open(vault, bulletin, 'reason');
}

function open(vault: Vault, bulletin: BulletinRow, which: Which): string {
  const sealed = which === 'note' ? bulletin.noteSealed : bulletin.reasonSealed;
  return sealed === null ? '' : vault.open(contextOf(bulletin, which), sealed);
}

function contextOf({ bannerId, quarter, version }: Place, which: Which): string {
  return `bulletin.${which}:${bannerId}:${quarter}:${version}`;
}
