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
  /** When the last such listing was begun that came to its end. */
  sweptAt: z.number().nullable(),
  /** When somebody last worked at such a listing that has not come to its end. */
  sweepingAt: z.number().nullable(),
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
  sweepingAt: null,
  deniedAt: null,
  listed: null,
};

/** undefined where no program has looked yet. */
export async function connectionState(tx: Tx): Promise<ConnectionState | undefined> {
  return stateSchema.safeParse(await settingReads.get(tx, KEY)).data;
}

/** A change; the calls of `listed` come on top of those of the same month. */
export type ConnectionChange = Partial<Omit<ConnectionState, 'since'>>;

/**
 * The first time it also begins the program's life on the database.
 * @param change may depend on what another process has noted meanwhile.
 */
export async function changeConnectionState(
  { tx, now }: { tx: Tx; now: number },
  change: ConnectionChange | ((before: ConnectionState) => ConnectionChange),
): Promise<void> {
  const known = stateSchema.safeParse(await settingWrites.take(tx, KEY)).data;
  const before = known ?? { ...begun, since: now };
  const changed = typeof change === 'function' ? change(before) : change;
  const { listed = before.listed } = changed;
  const earlier = changed.listed && before.listed?.month === changed.listed.month ? before.listed.calls : 0;
  const counted = listed && { ...listed, calls: listed.calls + earlier };
  await settingWrites.set(tx, {
    key: KEY,
    value: { ...before, ...changed, listed: counted } satisfies ConnectionState,
  });
}

type SweepState = Pick<ConnectionState, 'unsureSince' | 'sweptAt' | 'sweepingAt'>;

/** A listing of all chats takes minutes, with what is tried again: of one that nobody worked at for so long whoever had begun it is gone. */
const SWEEP_LEFT_MS = 15 * 60_000;

/** True when all chats are to be listed, that was not done in the last `everyMs`, and nobody does it now. */
export function isSweepDue(
  { unsureSince, sweptAt, sweepingAt }: SweepState,
  { now, everyMs }: { readonly now: number; readonly everyMs: number },
): boolean {
  // What lies in the future was noted by a clock that has been put right since.
  const within = (at: number | null, ms: number) => at !== null && at <= now && now - at < ms;
  return unsureSince !== null && !within(sweptAt, everyMs) && !within(sweepingAt, SWEEP_LEFT_MS);
}

/** Since when (ms) all chats are to be listed now, which is noted as begun; undefined where that is not due, or another process does it. */
export async function claimSweep(
  tx: Tx,
  at: { readonly now: number; readonly everyMs: number },
): Promise<number | undefined> {
  const known = stateSchema.safeParse(await settingWrites.take(tx, KEY)).data;
  if (!known || known.unsureSince === null || !isSweepDue(known, at)) return undefined;
  await settingWrites.set(tx, { key: KEY, value: { ...known, sweepingAt: at.now } satisfies ConnectionState });
  return known.unsureSince;
}

/**
 * What the end of a listing begun at `begunAt` changes. What another process found meanwhile may be missing also in chats that had been
 * listed before.
 */
export function sweptSince(begunAt: number, { missed }: Pick<ConnectionState, 'missed'>): SweepState {
  const unsureSince = missed !== null && missed.at >= begunAt ? begunAt : null;
  return { unsureSince, sweptAt: begunAt, sweepingAt: null };
}
