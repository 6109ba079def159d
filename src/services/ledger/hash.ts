import { hash } from 'node:crypto';
import type { LedgerHead, LedgerRow } from '../../../db/repositories/ledger.ts';

/** `prevHash` of a chain's first entry. */
export const GENESIS_HASH = '0'.repeat(64);

/**
 * SHA-256 (hex) over the previous hash and every column of the entry. The columns stand in an array in fixed order and the
 * payload is hashed as the very text that is stored, so there is only one way to write an entry down. Of what is sealed only
 * the digest goes in: the entry can be checked by somebody who was not given it.
 */
export function ledgerHash(entry: Omit<LedgerRow, 'hash' | 'signature'>): string {
  const { townId, seq, caseId, at, actorKind, actorId, unitId, kind, payload } = entry;
  const columns = [townId, seq, caseId, at, actorKind, actorId, unitId, kind, payload, sealedHash(entry.sealed)];
  return hash('sha256', entry.prevHash + JSON.stringify(columns), 'hex');
}

/** SHA-256 (hex) of an entry's sealed text; null where there is none. */
export function sealedHash(sealed: string | null): string | null {
  return sealed === null ? null : hash('sha256', sealed, 'hex');
}

/** What is signed of an entry: its hash, and that it is one. */
export function entryText({ hash: entryHash }: Pick<LedgerRow, 'hash'>): string {
  return `daiban ledger entry ${entryHash}`;
}

/** What is signed of a chain's end: the height as well, so that a shorter chain cannot pass for this one. */
export function headText({ townId, seq, hash: headHash }: Pick<LedgerHead, 'townId' | 'seq' | 'hash'>): string {
  return `daiban ledger head ${townId} ${seq} ${headHash}`;
}
