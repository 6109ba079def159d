/**
 * 按语 and 更正原因 as they are kept: without anything personal, sealed for their bulletin. By the record key, because the entry of a
 * published one tells their digest: nothing is sealed anew there.
 */
import type { BulletinRow } from '../../../db/repositories/bulletin.ts';
import type { Reading } from '../../ctx.ts';
import type { RecordOpener } from '../data-key/record-keys.ts';
import { hideResidents } from '../hide-residents.ts';

type Place = Pick<BulletinRow, 'bannerId' | 'quarter' | 'version'>;
type Which = 'note' | 'reason';

/** null for nothing. What is typed goes to every group: what hides in a group is hidden before it is kept, and `hides` tells of it. */
export async function sealWords(
  ctx: Pick<Reading, 'tx' | 'vault'>,
  { which, text, ...place }: Place & { which: Which; text: string },
): Promise<{ readonly sealed: string | null; readonly hides: boolean }> {
  if (text === '') return { sealed: null, hides: false };
  const hidden = await hideResidents(ctx, { text, unitId: place.bannerId });
  return { sealed: ctx.vault.records.seal(contextOf(place, which), hidden.text), hides: hidden.hides };
}

/** Empty where there is none. */
export function openNote(opener: RecordOpener, bulletin: BulletinRow): string {
  return open(opener, bulletin, 'note');
}

export function openReason(opener: RecordOpener, bulletin: BulletinRow): string {
  return open(opener, bulletin, 'reason');
}

function open(opener: RecordOpener, bulletin: BulletinRow, which: Which): string {
  const sealed = which === 'note' ? bulletin.noteSealed : bulletin.reasonSealed;
  return sealed === null ? '' : opener(contextOf(bulletin, which), sealed);
}

function contextOf({ bannerId, quarter, version }: Place, which: Which): string {
  return `bulletin.${which}:${bannerId}:${quarter}:${version}`;
}
