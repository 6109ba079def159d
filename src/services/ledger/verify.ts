import { type LedgerKeyRow, type LedgerRow, ledgerReads } from '../../../db/repositories/ledger.ts';
import type { Reading } from '../../ctx.ts';
import { FaultList, type LedgerFault } from './fault.ts';
import { foldCases } from './fold-cases.ts';
import { OfficeFold } from './fold-office.ts';
import { isOwnKey, readPublicKey } from './key.ts';
import { type ChainKey, endFault, walkChain } from './walk-chain.ts';

export type { LedgerFault } from './fault.ts';

export interface LedgerCheck {
  readonly chains: number;
  readonly entries: number;
  readonly cases: number;
  /** The first of them; in a chain at most one, because after it the rest of the chain proves nothing. */
  readonly faults: readonly LedgerFault[];
  /** How many there are in all. */
  readonly faultCount: number;
}

export interface VerifyOptions {
  /** Lets others work while a long ledger is walked. */
  readonly betweenPages?: () => Promise<unknown>;
}

/**
 * Walks every chain from its first entry: numbers, links, hashes, signatures, and its signed end. Then adds up what the entries
 * say and compares the rows of cases, reports, staff, groups and settings with it, so that a row changed by hand shows as well. Keeps in
 * memory a page of cases, and of the rest one entry per report, person and unit.
 */
export async function verifyLedger(
  ctx: Pick<Reading, 'tx' | 'vault'>,
  options: VerifyOptions = {},
): Promise<LedgerCheck> {
  const { tx, vault } = ctx;
  const faults = new FaultList();
  const stored = await ledgerReads.keys(tx);
  if (stored.length === 0) faults.add({ about: 'key', problem: 'no key', keyId: undefined });
  const own = stored.filter((key) => isOwnKey(vault, key));
  for (const { id } of stored.filter((key) => !own.includes(key))) {
    faults.add({ about: 'key', problem: 'foreign key', keyId: id });
  }
  // Of another DATA_KEY's ledger everything would look wrong.
  if (own.length === 0) return { chains: 0, entries: 0, cases: 0, faults: faults.kept, faultCount: faults.count };
  const keys = own.map(chainKey);
  const heads = new Map((await ledgerReads.heads(tx)).map((head) => [head.townId, head]));
  const townIds = [...new Set([...(await ledgerReads.towns(tx)), ...heads.keys()])].sort((a, b) => a - b);
  const office = new OfficeFold();
  let entries = 0;
  let chainsStand = true;
  for (const townId of townIds) {
    const observe = (entry: LedgerRow) => office.observe(entry);
    const walk = await walkChain(tx, { ...options, townId, keys, observe });
    entries += walk.seq;
    const fault = walk.fault ?? (await endFault(walk, { townId, keys, head: heads.get(townId) }));
    if (!fault) continue;
    chainsStand = false;
    faults.add({ ...fault, about: 'chain', townId });
  }
  const cases = await foldCases(ctx, { ...options, faults });
  // After a broken chain's fault nothing was added up, and everything would seem to lack its entry.
  if (chainsStand) await office.compare(tx, faults);
  return { chains: townIds.length, entries, cases, faults: faults.kept, faultCount: faults.count };
}

/** @throws when its public half is no key. */
export function chainKey({ id, publicKey }: LedgerKeyRow): ChainKey {
  return { id, publicKey, key: readPublicKey(publicKey) };
}
