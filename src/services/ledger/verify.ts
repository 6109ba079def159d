import type { Tx } from '../../../db/database.ts';
import { type LedgerRow, ledgerReads } from '../../../db/repositories/ledger.ts';
import { GENESIS_HASH, ledgerHash } from './hash.ts';

export interface LedgerFault {
  readonly townId: number;
  /** The first entry that does not fit; undefined when the chain's end is the trouble. */
  readonly seq: number | undefined;
  readonly problem: 'gap' | 'broken link' | 'changed entry' | 'head does not match';
}

export interface LedgerCheck {
  readonly chains: number;
  readonly entries: number;
  /** At most one per chain: after the first fault the rest of the chain proves nothing. */
  readonly faults: readonly LedgerFault[];
}

const PAGE = 1000;

/**
 * Walks every chain from its first entry and compares its end with the kept head, so that cut-off entries show too.
 * `betweenPages` lets others work while a long ledger is walked.
 */
export async function verifyLedger(
  tx: Tx,
  options: { betweenPages?: () => Promise<unknown> } = {},
): Promise<LedgerCheck> {
  const heads = new Map((await ledgerReads.heads(tx)).map((head) => [head.townId, head]));
  const townIds = [...new Set([...(await ledgerReads.towns(tx)), ...heads.keys()])].sort((a, b) => a - b);
  const faults: LedgerFault[] = [];
  let entries = 0;
  for (const townId of townIds) {
    const walk = await walkChain(tx, { townId, betweenPages: options.betweenPages });
    entries += walk.seq;
    const head = heads.get(townId);
    if (walk.fault) faults.push(walk.fault);
    else if (head?.seq !== walk.seq || head.hash !== walk.hash) {
      faults.push({ townId, seq: undefined, problem: 'head does not match' });
    }
  }
  return { chains: townIds.length, entries, faults };
}

async function walkChain(
  tx: Tx,
  walk: { townId: number; betweenPages: (() => Promise<unknown>) | undefined },
): Promise<{ seq: number; hash: string; fault?: LedgerFault }> {
  const { townId } = walk;
  let seq = 0;
  let hash = GENESIS_HASH;
  // The first page begins below 1, so that an entry slipped in before the chain's beginning shows as a gap.
  let afterSeq = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const page = await ledgerReads.page(tx, { townId, afterSeq, limit: PAGE });
    for (const entry of page) {
      const problem = faultOf(entry, { seq, hash });
      if (problem) return { seq, hash, fault: { townId, seq: entry.seq, problem } };
      seq = entry.seq;
      hash = entry.hash;
    }
    if (page.length < PAGE) return { seq, hash };
    await walk.betweenPages?.();
    afterSeq = seq;
  }
}

function faultOf(entry: LedgerRow, before: { seq: number; hash: string }): LedgerFault['problem'] | undefined {
  if (entry.seq !== before.seq + 1) return 'gap';
  if (entry.prevHash !== before.hash) return 'broken link';
  return ledgerHash(entry) === entry.hash ? undefined : 'changed entry';
}
