/** The platform's free edition gives all apps of a tenant 10,000 calls a month; then nothing goes out until the month ends. */
import type { Tx } from '../../../db/database.ts';
import { settingReads, settingWrites } from '../../../db/repositories/setting.ts';
import type { Ctx } from '../../ctx.ts';
import type { Trouble } from '../alert/raise.ts';

const KEY = 'outbox.quotaMetAt';
/** It is tried again every hour, and noted again; a little later than that it counts as over. */
const TRUE_FOR_MS = 65 * 60_000;

/** A send was refused because the month's calls are used up. */
export async function noteQuota(ctx: Ctx): Promise<void> {
  await settingWrites.set(ctx.tx, { key: KEY, value: ctx.now });
}

/** Not empty while the month's calls are used up. @param now milliseconds since the epoch. */
export async function quotaTroubles(tx: Tx, now: number): Promise<Trouble[]> {
  const metAt = await settingReads.get(tx, KEY);
  if (typeof metAt !== 'number' || now - metAt > TRUE_FOR_MS || metAt > now) return [];
  const lines = [
    '飞书本月的接口调用次数用完了，消息都留着，每小时再试一次，恢复后自动发出。',
    '请在飞书管理后台查看用量，或购买更高的版本；下个月会自动恢复。',
  ];
  return [{ key: 'quota', title: '飞书本月的调用次数用完了', lines, once: true }];
}
