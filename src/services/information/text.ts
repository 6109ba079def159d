/** What is typed in the information work, as it is kept: sealed beside who sent it when, so that put into another row it does not open. */
import type { AdoptionRow, PieceRow } from '../../../db/repositories/information.ts';
import type { Vault } from '../../vault.ts';

type Sent = Pick<PieceRow, 'agentId' | 'filedAt'>;

export function sealPiece(
  vault: Vault,
  sent: Sent,
  text: { title: string; body: string },
): Pick<PieceRow, 'titleSealed' | 'bodySealed'> {
  return {
    titleSealed: vault.seal(placeOf('title', sent), text.title),
    bodySealed: vault.seal(placeOf('body', sent), text.body),
  };
}

export function openTitle(vault: Vault, piece: Sent & Pick<PieceRow, 'titleSealed'>): string {
  return vault.open(placeOf('title', piece), piece.titleSealed);
}

export function openBody(vault: Vault, piece: Sent & Pick<PieceRow, 'bodySealed'>): string {
  return vault.open(placeOf('body', piece), piece.bodySealed);
}

/** The same under the key that counts now. Throws as `openTitle` does. */
export function resealPiece(vault: Vault, piece: PieceRow): Pick<PieceRow, 'titleSealed' | 'bodySealed'> {
  return sealPiece(vault, piece, { title: openTitle(vault, piece), body: openBody(vault, piece) });
}

/** Why a use was taken back. */
export function sealUndoReason(vault: Vault, { id }: Pick<AdoptionRow, 'id'>, reason: string): string {
  return vault.seal(reasonPlace(id), reason);
}

/** The same under the key that counts now. @throws when it opens under neither key. */
export function resealUndoReason(
  vault: Vault,
  { id, undoReasonSealed }: Pick<AdoptionRow, 'id' | 'undoReasonSealed'>,
): string | null {
  return undoReasonSealed === null ? null : vault.reseal(reasonPlace(id), undoReasonSealed);
}

function reasonPlace(id: number): string {
  return `information_adoptions.undo_reason:${id}`;
}

function placeOf(part: 'title' | 'body', { agentId, filedAt }: Sent): string {
  return `information_pieces.${part}:${agentId}:${filedAt}`;
}
