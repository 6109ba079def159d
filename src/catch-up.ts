/**
 * Takes in what people wrote while nothing could come, by the lists of their chats and through the door that deliveries take: what
 * came already, or comes later after all, is known there by its message. In working hours it looks into a few chats now and then
 * whether anything is missing though the connection stands.
 */
import * as z from 'zod';
import type { Tx } from '../db/database.ts';
import { chatReads } from '../db/repositories/chat.ts';
import { inboxReads } from '../db/repositories/inbox.ts';
import { settingReads, settingWrites } from '../db/repositories/setting.ts';
import type { Parts } from './ctx.ts';
import { isOpenAt } from './domain/office-hours.ts';
import type { EventFlow, Gap } from './event-flow.ts';
import { describeFault } from './fault.ts';
import { createDeliver } from './lark/deliver.ts';
import { type ListedChat, type ListedMessage, listedEventId, type MessageHistory } from './lark/history.ts';
import { type Entrance, LarkError } from './lark/port.ts';
import { requestLog } from './lark/request.ts';
import { restoredAt } from './services/backup/restored.ts';
import { localDays } from './services/setting/calendar.ts';

export interface CatchUpOptions extends Parts {
  readonly flow: EventFlow;
  readonly history: MessageHistory;
  readonly botOpenId: () => string | undefined;
  readonly entrance: Entrance;
  /** Some deliveries came lately but were not saved: they come again, and are not missing. */
  readonly isLosing: () => boolean;
  /** The connection stands, but brings nothing. */
  readonly reconnect: () => void;
  readonly onCaughtUp?: (done: { messages: number; why: 'gap' | 'missed' }) => void;
}

export interface CatchUp {
  /** Reads up to when everything had come, and begins to look every minute. */
  start(): Promise<void>;
  /** Looks now. Never rejects. */
  look(): Promise<void>;
  /** Finishes the look under way, and notes that everything has come until now. */
  stop(): Promise<void>;
}

const MINUTE_MS = 60_000;
const LOOK_EVERY_MS = MINUTE_MS;
/** The two clocks may differ by so much. */
const OVERLAP_MS = 2 * MINUTE_MS;
/** Whoever got no answer for a day has long asked again, or somebody else. */
const BACK_MAX_MS = 24 * 60 * MINUTE_MS;
/** A delivery may be on its way for so long. */
const ON_ITS_WAY_MS = MINUTE_MS;
/** While nothing comes; doubled each time up to the other one, which holds while something does. */
const QUIET_MS = 30 * MINUTE_MS;
const CHECK_EVERY_MS = 60 * MINUTE_MS;
/** Each is a call, and a month of the free edition has ten thousand. */
const CHATS_A_CHECK = 2;
const AGAIN_MIN_MS = MINUTE_MS;
const AGAIN_MAX_MS = 60 * MINUTE_MS;
const KEYS_AT_ONCE = 200;

const KEY = 'connection.state';

const stateSchema = z.object({
  /** Since when the program lives on this database: what was written before is nobody's concern. */
  since: z.number(),
  /** Everything until then has come, when the program stopped in good order. */
  seenUntil: z.number().nullable(),
  /** Has to be looked through and was not yet. */
  owed: z.object({ since: z.number(), until: z.number() }).nullable(),
  /** When chats were looked into last, and how many messages had not come. */
  checked: z.object({ at: z.number(), missed: z.number() }).nullable(),
});
export type ConnectionState = z.infer<typeof stateSchema>;

/** undefined where no program has looked yet. */
export async function connectionState(tx: Tx): Promise<ConnectionState | undefined> {
  return stateSchema.safeParse(await settingReads.get(tx, KEY)).data;
}

export function createCatchUp(options: CatchUpOptions): CatchUp {
  const { db, clock, zone, vault, log, flow, history, entrance } = options;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let checkedAt = clock.now();
  let quietMs = QUIET_MS;
  let eventAtCheck: number | undefined;
  let turn = 0;
  let failures = 0;
  let notBefore = 0;
  /** Nothing before that is looked for. */
  let beginning = clock.now();

  const change = (state: Partial<ConnectionState>) =>
    db.write(async (tx) => {
      const before = stateSchema.safeParse(await settingWrites.take(tx, KEY)).data ?? fresh(clock.now());
      await settingWrites.set(tx, { key: KEY, value: { ...before, ...state } satisfies ConnectionState });
    });

  async function begin(): Promise<void> {
    const now = clock.now();
    const { known, newest, restored } = await db.read(async (tx) => ({
      known: await connectionState(tx),
      newest: await inboxReads.newest(tx),
      restored: await restoredAt(tx, vault),
    }));
    if (!known) await change({});
    beginning = Math.max(known?.since ?? now, restored);
    const until = Math.min(now, Math.max(newest ?? beginning, known?.seenUntil ?? beginning, beginning));
    flow.remember(until);
    if (known?.owed) flow.owe(known.owed);
  }

  async function lookOnce(): Promise<void> {
    const now = clock.now();
    if (flow.upSince() === undefined || now < notBefore) return;
    try {
      const gap = flow.owed();
      if (gap) await catchUp(gap);
      else if (await isCheckDue()) await check();
      failures = 0;
    } catch (error) {
      notBefore = clock.now() + Math.min(AGAIN_MAX_MS, AGAIN_MIN_MS * 2 ** failures);
      failures += 1;
      const fault = error instanceof LarkError ? error.message : describeFault(error);
      log.warn({ fault }, 'the chats could not be looked through; trying again in a while');
    }
  }

  async function catchUp(gap: Gap): Promise<void> {
    await change({ owed: gap });
    const { privateChats, groups } = await db.read(async (tx) => ({
      privateChats: await chatReads.privateOfStaff(tx),
      groups: await chatReads.joinedGroups(tx),
    }));
    const readsGroups = groups.length > 0 && (await history.readsGroups());
    const chats: ListedChat[] = [
      ...privateChats.map((chatId) => ({ chatId, chatType: 'p2p' as const })),
      ...(readsGroups ? groups.map((chatId) => ({ chatId, chatType: 'group' as const })) : []),
    ];
    const taken = await take(await unknownIn(chats, gap.since - OVERLAP_MS));
    flow.settle(gap);
    await change({ owed: flow.owed() ?? null });
    flow.noteCaughtUp({ ...gap, messages: taken });
    options.onCaughtUp?.({ messages: taken, why: 'gap' });
    log.info({ gap, chats: chats.length, messages: taken }, 'what was written while nothing came is taken in');
  }

  async function isCheckDue(): Promise<boolean> {
    const now = clock.now();
    const event = flow.lastEventAt();
    if (event !== eventAtCheck) quietMs = QUIET_MS;
    const isQuiet = event === undefined || now - event >= QUIET_MS;
    const isTime = isQuiet ? now - Math.max(checkedAt, event ?? 0) >= quietMs : now - checkedAt >= CHECK_EVERY_MS;
    if (!isTime) return false;
    return db.read(async (tx) => isOpenAt(now, await localDays({ tx, zone })));
  }

  /** Where something was written lately, the next is missed most likely; then all of them in turn. */
  async function check(): Promise<void> {
    const now = clock.now();
    const all = await db.read((tx) => chatReads.privateOfStaff(tx));
    const lively = flow.liveliest().slice(0, CHATS_A_CHECK - 1);
    const inTurn = Array.from({ length: CHATS_A_CHECK }, (_, index) => all[(turn + index) % all.length] ?? '');
    turn += CHATS_A_CHECK - lively.length;
    const chosen = [...new Set([...lively, ...inTurn])].filter((chatId) => chatId !== '').slice(0, CHATS_A_CHECK);
    const chats = chosen.map((chatId) => ({ chatId, chatType: 'p2p' as const }));
    const found = await unknownIn(chats, now - BACK_MAX_MS);
    const upSince = flow.upSince() ?? now;
    const [first, ...more] = found
      .map(({ createdAt }) => createdAt)
      .filter((at) => at >= upSince + ON_ITS_WAY_MS && at < now - ON_ITS_WAY_MS);
    const isMissing = first !== undefined && !options.isLosing();
    const which = isMissing ? flow.noteMissed([first, ...more]) : undefined;
    const taken = await take(found);
    checkedAt = now;
    quietMs = Math.min(CHECK_EVERY_MS, quietMs * 2);
    eventAtCheck = flow.lastEventAt();
    await change({ checked: { at: now, missed: isMissing ? more.length + 1 : 0 } });
    if (taken > 0) options.onCaughtUp?.({ messages: taken, why: 'missed' });
    if (first === undefined || which === undefined) return;
    log.error(
      { messages: more.length + 1, which },
      'messages were written that never came though the connection stood',
    );
    flow.owe({ since: Math.min(first, ...more), until: now });
    if (which === 'all') options.reconnect();
  }

  /** What people wrote to the bot there and the inbox does not know, oldest first. */
  async function unknownIn(chats: readonly ListedChat[], since: number): Promise<ListedMessage[]> {
    const from = Math.max(since, clock.now() - BACK_MAX_MS, beginning);
    const listed: ListedMessage[] = [];
    for (const chat of chats) {
      const messages = await listOf(chat, from);
      // The platform's seconds begin earlier.
      listed.push(...messages.filter(({ createdAt, mentioned }) => createdAt >= from && isForBot(chat, mentioned)));
    }
    const known = new Set<string>();
    for (let start = 0; start < listed.length; start += KEYS_AT_ONCE) {
      const keys = listed.slice(start, start + KEYS_AT_ONCE).flatMap(keysOf);
      for (const key of await db.read((tx) => inboxReads.known(tx, keys))) known.add(key);
    }
    const isKnown = (one: ListedMessage) => keysOf(one).some((key) => known.has(key));
    return listed.filter((one) => !isKnown(one)).sort((one, other) => one.createdAt - other.createdAt);
  }

  /** Of a chat that cannot be read there is nothing; whatever may pass by itself ends the look. */
  async function listOf(chat: ListedChat, from: number): Promise<ListedMessage[]> {
    try {
      return await history.list(chat, from);
    } catch (error) {
      if (!(error instanceof LarkError) || error.failure === 'later' || error.failure === 'quota') throw error;
      log.warn({ chatId: chat.chatId, reason: error.message }, 'a chat cannot be looked through');
      return [];
    }
  }

  /** In groups the platform delivers nothing else. */
  function isForBot({ chatType }: ListedChat, mentioned: readonly string[]): boolean {
    if (chatType === 'p2p') return true;
    const bot = options.botOpenId();
    return bot !== undefined && mentioned.includes(bot);
  }

  async function take(found: readonly ListedMessage[]): Promise<number> {
    const writtenAt = new Map(found.map(({ messageId, createdAt }) => [messageId, createdAt]));
    const begun = new Set<string>();
    const deliver = createDeliver({
      ...entrance,
      botOpenId: options.botOpenId,
      receive(inbound, arrival) {
        const at = inbound.kind === 'message' ? writtenAt.get(inbound.messageId) : undefined;
        if (inbound.kind !== 'message' || at === undefined) return entrance.receive(inbound, arrival);
        const late = { writtenAt: at, isFirst: !begun.has(inbound.chatId) };
        begun.add(inbound.chatId);
        return entrance.receive({ ...inbound, late }, arrival);
      },
    });
    for (const { envelope } of found) await deliver(envelope, { log: requestLog(log) });
    return found.length;
  }

  function look(): Promise<void> {
    looking ??= lookOnce().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  return {
    look,
    async start() {
      await begin();
      void look();
      timer = setInterval(() => void look(), LOOK_EVERY_MS);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      await looking;
      const now = clock.now();
      // Nothing is said for a program that was never started, and none for one that cannot have got everything.
      if (timer === undefined || flow.upSince() === undefined) return;
      await change({ seenUntil: now, owed: flow.owed() ?? null }).catch((error) => {
        log.warn({ fault: describeFault(error) }, 'it could not be noted that everything has come');
      });
    },
  };
}

function fresh(now: number): ConnectionState {
  return { since: now, seenUntil: null, owed: null, checked: null };
}

/** As the entrance keeps it: dealt with, or found here before and not to be read. */
function keysOf({ messageId }: ListedMessage): string[] {
  return [`message:${messageId}`, `unreadable:${listedEventId(messageId)}`];
}
