/** A fingerprint that was posted once is a witness outside of the database: what it says must still stand in the chain. */

import type { Tx } from '../../../db/database.ts';
import { type LedgerHead, ledgerReads } from '../../../db/repositories/ledger.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import { shortKey } from './key.ts';

const SHOWN = 16;

/** A chain's height and the beginning of its last hash, as people read and copy it. */
export function chainLine(head: Pick<LedgerHead, 'seq' | 'hash'> & { name: string }): string {
  return `${head.name}：第${head.seq}条 ${head.hash.slice(0, SHOWN)}`;
}

/** The key by which the signatures are checked, whole: whoever has it needs nothing else. */
export function keyLine(publicKey: string): string {
  return `公钥 ${publicKey}`;
}

interface WitnessLine {
  readonly name: string;
  readonly seq: number;
  /** The beginning of the hash, in lower case. */
  readonly hash: string;
}

export interface Testimony extends WitnessLine {
  /**
   * `cut`: the chain does not reach so far. `rewritten`: another entry stands there. `unknown`: no chain of this name, and in
   * none such an entry.
   */
  readonly result: 'stands' | 'cut' | 'rewritten' | 'unknown';
}

export interface WitnessCheck {
  readonly lines: readonly Testimony[];
  /** Public keys and their short forms in the text, and whether this ledger was ever signed by them. */
  readonly keys: readonly { readonly key: string; readonly known: boolean }[];
  /** Places that look like a line of a fingerprint and are none: cut short by whoever copied it, mostly. */
  readonly unread: number;
}

/**
 * Compares with all that `text` says: one line, or a whole card as it is copied from the chat, line breaks or not. Neither lines
 * nor keys: the text is no fingerprint.
 */
export async function askWitness(tx: Tx, text: string): Promise<WitnessCheck> {
  const plain = text.normalize('NFKC');
  const names = new Map((await unitReads.all(tx)).map(({ id, name }) => [id, name]));
  const townIds = (await ledgerReads.heads(tx)).map(({ townId }) => townId);
  const lines: Testimony[] = [];
  for (const line of linesIn(plain)) {
    const named = townIds.filter((townId) => (names.get(townId) ?? String(townId)) === line.name);
    lines.push({ ...line, result: await resultOf(tx, { line, named, townIds }) });
  }
  const own = (await ledgerReads.keys(tx)).flatMap(({ publicKey }) => [publicKey, shortKey(publicKey)]);
  const keys = keysIn(plain).map((key) => ({ key, known: own.includes(key) }));
  return { lines, keys, unread: [...plain.matchAll(/第\s*\d+\s*条/gu)].length - lines.length };
}

/** The unit may have another name by now, so that a line of no chain's name is looked for in all of them. */
async function resultOf(
  tx: Tx,
  { line, named, townIds }: { line: WitnessLine; named: readonly number[]; townIds: readonly number[] },
): Promise<Testimony['result']> {
  const found: Testimony['result'][] = [];
  for (const townId of named.length > 0 ? named : townIds) {
    const entry = await ledgerReads.entry(tx, { townId, seq: line.seq });
    if (entry?.hash.startsWith(line.hash)) return 'stands';
    found.push(entry ? 'rewritten' : 'cut');
  }
  if (named.length === 0) return 'unknown';
  return found.includes('rewritten') ? 'rewritten' : 'cut';
}

/** A hash of fewer characters would be found too easily. */
const LINE = /([^\s:]{1,60})\s?:?\s?第\s?(\d{1,15})\s?条\s?[:,]?\s?([0-9a-f]{16,64})(?![0-9a-f])/giu;

function linesIn(text: string): WitnessLine[] {
  return [...text.matchAll(LINE)].map(([, name = '', seq, hash = '']) => ({
    name,
    seq: Number(seq),
    hash: hash.toLowerCase(),
  }));
}

function keysIn(text: string): string[] {
  return [...text.matchAll(/公钥(?:指纹)?\s?:?\s?([\w-]{43}|(?:[0-9a-f]{4}-){3}[0-9a-f]{4})(?![\w-])/gu)].map(
    ([, key = '']) => key,
  );
}
