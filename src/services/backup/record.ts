/** What is remembered of backups: the last attempt, and the last that came off. */
import * as z from 'zod';
import type { Tx } from '../../../db/database.ts';
import { settingReads, settingWrites } from '../../../db/repositories/setting.ts';

const KEY = 'backup.state';

const stateSchema = z.object({
  /** ms; undefined before the first. */
  lastGoodAt: z.number().optional(),
  /** Set while the newest attempt is one that failed. */
  failed: z.object({ at: z.number(), problem: z.string() }).optional(),
});
export type BackupState = z.infer<typeof stateSchema>;

/** Empty before the first backup. */
export async function backupState(tx: Tx): Promise<BackupState> {
  return stateSchema.catch({}).parse(await settingReads.get(tx, KEY));
}

/** Notes how an attempt ended; `problem` is a code, undefined for a success. */
export async function recordBackup(tx: Tx, ended: { at: number; problem: string | undefined }): Promise<void> {
  const { at, problem } = ended;
  const before = await backupState(tx);
  const value: BackupState = problem === undefined ? { lastGoodAt: at } : { ...before, failed: { at, problem } };
  await settingWrites.set(tx, { key: KEY, value });
}
