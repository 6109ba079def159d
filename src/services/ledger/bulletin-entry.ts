import { createHash } from 'node:crypto';
import type { BulletinRow } from '../../../db/repositories/bulletin.ts';

/** What the ledger holds of a published bulletin. What somebody typed stands in it as a digest of how it is kept. */
export function bulletinFacts({ bannerId, quarter, version, figures, noteSealed, reasonSealed }: BulletinRow) {
  return { bannerId, quarter, version, figures, note: digestOf(noteSealed), reason: digestOf(reasonSealed) };
}

/** Of what is sealed by the record key and never sealed anew. */
export function digestOf(sealed: string | null): string | null {
  return sealed === null ? null : createHash('sha256').update(sealed).digest('hex');
}
