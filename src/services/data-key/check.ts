/**
 * Whether `DATA_KEY` is the key of this database: known by a text that the first start sealed under it. While the key is being changed
 * (`rotate.ts`), whether both are the right ones.
 */

import * as z from 'zod';
import { commandLine } from '../../../build/typed-command.ts';
import type { Tx } from '../../../db/database.ts';
import { applicantReads } from '../../../db/repositories/applicant.ts';
import { settingReads, settingWrites } from '../../../db/repositories/setting.ts';
import type { Vault } from '../../vault.ts';
import { handOnRecordKey } from './record-keys.ts';

const SETTING = 'dataKey';
const CHANGE = 'dataKeyChange';
const CONTEXT = 'settings.dataKey';
const KNOWN = 'daiban';
const PAGE = 1000;

/** `from`: the mark of the key that is being left. */
const changeSchema = z.object({ from: z.string(), done: z.boolean() });
export type KeyChange = z.infer<typeof changeSchema>;

/** The database does not go with the keys that were given. The message is a sentence with what to do. */
export class WrongDataKey extends Error {
  override readonly name = 'WrongDataKey';

  constructor(problem: keyof typeof words = 'wrong') {
    super(words[problem]);
  }
}

const words = {
  wrong: 'DATA_KEY 打不开已有的数据，请换回原来的密钥；没有原来的密钥，群众信息就读不出来。',
  neither: 'DATA_KEY 和 DATA_KEY_FORMER 都打不开已有的数据，请核对：DATA_KEY 填新的密钥，DATA_KEY_FORMER 填原来的。',
  formerMissing: `换密钥还没有完成，有些数据还在原来的密钥下：请把原来的密钥填在 DATA_KEY_FORMER 里，再运行 ${commandLine('key rotate')}。`,
  formerWrong: 'DATA_KEY_FORMER 不是原来的密钥，打不开还没有换完的数据，请核对。',
} as const;

/**
 * For whoever seals, opens or looks up anything. Writes nothing.
 * @throws WrongDataKey
 */
export async function requireDataKey(tx: Tx, vault: Vault): Promise<void> {
  const stored = await settingReads.some(tx, [SETTING, CHANGE]);
  const sealed = stored.get(SETTING);
  const fits = sealed === undefined ? await opensApplicants(tx, vault) : opens(sealed, vault);
  if (!fits) throw new WrongDataKey(vault.formerMark === undefined ? 'wrong' : 'neither');
  const change = readChange(stored.get(CHANGE));
  if (!change || change.done || change.from === vault.keyMark || change.from === vault.formerMark) return;
  throw new WrongDataKey(vault.formerMark === undefined ? 'formerMissing' : 'formerWrong');
}

/**
 * For the start, before anything else is written: keeps the known text when there is none yet, and begins the change to another key where
 * the known text is still under the former one. From then on no process starts that does not know the key. Of several processes that
 * begin a database together with different keys one goes on.
 * @throws WrongDataKey
 */
export async function settleDataKey(tx: Tx, vault: Vault): Promise<void> {
  await requireDataKey(tx, vault);
  await settingWrites.addIfMissing(tx, { key: SETTING, value: vault.seal(CONTEXT, KNOWN) });
  await requireDataKey(tx, vault);
  const { formerMark } = vault;
  if (formerMark === undefined || !String(await settingWrites.take(tx, SETTING)).startsWith(formerMark)) return;
  await settingWrites.set(tx, { key: SETTING, value: vault.seal(CONTEXT, KNOWN) });
  await settingWrites.set(tx, { key: CHANGE, value: { from: formerMark, done: false } satisfies KeyChange });
  await handOnRecordKey(tx, vault);
}

/** The change that was begun last; undefined when none ever was. */
export async function keyChange(tx: Tx): Promise<KeyChange | undefined> {
  return readChange(await settingReads.get(tx, CHANGE));
}

/** Nothing is left under the former key. */
export async function endKeyChange(tx: Tx, change: KeyChange): Promise<void> {
  await settingWrites.set(tx, { key: CHANGE, value: { ...change, done: true } satisfies KeyChange });
}

/** Whether the known text is under the key that seals now: the bot has been started with it. */
export async function isBegunWith(tx: Tx, vault: Vault): Promise<boolean> {
  return String(await settingReads.get(tx, SETTING)).startsWith(vault.keyMark);
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

function readChange(stored: unknown): KeyChange | undefined {
  return changeSchema.safeParse(stored).data;
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
