/** The record keys of former `DATA_KEY`s, kept sealed: what the ledger holds was hashed and sealed by them, and stays as it is. */
import * as z from 'zod';
import type { Tx } from '../../../db/database.ts';
import { settingReads, settingWrites } from '../../../db/repositories/setting.ts';
import type { Reading } from '../../ctx.ts';
import { openedBy, type RecordKeys, type Vault } from '../../vault.ts';

const SETTING = 'recordKeys';
const storedSchema = z.array(z.string()).catch([]);

/** Those that open, the oldest first; while the key is being changed the other key's as well. */
export async function formerRecordKeys({ tx, vault }: Pick<Reading, 'tx' | 'vault'>): Promise<RecordKeys[]> {
  const stored = storedSchema.parse(await settingReads.get(tx, SETTING));
  return [...stored, vault.records.handOn()].flatMap((handedOn) => {
    try {
      return handedOn === undefined ? [] : [vault.records.formerly(handedOn)];
    } catch {
      return [];
    }
  });
}

/** Opens what was sealed by `Records.seal`, under whichever `DATA_KEY`. Throws when it was sealed for another place, or under none of them. */
export type RecordOpener = (context: string, sealed: string) => string;

export async function recordOpener(ctx: Pick<Reading, 'tx' | 'vault'>): Promise<RecordOpener> {
  const keys = [ctx.vault.records, ...(await formerRecordKeys(ctx))];
  return (context, sealed) => openedBy(keys, { context, sealed });
}

/** A change of the key begins: the former one's record key is kept, and those before it go on under the key that seals now. */
export async function handOnRecordKey(tx: Tx, vault: Vault): Promise<void> {
  const stored = storedSchema.parse(await settingWrites.take(tx, SETTING));
  const own = vault.records.handOn();
  const value = [...stored.map((handedOn) => vault.records.reseal(handedOn)), ...(own === undefined ? [] : [own])];
  await settingWrites.set(tx, { key: SETTING, value });
}
