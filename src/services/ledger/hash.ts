import { hash } from 'node:crypto';
import type { LedgerRow } from '../../../db/repositories/ledger.ts';

/** `prevHash` of a chain's first entry. */
export const GENESIS_HASH = '0'.repeat(64);

/**
 * SHA-256 (hex) over the previous hash and every column of the entry. The columns stand in an array in fixed order and the
 * payload is hashed as the very text that is stored, so there is only one way to write an entry down.
 */
export function ledgerHash(entry: Omit<LedgerRow, 'hash'>): string {
  const { townId, seq, caseId, at, actorKind, actorId, unitId, kind, payload } = entry;
  const canonical = JSON.stringify([townId, seq, caseId, at, actorKind, actorId, unitId, kind, payload]);
  return hash('sha256', entry.prevHash + canonical, 'hex');
}
