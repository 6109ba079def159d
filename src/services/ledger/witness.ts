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
  /** Public keys and their short forms in the text that this ledger never had. */
  readonly foreignKeys: readonly string[];
}

/**
 * Compares with every line of `text`: one line, or a whole card as it is copied from the chat, line breaks or not. No lines: the
 * text is no fingerprint.
 */
export async function askWitness(tx: Tx, text: string): Promise<WitnessCheck> {
  const units = await unitReads.all(tx);
  const heads = await ledgerReads.heads(tx);
  const chains = new Map(
    heads.map(({ townId }) => [units.find(({ id }) => id === townId)?.name ?? String(townId), townId]),
  );
  const lines: Testimony[] = [];
  for (const line of linesIn(text)) {
    const townId = chains.get(line.name);
    const places = townId === undefined ? heads.map((head) => head.townId) : [townId];
    const results = await Promise.all(places.map((place) => standing(tx, { ...line, townId: place })));
    const known = townId === undefined ? 'unknown' : results[0];
    lines.push({ ...line, result: results.includes('stands') ? 'stands' : (known ?? 'unknown') });
  }
  const keys = (await ledgerReads.keys(tx)).map(({ publicKey }) => publicKey);
  const known = new Set([...keys, ...keys.map(shortKey)]);
  return { lines, foreignKeys: keysIn(text).filter((key) => !known.has(key)) };
}

async function standing(tx: Tx, place: WitnessLine & { townId: number }): Promise<Testimony['result']> {
  const entry = await ledgerReads.entry(tx, place);
  if (!entry) return 'cut';
  return entry.hash.startsWith(place.hash) ? 'stands' : 'rewritten';
}

/** A hash of fewer characters may have been cut by whoever copied it, and would be found too easily. */
const LINE = /([^\s:]+)\s*:?\s*第\s*(\d{1,15})\s*条\s*[:,]?\s*([0-9a-f]{16,64})(?![0-9a-f])/giu;

function linesIn(text: string): WitnessLine[] {
  return [...text.normalize('NFKC').matchAll(LINE)].map(([, name = '', seq, hash = '']) => ({
    name,
    seq: Number(seq),
    hash: hash.toLowerCase(),
  }));
}

function keysIn(text: string): string[] {
  return [...text.matchAll(/公钥(?:指纹)?\s*[：:]?\s*([\w-]{19,43})/gu)].map(([, key = '']) => key);
}
