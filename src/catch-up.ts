/**
 * Takes in what people wrote while nothing could come, by the lists of their chats and through the door that deliveries take: what
 * came already, or comes later after all, is known there by its message.
 */
import { chatReads } from '../db/repositories/chat.ts';
import { inboxReads } from '../db/repositories/inbox.ts';
import { createChatCheck } from './chat-check.ts';
import type { Parts } from './ctx.ts';
import { localMonth } from './domain/calendar.ts';
import { type EventFlow, GAP_MIN_MS, type Gap } from './event-flow.ts';
import { describeFault } from './fault.ts';
import type { ListedChat, MessageHistory } from './lark/history.ts';
import { type Entrance, LarkError } from './lark/port.ts';
import { createMissingMessages, type MissingMessages } from './missing-messages.ts';
import { restoredAt } from './services/backup/restored.ts';
import {
  type ConnectionChange,
  type ConnectionState,
  changeConnectionState,
  claimSweep,
  connectionState,
  isSweepDue,
  sweptSince,
} from './services/connection/state.ts';
import { createSweep } from './sweep.ts';

export interface CatchUpOptions extends Parts {
  readonly flow: EventFlow;
  readonly history: MessageHistory;
  readonly botOpenId: () => string | undefined;
  readonly entrance: Entrance;
  /** Some deliveries came lately but were not saved: they come again, and are not missing. */
  readonly isLosing: () => boolean;
  /** The connection stands, but brings nothing. */
  readonly reconnect: () => void;
  readonly onCaughtUp: (done: { messages: number; why: 'gap' | 'missed' }) => void;
}

export interface CatchUp {
  /** Reads up to when everything had come: before the first event of this program can come. */
  prepare(): Promise<void>;
  /** Begins to look every minute. */
  start(): void;
  /** Looks now. Never rejects. */
  look(): Promise<void>;
  /** Finishes the look under way, and notes that everything has come until now. */
  stop(): Promise<void>;
}

const MINUTE_MS = 60_000;
const LOOK_EVERY_MS = MINUTE_MS;
/** The two clocks may differ by so much. */
const OVERLAP_MS = 2 * MINUTE_MS;
const AGAIN_MIN_MS = MINUTE_MS;
const AGAIN_MAX_MS = 60 * MINUTE_MS;
/** After a few messages that did not come all chats are listed, which costs a call for each: once in the day that lists go back, less what a look may be late. */
const SWEEP_EVERY_MS = 23 * 60 * MINUTE_MS;

export function createCatchUp(options: CatchUpOptions): CatchUp {
  const { clock, log, flow } = options;
  const { prepare, work, note } = createWork(options);
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let failures = 0;
  let notBefore = 0;

  async function lookOnce(): Promise<void> {
    if (flow.upSince() === undefined || clock.now() < notBefore) return;
    try {
      await work();
      failures = 0;
    } catch (error) {
      notBefore = clock.now() + Math.min(AGAIN_MAX_MS, AGAIN_MIN_MS * 2 ** failures);
      failures += 1;
      const fault = error instanceof LarkError ? error.message : describeFault(error);
      log.warn({ fault }, 'the chats could not be looked through; trying again in a while');
    }
  }

  function look(): Promise<void> {
    looking ??= lookOnce().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  return {
    look,
    prepare,
    start() {
      void look();
      timer = setInterval(() => void look(), LOOK_EVERY_MS);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      await looking;
      // A program that was never started has nothing to say, and one that is cut off cannot know.
      if (timer === undefined || flow.upSince() === undefined) return;
      const owed = flow.owed();
      // Where nothing is owed here, another process may still owe.
      await note({ seenUntil: clock.now(), ...(owed ? { owed } : {}) }).catch((error) => {
        log.warn({ fault: describeFault(error) }, 'it could not be noted that everything has come');
      });
    },
  };
}

interface Sweeping {
  readonly begunAt: number;
  readonly run: () => Promise<number>;
}

/** What there is to do at one look, and what of it outlives the program. */
function createWork(options: CatchUpOptions) {
  const { db, clock, log, flow } = options;
  const missing = createMissingMessages(options);
  const check = createChatCheck({ ...options, missing });
  /** Nothing before that is looked for. */
  let beginning = clock.now();
  /** Owed by a former life, in which something may have come meanwhile. */
  let inherited: Gap | undefined;
  /** Under way for a gap. */
  let filling: { readonly gap: Gap; readonly readsGroups: boolean; readonly run: () => Promise<number> } | undefined;
  /** Under way for messages that did not come though the connection stood. */
  let sweeping: Sweeping | undefined;

  const note = (change: Parameters<typeof changeConnectionState>[1]) =>
    db.write((tx) => changeConnectionState({ tx, now: clock.now() }, change));
  /** With what the lists cost, and whether the app may have them, as it was seen last. */
  const noteListed = (change: (before: ConnectionState) => ConnectionChange) => {
    const now = clock.now();
    const listed = { month: localMonth(now, options.zone), calls: options.history.takeCalls() };
    return note((before) => ({ ...change(before), listed, deniedAt: missing.isDenied() ? now : null }));
  };

  async function prepare(): Promise<void> {
    const { known, newest, restored } = await whereItStands(options);
    const now = clock.now();
    if (!known) await note({});
    beginning = Math.max(known?.since ?? now, restored);
    flow.remember(Math.min(now, Math.max(newest ?? 0, known?.seenUntil ?? 0, beginning)));
    inherited = known?.owed ?? undefined;
    if (inherited) flow.owe(inherited);
  }

  async function fill(gap: Gap): Promise<void> {
    if (filling?.gap !== gap) {
      if (gap !== inherited && !gap.isJoined && (await wasCovered(options, gap))) {
        flow.settle(gap);
        return;
      }
      await note({ owed: { since: gap.since, until: gap.until } });
      const { chats, readsGroups } = await chatsToFill(options);
      const run = createSweep(missing, chats, Math.max(gap.since - OVERLAP_MS, beginning));
      filling = { gap, readsGroups, run };
    }
    const { readsGroups } = filling;
    const messages = await filling.run();
    filling = undefined;
    flow.settle(gap);
    await noteListed(() => ({ owed: flow.owed() ?? null }));
    flow.noteCaughtUp({ ...gap, messages, readsGroups, isDenied: missing.isDenied() });
    options.onCaughtUp({ messages, why: 'gap' });
    log.info({ gap, messages }, 'what was written while nothing came is taken in');
  }

  async function sweepAll({ begunAt, run }: Sweeping): Promise<void> {
    await note({ sweepingAt: clock.now() });
    const messages = await run();
    sweeping = undefined;
    // Without the scope nothing was listed: that is done the day after it is granted.
    await noteListed((before) => ({
      ...sweptSince(begunAt, before),
      ...(missing.isDenied() ? { unsureSince: before.unsureSince } : {}),
    }));
    options.onCaughtUp({ messages, why: 'missed' });
    log.info({ messages }, 'what never came in the other chats is taken in');
  }

  async function checkChats(): Promise<void> {
    const at = clock.now();
    const { taken, missed } = await check.run(beginning);
    const found =
      missed === undefined
        ? {}
        : { missed: { at, messages: missed.messages }, unsureSince: await unsureSince(options, beginning) };
    await noteListed(() => ({ ...found, checkedAt: at }));
    if (taken > 0) options.onCaughtUp({ messages: taken, why: 'missed' });
    if (missed === undefined) return;
    const { messages, which } = missed;
    log.error({ missed: messages, which }, 'messages were written that never came though the connection stood');
    // A connection that brings nothing is made anew, whatever another process receives by its own.
    if (missed.isSilentHere) options.reconnect();
  }

  return {
    prepare,
    note,
    async work(): Promise<void> {
      const gap = flow.owed();
      if (gap) return fill(gap);
      sweeping ??= await beginSweep(options, { missing, beginning });
      if (sweeping) await sweepAll(sweeping);
      else if (await check.isDue()) await checkChats();
    },
  };
}

/** One for all processes on the database; undefined while none is due. */
async function beginSweep(
  options: CatchUpOptions,
  { missing, beginning }: { missing: MissingMessages; beginning: number },
): Promise<Sweeping | undefined> {
  const { db, clock } = options;
  const begunAt = clock.now();
  const at = { now: begunAt, everyMs: SWEEP_EVERY_MS };
  // Asked on a snapshot first: nearly every look finds nothing.
  const known = await db.read((tx) => connectionState(tx));
  if (!known || !isSweepDue(known, at)) return undefined;
  const { chats } = await chatsToFill(options);
  const since = await db.write((tx) => claimSweep(tx, at));
  if (since === undefined) return undefined;
  return { begunAt, run: createSweep(missing, chats, Math.max(since, beginning)) };
}

/** Since when messages may be missing that did not come though the connection stood. */
async function unsureSince({ db, clock, flow }: CatchUpOptions, beginning: number): Promise<number> {
  const known = await db.read((tx) => connectionState(tx));
  const swept = (known?.sweptAt ?? 0) - OVERLAP_MS;
  return known?.unsureSince ?? Math.max(beginning, flow.upSince() ?? clock.now(), swept);
}

function whereItStands({ db, vault }: CatchUpOptions) {
  return db.read(async (tx) => ({
    known: await connectionState(tx),
    newest: await inboxReads.newest(tx),
    restored: await restoredAt(tx, vault),
  }));
}

/** Another process on the same database received what came in the gap, until so shortly before its end that nothing is missing. */
async function wasCovered({ db }: CatchUpOptions, { since, until }: Gap): Promise<boolean> {
  const newest = await db.read((tx) => inboxReads.newest(tx));
  return newest !== undefined && newest > since && newest <= until && until - newest < GAP_MIN_MS;
}

/** The private chats of the staff, and the groups where the tenant lets the app read them. */
async function chatsToFill({ db, history }: CatchUpOptions): Promise<{ chats: ListedChat[]; readsGroups: boolean }> {
  const { privateChats, groups } = await db.read(async (tx) => ({
    privateChats: await chatReads.privateOfStaff(tx),
    groups: await chatReads.joinedGroups(tx),
  }));
  const readsGroups = groups.length > 0 && (await history.readsGroups());
  const chats = [
    ...privateChats.map((chatId) => ({ chatId, chatType: 'p2p' as const })),
    ...(readsGroups ? groups.map((chatId) => ({ chatId, chatType: 'group' as const })) : []),
  ];
  return { chats, readsGroups };
}
