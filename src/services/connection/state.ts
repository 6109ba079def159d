/** Up to when everything that people wrote has come, beyond what the inbox itself says. */
import * as z from 'zod';
import type { Tx } from '../../../db/database.ts';
import { settingReads, settingWrites } from '../../../db/repositories/setting.ts';

const KEY = 'connection.state';

const stateSchema = z.object({
  /** Since when a program lives on this database (ms): what was written before is nobody's concern. */
  since: z.number(),
  /** Everything until then has come, when the program stopped in good order. */
  seenUntil: z.number().nullable(),
  /** A time that has to be looked through and was not yet. */
  owed: z.object({ since: z.number(), until: z.number() }).nullable(),
  /** When chats were looked into last, and how many messages had not come though they could. */
  checked: z.object({ at: z.number(), missed: z.number() }).nullable(),
  /** Since when the platform does not let the app list private chats, for lack of a scope. */
  deniedAt: z.number().nullable().default(null),
  /** How many calls the lists of chats took in a month, `2026-11`. */
  listed: z.object({ month: z.string(), calls: z.number() }).nullable().default(null),
});
export type ConnectionState = z.infer<typeof stateSchema>;

/** undefined where no program has looked yet. */
export async function connectionState(tx: Tx): Promise<ConnectionState | undefined> {
  return stateSchema.safeParse(await settingReads.get(tx, KEY)).data;
}

/** A change; the calls of `listed` come on top of those of the same month. */
export type ConnectionChange = Partial<Omit<ConnectionState, 'since'>>;

/** The first time it also begins the program's life on the database. */
export async function changeConnectionState(
  { tx, now }: { tx: Tx; now: number },
  change: ConnectionChange,
): Promise<void> {
  const known = stateSchema.safeParse(await settingWrites.take(tx, KEY)).data;
  const before = known ?? { since: now, seenUntil: null, owed: null, checked: null, deniedAt: null, listed: null };
  const { listed = before.listed } = change;
  const earlier = change.listed && before.listed?.month === change.listed.month ? before.listed.calls : 0;
  const counted = listed && { ...listed, calls: listed.calls + earlier };
  await settingWrites.set(tx, { key: KEY, value: { ...before, ...change, listed: counted } satisfies ConnectionState });
}
