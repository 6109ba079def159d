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

/** Why a use was taken back. */
export function sealUndoReason(vault: Vault, { id }: Pick<AdoptionRow, 'id'>, reason: string): string {
  return vault.seal(`information_adoptions.undo_reason:${id}`, reason);
}

function placeOf(part: 'title' | 'body', { agentId, filedAt }: Sent): string {
  return `information_pieces.${part}:${agentId}:${filedAt}`;
}
