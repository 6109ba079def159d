/** When the database was last put in place by a restore. Sealed: whoever could date it forward would hide what is missing since. */
import type { Tx } from '../../../db/database.ts';
import { settingReads, settingWrites } from '../../../db/repositories/setting.ts';
import type { Vault } from '../../vault.ts';

const SETTING = 'restoredAt';
const CONTEXT = 'settings.restoredAt';

/** ms; 0 when it never was. */
export async function restoredAt(tx: Tx, vault: Vault): Promise<number> {
  const sealed = await settingReads.get(tx, SETTING);
  return typeof sealed === 'string' ? Number(vault.open(CONTEXT, sealed)) : 0;
}

/** The same under the key that seals now. */
export async function resealRestored(tx: Tx, vault: Vault): Promise<void> {
  const sealed = await settingWrites.take(tx, SETTING);
  if (typeof sealed === 'string') await settingWrites.set(tx, { key: SETTING, value: vault.reseal(CONTEXT, sealed) });
}

export async function noteRestored(tx: Tx, { vault, now }: { vault: Vault; now: number }): Promise<void> {
  await settingWrites.set(tx, { key: SETTING, value: vault.seal(CONTEXT, String(now)) });
}
