/** Whether `DATA_KEY` is the key this database was begun with. Known by a text that the first start sealed under it. */
import type { Tx } from '../../../db/database.ts';
import { applicantReads } from '../../../db/repositories/applicant.ts';
import { settingReads, settingWrites } from '../../../db/repositories/setting.ts';
import type { Vault } from '../../vault.ts';

const SETTING = 'dataKey';
const CONTEXT = 'settings.dataKey';
const KNOWN = 'daiban';
const PAGE = 1000;

/** The database was begun with another `DATA_KEY`. The message is a sentence with what to do. */
export class WrongDataKey extends Error {
  override readonly name = 'WrongDataKey';

  constructor() {
    super('DATA_KEY 打不开已有的数据，请换回原来的密钥；没有原来的密钥，群众信息就读不出来。');
  }
}

/**
 * For whoever seals, opens or looks up anything. Writes nothing.
 * @throws WrongDataKey
 */
export async function requireDataKey(tx: Tx, vault: Vault): Promise<void> {
  const sealed = await settingReads.get(tx, SETTING);
  const fits = sealed === undefined ? await opensApplicants(tx, vault) : opens(sealed, vault);
  if (!fits) throw new WrongDataKey();
}

/**
 * For the start, before anything else is written: keeps the known text when there is none yet. Of several processes that begin a
 * database together with different keys one goes on.
 * @throws WrongDataKey
 */
export async function settleDataKey(tx: Tx, vault: Vault): Promise<void> {
  await requireDataKey(tx, vault);
  await settingWrites.addIfMissing(tx, { key: SETTING, value: vault.seal(CONTEXT, KNOWN) });
  await requireDataKey(tx, vault);
}

/** How many applicants' keys do not open, of all that are kept. Reads them all. */
export async function countUnreadable(tx: Tx, vault: Vault): Promise<number> {
  let unreadable = 0;
  for (let afterId = 0; ; ) {
    const page = await applicantReads.withKey(tx, { afterId, limit: PAGE });
    unreadable += page.filter(({ wrappedKey }) => !unwraps(wrappedKey, vault)).length;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return unreadable;
    afterId = last.id;
  }
}

function opens(sealed: unknown, vault: Vault): boolean {
  try {
    return typeof sealed === 'string' && vault.open(CONTEXT, sealed) === KNOWN;
  } catch {
    return false;
  }
}

/** A database without the known text, as a tool may have filled it: judged by its first applicants. */
async function opensApplicants(tx: Tx, vault: Vault): Promise<boolean> {
  const first = await applicantReads.withKey(tx, { afterId: 0, limit: PAGE });
  return first.length === 0 || first.some(({ wrappedKey }) => unwraps(wrappedKey, vault));
}

function unwraps(wrappedKey: string, vault: Vault): boolean {
  try {
    vault.applicantCipher(wrappedKey);
    return true;
  } catch {
    return false;
  }
}
