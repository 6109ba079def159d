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
  /** When chats were looked into last. */
  checkedAt: z.number().nullable(),
  /** When it was last found that messages had not come though they could, and how many. */
  missed: z.object({ at: z.number(), messages: z.number() }).nullable(),
  /** Since when messages may be missing in any chat, so that all have to be listed. */
  unsureSince: z.number().nullable(),
  /** When the last such listing was begun. */
  sweptAt: z.number().nullable(),
  /** Since when the platform does not let the app list private chats, for lack of a scope. */
  deniedAt: z.number().nullable(),
  /** How many calls the lists of chats took in a month, `2026-11`. */
  listed: z.object({ month: z.string(), calls: z.number() }).nullable(),
});
export type ConnectionState = z.infer<typeof stateSchema>;

const begun: Omit<ConnectionState, 'since'> = {
  seenUntil: null,
  owed: null,
  checkedAt: null,
  missed: null,
  unsureSince: null,
  sweptAt: null,
  deniedAt: null,
  listed: null,
};

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
  const before = known ?? { ...begun, since: now };
  const { listed = before.listed } = change;
  const earlier = change.listed && before.listed?.month === change.listed.month ? before.listed.calls : 0;
  const counted = listed && { ...listed, calls: listed.calls + earlier };
  await settingWrites.set(tx, { key: KEY, value: { ...before, ...change, listed: counted } satisfies ConnectionState });
}

/** True when all chats are to be listed, and that was not begun in the last `everyMs`. */
export function isSweepDue(
  { unsureSince, sweptAt }: Pick<ConnectionState, 'unsureSince' | 'sweptAt'>,
  at: { readonly now: number; readonly everyMs: number },
): boolean {
  if (unsureSince === null) return false;
  // What was begun in the future was begun by a clock that has been put right since.
  return sweptAt === null || sweptAt > at.now || at.now - sweptAt >= at.everyMs;
}

/** Since when (ms) all chats are to be listed now, which is noted as begun; undefined where that is not due, or another process has begun it. */
export async function claimSweep(
  tx: Tx,
  at: { readonly now: number; readonly everyMs: number },
): Promise<number | undefined> {
  const known = stateSchema.safeParse(await settingWrites.take(tx, KEY)).data;
  if (!known || known.unsureSince === null || !isSweepDue(known, at)) return undefined;
  await settingWrites.set(tx, { key: KEY, value: { ...known, sweptAt: at.now } satisfies ConnectionState });
  return known.unsureSince;
}
