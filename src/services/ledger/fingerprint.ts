import type { Tx } from '../../../db/database.ts';
import { ledgerReads } from '../../../db/repositories/ledger.ts';
import { type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import type { Reading } from '../../ctx.ts';
import { chainLine, keyLine } from './witness.ts';

/** The ends of all chains as they are posted, with the key that they are signed by. */
export interface Fingerprint {
  readonly chains: number;
  readonly entries: number;
  readonly lines: readonly string[];
}

/** undefined while the ledger is empty. */
export async function readFingerprint({ tx }: Pick<Reading, 'tx'>): Promise<Fingerprint | undefined> {
  const heads = await ledgerReads.heads(tx);
  if (heads.length === 0) return undefined;
  const units = await unitReads.all(tx);
  const nameOf = (townId: number) => units.find(({ id }) => id === townId)?.name ?? String(townId);
  const lines = heads.map(({ townId, seq, hash }) => chainLine({ name: nameOf(townId), seq, hash }));
  const key = (await ledgerReads.keys(tx)).at(-1);
  return {
    chains: heads.length,
    entries: heads.reduce((sum, { seq }) => sum + seq, 0),
    lines: [...lines, ...(key ? [keyLine(key.publicKey)] : [])],
  };
}

/** True when there is a ledger and no group to post its fingerprint to: then nobody outside could tell that it was rewritten. */
export async function lacksWitness(tx: Tx): Promise<boolean> {
  if ((await ledgerReads.heads(tx)).length === 0) return false;
  return witnessesAmong(await unitReads.all(tx)).length === 0;
}

/** Those in whose groups the fingerprint is posted, one for each group: the banners, or where none is bound the towns. */
export function witnessesAmong(units: readonly UnitRow[]): (UnitRow & { readonly chatId: string })[] {
  const bound = (level: UnitRow['level']) => {
    const found = units.flatMap((unit) =>
      unit.level === level && unit.chatId !== null ? [{ ...unit, chatId: unit.chatId }] : [],
    );
    return found.filter((unit, index) => found.findIndex(({ chatId }) => chatId === unit.chatId) === index);
  };
  const banners = bound('banner');
  return banners.length > 0 ? banners : bound('town');
}
