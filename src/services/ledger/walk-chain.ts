/** One chain of the ledger, from its first entry to its end. */
import { type KeyObject, verify } from 'node:crypto';
import { promisify } from 'node:util';
import type { Tx } from '../../../db/database.ts';
import { type LedgerHead, type LedgerRow, ledgerReads } from '../../../db/repositories/ledger.ts';
import type { ChainProblem } from './fault.ts';
import { entryText, GENESIS_HASH, headText, ledgerHash } from './hash.ts';

/** A key that entries are signed with, in the order in which they followed each other. */
export interface ChainKey {
  readonly id: number;
  readonly publicKey: string;
  readonly key: KeyObject;
}

export interface Walk {
  readonly seq: number;
  readonly hash: string;
  /** The key that signs what comes next; undefined while there is no entry, and where no key of ours could. */
  readonly key: ChainKey | undefined;
  readonly fault?: { readonly seq: number; readonly problem: ChainProblem };
}

interface Chain {
  readonly townId: number;
  readonly keys: readonly ChainKey[];
  /** Is given every entry up to the first that does not fit. */
  readonly observe: (entry: LedgerRow) => void;
  readonly betweenPages?: () => Promise<unknown>;
}

const PAGE = 500;

export async function walkChain(tx: Tx, chain: Chain): Promise<Walk> {
  const { townId } = chain;
  let walk: Walk = { seq: 0, hash: GENESIS_HASH, key: undefined };
  // The first page begins below 1, so that an entry slipped in before the chain's beginning shows as a gap.
  let afterSeq = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const page = await ledgerReads.page(tx, { townId, afterSeq, limit: PAGE });
    walk = await walkPage(walk, { chain, page });
    if (walk.fault || page.length < PAGE) return walk;
    await chain.betweenPages?.();
    afterSeq = walk.seq;
  }
}

/** Signatures are checked beside the event loop, a page at once: they take forty times what the hashes do. */
async function walkPage(from: Walk, { chain, page }: { chain: Chain; page: readonly LedgerRow[] }): Promise<Walk> {
  const links = [];
  let walk = from;
  for (const entry of page) {
    const problem = linkFault(entry, walk);
    if (problem) {
      walk = { ...walk, fault: { seq: entry.seq, problem } };
      break;
    }
    const signer = walk.seq === 0 ? await firstSigner(entry, chain.keys) : walk.key;
    links.push({ entry, signer });
    walk = { seq: entry.seq, hash: entry.hash, key: signer && keyAfter(entry, { signer, keys: chain.keys }) };
  }
  const signed = await Promise.all(links.map(({ entry, signer }) => isSigned(entryText(entry), { by: signer, entry })));
  const unsigned = signed.indexOf(false);
  for (const { entry } of unsigned === -1 ? links : links.slice(0, unsigned)) chain.observe(entry);
  const found = links[unsigned];
  return found ? { ...walk, fault: { seq: found.entry.seq, problem: 'bad signature' } } : walk;
}

/** The key that signed an entry, whichever it was: a chain that began after a change of keys began with a later one. */
export async function firstSigner(entry: LedgerRow, keys: readonly ChainKey[]): Promise<ChainKey | undefined> {
  for (const key of keys) if (await isSigned(entryText(entry), { by: key, entry })) return key;
  return undefined;
}

/** The next key signs after an entry that names it; one that names any other is signed by nobody who comes after. */
function keyAfter(entry: LedgerRow, { signer, keys }: { signer: ChainKey; keys: readonly ChainKey[] }) {
  if (entry.kind !== 'rotateKey') return signer;
  const next = keys.find(({ id }) => id === signer.id + 1);
  return next && entry.payload === JSON.stringify({ publicKey: next.publicKey }) ? next : undefined;
}

function linkFault(entry: LedgerRow, before: Walk): ChainProblem | undefined {
  if (entry.seq !== before.seq + 1) return 'gap';
  if (entry.prevHash !== before.hash) return 'broken link';
  return ledgerHash(entry) === entry.hash ? undefined : 'changed entry';
}

/** What is wrong with the kept end of a chain that was walked without a fault. The newest key has signed it. */
export async function endFault(
  walk: Walk,
  { townId, keys, head }: { townId: number; keys: readonly ChainKey[]; head: LedgerHead | undefined },
): Promise<{ seq: undefined; problem: ChainProblem } | undefined> {
  if (!head || head.seq !== walk.seq || head.hash !== walk.hash) {
    return { seq: undefined, problem: 'head does not match' };
  }
  const newest = keys.at(-1);
  const signed = newest !== undefined && walk.key === newest && head.keyId === newest.id;
  if (signed && (await isSigned(headText({ ...walk, townId }), { by: newest, entry: head }))) return undefined;
  return { seq: undefined, problem: 'head not signed' };
}

const verified = promisify(verify);

/** Another text of the same signature counts as none: what stands there is what was written. */
async function isSigned(
  text: string,
  { by, entry }: { by: ChainKey | undefined; entry: Pick<LedgerRow, 'signature'> },
): Promise<boolean> {
  const signature = Buffer.from(entry.signature, 'base64url');
  if (by === undefined || signature.toString('base64url') !== entry.signature) return false;
  return verified(null, Buffer.from(text), by.key, signature);
}
