/** 值班单: what administrators are told together, on one living card a working day, and not in a message each. */
import * as z from 'zod';
import type { UpkeepView } from '../../../cards/upkeep.ts';
import type { Tx } from '../../../db/database.ts';
import { agentReads } from '../../../db/repositories/agent.ts';
import { outboxReads } from '../../../db/repositories/outbox.ts';
import { settingReads, settingWrites } from '../../../db/repositories/setting.ts';
import { type Ctx, type Reading, today } from '../../ctx.ts';
import { quietUntil } from '../../domain/quiet.ts';
import { placeCard } from '../card/place.ts';
import { CALLS_A_MONTH, monthlyCalls } from '../message/calls.ts';
import { workingCalendar } from '../setting/calendar.ts';
import { settingOf } from '../settings.ts';

export interface UpkeepItem {
  /** The same thing has the same key as long as it lasts. */
  readonly key: string;
  readonly title: string;
  /** What is the matter, and what to do. Without personal data. */
  readonly lines: readonly string[];
}

const KEY = 'alerts.upkeep';
const ITEMS_KEPT_MAX = 100;

const itemSchema = z.object({ key: z.string(), title: z.string(), lines: z.array(z.string()), told: z.boolean() });
const stateSchema = z.object({
  /** The local day of the newest card; empty before the first. */
  day: z.string(),
  items: z.array(itemSchema),
  /** What the card says besides, as it was when it was put together. */
  frame: z
    .object({
      at: z.number(),
      calls: z.object({
        byKind: z.object({
          post: z.number(),
          reply: z.number(),
          update: z.number(),
          file: z.number(),
          list: z.number().default(0),
        }),
        total: z.number(),
        forecast: z.number(),
      }),
      unsent: z.object({ waiting: z.number(), dead: z.number() }),
    })
    .nullable(),
});
type UpkeepState = z.infer<typeof stateSchema>;

const nothing: UpkeepState = { day: '', items: [], frame: null };

/** True when something is still to be told: on a day off, or at night, it waits. */
export async function hasUntoldUpkeep(tx: Tx): Promise<boolean> {
  return parse(await settingReads.get(tx, KEY)).items.some(({ told }) => !told);
}

/**
 * Takes in what there is to look after. What is new or says something new comes on the card of the working day, the first time as
 * a message, afterwards by a change of that card. What has been told is not repeated by itself while it lasts, but stands on later cards.
 * Returns the keys that were told now. @param present all that lasts now, for what no longer does leaves the next day's card;
 * without it only adds.
 */
export async function tellUpkeep(
  ctx: Ctx,
  { items, present }: { items: readonly UpkeepItem[]; present?: readonly string[] },
): Promise<string[]> {
  // Held, so that of several processes that see the same one tells it.
  const before = parse(await settingWrites.take(ctx.tx, KEY));
  const merged = merge(before.items, items);
  const untold = merged.filter(({ told }) => !told).map(({ key }) => key);
  if (untold.length === 0 || !(await mayTell(ctx))) {
    if (untold.length > 0) await settingWrites.set(ctx.tx, { key: KEY, value: { ...before, items: merged } });
    return [];
  }
  const isNewDay = before.day !== today(ctx);
  const lasting = new Set([...(present ?? []), ...items.map(({ key }) => key)]);
  const shown = isNewDay ? merged.filter(({ told, key }) => !told || lasting.has(key)) : merged;
  const state: UpkeepState = {
    day: today(ctx),
    items: shown.slice(-ITEMS_KEPT_MAX).map((item) => ({ ...item, told: true })),
    frame: await frameOf(ctx),
  };
  await settingWrites.set(ctx.tx, { key: KEY, value: state });
  for (const { id, openId } of await agentReads.activeAdmins(ctx.tx)) {
    const subject = { subject: 'upkeep' as const, subjectId: id };
    const at = { target: openId, agentId: id };
    await placeCard(ctx, { subject, at, reach: isNewDay ? 'new' : 'edit' });
  }
  return untold;
}

/** After a job that was run before its time: the card says no moment that has not come, and is today's. */
export async function dateUpkeepBack(ctx: Pick<Ctx, 'tx' | 'now' | 'zone'>): Promise<void> {
  const state = parse(await settingWrites.take(ctx.tx, KEY));
  if (!state.frame || state.frame.at <= ctx.now) return;
  const value: UpkeepState = { ...state, day: today(ctx), frame: { ...state.frame, at: ctx.now } };
  await settingWrites.set(ctx.tx, { key: KEY, value });
}

/** The card as it was put together last. */
export async function viewUpkeep({ tx, zone }: Reading): Promise<UpkeepView | undefined> {
  const { items, frame } = parse(await settingReads.get(tx, KEY));
  if (!frame) return undefined;
  const { at, calls, unsent } = frame;
  // What came last is read first.
  const told = items.filter((item) => item.told).reverse();
  return { at, items: told, calls: { ...calls, allowed: CALLS_A_MONTH }, unsent, zone };
}

function merge(known: UpkeepState['items'], items: readonly UpkeepItem[]): UpkeepState['items'] {
  const merged = new Map(known.map((item) => [item.key, item]));
  for (const { key, title, lines } of items) {
    const same = merged.get(key);
    if (same && same.lines.join('\n') === lines.join('\n')) continue;
    merged.set(key, { key, title, lines: [...lines], told: false });
  }
  return [...merged.values()];
}

async function mayTell(ctx: Ctx): Promise<boolean> {
  if (!(await workingCalendar(ctx)).isWorkingDay(today(ctx))) return false;
  return quietUntil(ctx.now, await settingOf(ctx, 'quietHours'), ctx.zone) === undefined;
}

async function frameOf(ctx: Reading): Promise<UpkeepState['frame']> {
  const { byKind, total, forecast } = await monthlyCalls(ctx);
  const counts = await outboxReads.counts(ctx.tx);
  const waiting = (counts.get('waiting') ?? 0) + (counts.get('sending') ?? 0);
  return {
    at: ctx.now,
    calls: { byKind: { ...byKind }, total, forecast },
    unsent: { waiting, dead: counts.get('dead') ?? 0 },
  };
}

function parse(stored: unknown): UpkeepState {
  return stateSchema.catch(nothing).parse(stored);
}
