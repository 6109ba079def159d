/** Tells the administrators what is wrong, seldom enough that they go on reading. */
import * as z from 'zod';
import type { Tx } from '../../../db/database.ts';
import { settingReads, settingWrites } from '../../../db/repositories/setting.ts';
import type { Ctx } from '../../ctx.ts';
import { quietUntil } from '../../domain/quiet.ts';
import { notifyAdmins } from '../message/notify.ts';
import { settingOf } from '../settings.ts';
import { hasUntoldUpkeep, tellUpkeep } from './upkeep.ts';

export interface Trouble {
  /** The same trouble has the same key as long as it lasts. */
  readonly key: string;
  readonly title: string;
  /** What is the matter, and what to do. Without personal data. */
  readonly lines: readonly string[];
  /** Said once however long it lasts: nothing can be done about it any more, or every notice of it would wait with the rest. */
  readonly once?: boolean;
  /** Not urgent: told with others of its kind, on the working day's card. */
  readonly gathered?: boolean;
}

const KEY = 'alerts.state';
/** Of what was found in the quiet hours and is not told yet. */
const NEVER = 0;
const HOUR_MS = 3_600_000;
/** A trouble that lasts is told again after so long. */
const AGAIN_MS = 6 * HOUR_MS;
/** One that comes and goes is not told each time: it counts as over after so long without it. */
const OVER_MS = HOUR_MS / 2;
/** The watch looks every minute. */
const LASTS_MS = HOUR_MS / 12;

const noticeSchema = z.object({
  at: z.number(),
  seenAt: z.number(),
  title: z.string(),
  lines: z.array(z.string()),
});

const stateSchema = z.object({
  /** Since when somebody has looked: what was missed before is nobody's trouble. */
  since: z.number(),
  notices: z.record(z.string(), noticeSchema),
});
type AlertState = z.infer<typeof stateSchema>;

/** Since when (ms) the watch has looked; `now` when it looks for the first time, or when the clock was ahead then. */
export async function watchedSince(tx: Tx, now: number): Promise<number> {
  return Math.min(now, parseState(await settingReads.get(tx, KEY), now).since);
}

/** True when nothing would change: spares a look that finds all well the write transaction. */
export async function nothingToRaise(tx: Tx, look: { now: number; troubles: readonly Trouble[] }): Promise<boolean> {
  if (look.troubles.length > 0 || (await hasUntoldUpkeep(tx))) return false;
  const stored = stateSchema.safeParse(await settingReads.get(tx, KEY));
  return stored.success && stored.data.since <= look.now && Object.keys(stored.data.notices).length === 0;
}

/**
 * Posts what is new or was last told six hours ago to every administrator, and puts what is gathered on the day's card; in the quiet
 * hours nothing. Returns the keys that were told.
 */
export async function raiseAlerts(ctx: Ctx, troubles: readonly Trouble[]): Promise<string[]> {
  const { now } = ctx;
  // Held, so that of several processes that see the trouble one tells it.
  const before = parseState(await settingWrites.take(ctx.tx, KEY), now);
  const notices: AlertState['notices'] = {};
  for (const [key, one] of Object.entries(before.notices)) {
    const lasts = troubles.some((trouble) => trouble.key === key) || now - one.seenAt < OVER_MS;
    // One told in the future was told by a clock that has been put right since.
    if (one.at <= now && lasts) notices[key] = one;
  }
  const isQuiet = quietUntil(now, await settingOf(ctx, 'quietHours'), ctx.zone) !== undefined;
  const single = troubles.filter(({ gathered }) => !gathered);
  const news = single.filter(({ key, once }) => {
    const last = notices[key]?.at ?? NEVER;
    return !isQuiet && (last === NEVER || (!once && now - last >= AGAIN_MS));
  });
  for (const { title, lines } of news) await notifyAdmins(ctx, { title, lines });
  const gathered = troubles.filter((trouble) => trouble.gathered);
  const together = await tellUpkeep(ctx, { items: gathered, present: Object.keys(notices) });
  for (const { key, title, lines } of troubles) {
    const at = news.some((one) => one.key === key) ? now : (notices[key]?.at ?? NEVER);
    notices[key] = { at, seenAt: now, title, lines: [...lines] };
  }
  await settingWrites.set(ctx.tx, { key: KEY, value: { since: Math.min(before.since, now), notices } });
  return [...news.map(({ key }) => key), ...together];
}

/** What the running program finds wrong, as it last looked; empty when it has not looked for a while. */
export async function lastingTroubles(tx: Tx, now: number): Promise<Trouble[]> {
  const { notices } = parseState(await settingReads.get(tx, KEY), now);
  return Object.entries(notices)
    .filter(([, { seenAt }]) => seenAt <= now && now - seenAt < LASTS_MS)
    .map(([key, { title, lines }]) => ({ key, title, lines }));
}

/** Counts from now, as if nobody had looked before: what lies before a restored database is nobody's trouble. */
export async function forgetAlerts(tx: Tx, now: number): Promise<void> {
  await settingWrites.set(tx, { key: KEY, value: { since: now, notices: {} } satisfies AlertState });
}

function parseState(stored: unknown, now: number): AlertState {
  return stateSchema.catch({ since: now, notices: {} }).parse(stored);
}
