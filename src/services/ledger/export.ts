/** The ledger for somebody who trusts nobody here: without anything personal, and with all that its signatures cover. */
import { type LedgerRow, ledgerReads } from '../../../db/repositories/ledger.ts';
import type { Reading } from '../../ctx.ts';
import { sealedHash } from './hash.ts';

const PAGE = 500;

/**
 * Lines of JSON: first the keys, the oldest first; then chain by chain its entries and its signed end. Of what is sealed only the
 * digest is given. `tools/verify-ledger.mjs` reads it.
 */
export async function* exportLedger({ tx }: Pick<Reading, 'tx'>): AsyncGenerator<string> {
  const keys = (await ledgerReads.keys(tx)).map(({ publicKey }) => publicKey);
  yield JSON.stringify({ format: 'daiban-ledger', version: 1, keys });
  const heads = new Map((await ledgerReads.heads(tx)).map((head) => [head.townId, head]));
  const townIds = [...new Set([...(await ledgerReads.towns(tx)), ...heads.keys()])].sort((a, b) => a - b);
  for (const townId of townIds) {
    let afterSeq = Number.MIN_SAFE_INTEGER;
    for (;;) {
      const page = await ledgerReads.page(tx, { townId, afterSeq, limit: PAGE });
      for (const entry of page) yield entryLine(entry);
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) break;
      afterSeq = last.seq;
    }
    const head = heads.get(townId);
    if (head) yield JSON.stringify({ head: townId, seq: head.seq, hash: head.hash, signature: head.signature });
  }
}

function entryLine({ sealed, ...entry }: LedgerRow): string {
  return JSON.stringify({ ...entry, sealedHash: sealedHash(sealed) });
}
