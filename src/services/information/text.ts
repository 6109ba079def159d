/** What is typed in the information work, as it is kept: sealed beside who sent it when, so that put into another row it does not open. */
import type {
  AdoptionRow,
  InformationRankingRow,
  PieceRow,
  RankingVersion,
} from '../../../db/repositories/information.ts';
import type { Reading } from '../../ctx.ts';
import type { Vault } from '../../vault.ts';
import type { RecordOpener } from '../data-key/record-keys.ts';
import { hideResidents } from '../hide-residents.ts';

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

/** Why a published ranking is corrected. It goes to every group, so what hides there is hidden before it is kept. By the record key: its entry tells its digest. */
export async function sealCorrectionReason(
  ctx: Pick<Reading, 'tx' | 'vault'>,
  { reason, ...version }: RankingVersion & { reason: string },
): Promise<string> {
  const { text } = await hideResidents(ctx, { text: reason, unitId: version.bannerId });
  return ctx.vault.records.seal(correctionPlace(version), text);
}

/** Empty of the first version. */
export function openCorrectionReason(
  opener: RecordOpener,
  { reasonSealed, ...version }: RankingVersion & Pick<InformationRankingRow, 'reasonSealed'>,
): string {
  return reasonSealed === null ? '' : opener(correctionPlace(version), reasonSealed);
}

function correctionPlace({ bannerId, half, version }: RankingVersion): string {
  return `information_rankings.reason:${bannerId}:${half}:${version}`;
}

function reasonPlace(id: number): string {
  return `information_adoptions.undo_reason:${id}`;
}

function placeOf(part: 'title' | 'body', { agentId, filedAt }: Sent): string {
  return `information_pieces.${part}:${agentId}:${filedAt}`;
}
