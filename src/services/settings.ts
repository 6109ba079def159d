import { settingReads } from '../../db/repositories/setting.ts';
import type { Reading } from '../ctx.ts';

/** A yes-or-no setting; anything else stored under the key counts as not set. */
export async function booleanSetting(ctx: Reading, key: 'reportIncludes15th', fallback: boolean): Promise<boolean> {
  const value = await settingReads.get(ctx.tx, key);
  return typeof value === 'boolean' ? value : fallback;
}
