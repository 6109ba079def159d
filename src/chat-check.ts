/** Looks into a few private chats now and then, in working hours, whether anything is missing though the connection stands. */
import { chatReads } from '../db/repositories/chat.ts';
import { inboxReads } from '../db/repositories/inbox.ts';
import type { Parts } from './ctx.ts';
import { isOpenAt } from './domain/office-hours.ts';
import type { EventFlow, Missed } from './event-flow.ts';
import type { ListedMessage } from './lark/history.ts';
import type { MissingMessages } from './missing-messages.ts';
import { localDays } from './services/setting/calendar.ts';

export interface ChatCheckOptions extends Pick<Parts, 'db' | 'clock' | 'zone'> {
  readonly flow: EventFlow;
  readonly missing: MissingMessages;
  /** Some deliveries came lately but were not saved: they come again, and are not missing. */
  readonly isLosing: () => boolean;
}

export interface ChatCheck {
  isDue(): Promise<boolean>;
  /**
   * Takes in what it finds. `missed`: those of them that never came though the connection stood.
   * @param beginning nothing before that is looked for (ms).
   */
  run(beginning: number): Promise<{ taken: number; missed: Missed | undefined }>;
}

const MINUTE_MS = 60_000;
/** After the last event; while still nothing comes, doubled up to the other one, which holds while something does. */
const QUIET_MS = 30 * MINUTE_MS;
const EVERY_MS = 60 * MINUTE_MS;
/** Each is a call, and a month of the free edition has ten thousand. */
const CHATS_A_CHECK = 2;
/** A delivery may be on its way for so long. */
const ON_ITS_WAY_MS = MINUTE_MS;

export function createChatCheck(options: ChatCheckOptions): ChatCheck {
  const { db, clock, zone, flow, missing, isLosing } = options;
  let checkedAt = clock.now();
  let eventAtCheck: number | undefined;
  let quietMs = QUIET_MS;
  let turn = 0;

  /** Where something was written lately, the next is missed most likely; then all of them in turn. */
  async function chosen(): Promise<string[]> {
    const all = await db.read((tx) => chatReads.privateOfStaff(tx));
    const lively = flow.liveliest().slice(0, CHATS_A_CHECK - 1);
    const inTurn = [...all.slice(turn % Math.max(1, all.length)), ...all];
    const chats = [...new Set([...lively, ...inTurn])].slice(0, CHATS_A_CHECK);
    turn += chats.length - lively.length;
    return chats;
  }

  /** By the inbox, in which what other processes on the database received stands as well; what lists brought is of another kind there. */
  async function deliveredAt(): Promise<number> {
    return db.read(async (tx) => {
      const message = await inboxReads.lastOfKind(tx, 'message');
      const press = await inboxReads.lastOfKind(tx, 'action');
      return Math.max(message ?? 0, press ?? 0);
    });
  }

  return {
    async isDue() {
      const now = clock.now();
      const event = flow.lastEventAt();
      if (event !== eventAtCheck) quietMs = QUIET_MS;
      const isQuiet = event === undefined || now - event >= QUIET_MS;
      const isTime = isQuiet ? now - Math.max(checkedAt, event ?? 0) >= quietMs : now - checkedAt >= EVERY_MS;
      if (!isTime) return false;
      return db.read(async (tx) => isOpenAt(now, await localDays({ tx, zone })));
    },
    async run(beginning) {
      const now = clock.now();
      const chats = (await chosen()).map((chatId) => ({ chatId, chatType: 'p2p' as const }));
      const found: ListedMessage[] = [];
      for (const chat of chats) found.push(...(await missing.find(chat, beginning)));
      found.sort((one, other) => one.createdAt - other.createdAt);
      const from = (flow.upSince() ?? now) + ON_ITS_WAY_MS;
      const lost = found.map(({ createdAt }) => createdAt).filter((at) => at >= from && at < now - ON_ITS_WAY_MS);
      const [first, ...more] = isLosing() ? [] : lost;
      const missed =
        first === undefined
          ? undefined
          : flow.noteMissed({ createdAt: [first, ...more], deliveredAt: await deliveredAt() });
      const taken = await missing.take(found);
      checkedAt = now;
      eventAtCheck = flow.lastEventAt();
      quietMs = Math.min(EVERY_MS, quietMs * 2);
      return { taken, missed };
    },
  };
}
