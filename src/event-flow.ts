/**
 * Whether what people write and press reaches the program: when something came last, since when the connection stands, and what was
 * found in the chats' lists that had never come.
 */
import { DateTime } from 'luxon';
import { LIST_SCOPE } from './lark/history.ts';
import { BACK_MAX_MS } from './missing-messages.ts';
import type { Trouble } from './services/alert/raise.ts';

/** A time in which nothing could come, in milliseconds since the epoch. */
export interface Gap {
  readonly since: number;
  readonly until: number;
  /** Of several, with times in between when something came. */
  readonly isJoined?: boolean;
}

/** What was put right after a gap. */
export interface CaughtUp extends Gap {
  readonly messages: number;
  /** The platform let the app read no private chat. */
  readonly isDenied: boolean;
  /** What was said to the bot in groups was looked for, too. */
  readonly readsGroups: boolean;
}

/** Messages that were never delivered though the connection stood. */
export interface Missed {
  readonly messages: number;
  readonly firstAt: number;
  /**
   * `some`: others came meanwhile, so somebody else gets a part. `all`: nothing came any more, though the connection seemed to stand.
   */
  readonly which: 'some' | 'all';
  /** To this process nothing came any more, whatever another one on the database received. */
  readonly isSilentHere: boolean;
  readonly foundAt: number;
}

export interface EventFlow {
  /** Something was delivered; `chatId`: the private chat that it was written in. */
  heard(privateChatId?: string): void;
  /** Events can come now. */
  up(): void;
  /** They cannot any more; `aliveAt`: when the connection was known to stand last. */
  down(aliveAt: number | undefined): void;
  /** A former life of the program, or another process, has taken in what came until then. */
  remember(until: number): void;
  /** A time of before whose messages have to be looked for; joined with one that was not looked through yet. */
  owe(gap: Gap): void;
  /** What has to be looked through, once events can come again. The owing ends with `settle`. */
  owed(): Gap | undefined;
  settle(gap: Gap): void;
  noteCaughtUp(done: CaughtUp): void;
  /** Says what kind of loss it is. */
  noteMissed(lost: {
    /** When the messages were written that never came. */
    readonly createdAt: readonly [number, ...number[]];
    /** When something was delivered last to any process on the database; 0 before the first. */
    readonly deliveredAt: number;
  }): Missed;
  lastEventAt(): number | undefined;
  /** Since when events can come without a break; undefined while they cannot. */
  upSince(): number | undefined;
  /** How often it was lost. */
  losses(): number;
  /** The private chats in which something was written lately, the newest first. */
  liveliest(): readonly string[];
  /** For the administrators. */
  troubles(): Trouble[];
}

export interface EventFlowOptions {
  readonly clock: { now(): number };
  /** IANA time zone of the times in its words. */
  readonly zone: string;
  /** False for the webhook, of which nobody knows whether it can be reached. */
  readonly connects: boolean;
  /** The platform refuses a connection because the app has too many. */
  readonly isCrowded?: (() => boolean) | undefined;
  /** Other processes may receive for the same database: what is said here is true of this one. */
  readonly mayHaveSiblings?: boolean | undefined;
}

const MINUTE_MS = 60_000;
/** Shorter ones the platform bridges itself: what was not acknowledged comes again after 15 seconds and after 5 minutes. Any other costs a call for each member of staff. */
export const GAP_MIN_MS = 5 * MINUTE_MS;
/** A connection that is made anew is no trouble. */
const DOWN_TROUBLE_MS = 10 * MINUTE_MS;
/** Long enough for people to have noticed. */
const GAP_TOLD_MS = 10 * MINUTE_MS;
const TOLD_FOR_MS = 24 * 60 * MINUTE_MS;
const CHATS_KEPT = 50;

export function createEventFlow(options: EventFlowOptions): EventFlow {
  const { clock, connects } = options;
  let lastEventAt: number | undefined;
  let upSince = connects ? undefined : clock.now();
  /** Since when nothing can have come; undefined while something can. */
  let blindSince: number | undefined;
  /** Where a program begins that has never run before, nothing was missed. */
  let downSince = connects ? clock.now() : undefined;
  let owed: Gap | undefined;
  let missed: Missed | undefined;
  let caughtUp: CaughtUp | undefined;
  let losses = 0;
  const chats = new Map<string, number>();

  function owe(gap: Gap): void {
    if (owed === undefined) owed = gap;
    else {
      const [since, until] = [Math.min(owed.since, gap.since), Math.max(owed.until, gap.until)];
      owed = { since, until, isJoined: true };
    }
  }

  return {
    heard(privateChatId) {
      lastEventAt = clock.now();
      if (privateChatId === undefined) return;
      chats.delete(privateChatId);
      chats.set(privateChatId, lastEventAt);
      const [oldest] = chats.keys();
      if (chats.size > CHATS_KEPT && oldest !== undefined) chats.delete(oldest);
    },
    up() {
      const now = clock.now();
      upSince = now;
      downSince = undefined;
      if (blindSince !== undefined && now - blindSince >= GAP_MIN_MS) owe({ since: blindSince, until: now });
      blindSince = undefined;
    },
    down(aliveAt) {
      const now = clock.now();
      losses += 1;
      upSince = undefined;
      downSince ??= now;
      blindSince ??= Math.min(now, aliveAt ?? now);
    },
    remember(until) {
      lastEventAt ??= until;
      const now = clock.now();
      if (upSince === undefined) blindSince = Math.min(until, blindSince ?? until);
      else if (now - until >= GAP_MIN_MS) owe({ since: until, until: now });
    },
    owe,
    owed: () => (upSince === undefined ? undefined : owed),
    settle(gap) {
      // What came to be owed meanwhile stays so.
      if (owed === gap) owed = undefined;
    },
    noteCaughtUp(done) {
      caughtUp = done;
    },
    noteMissed({ createdAt, deliveredAt }) {
      const firstAt = Math.min(...createdAt);
      const isSilentHere = (lastEventAt ?? 0) <= firstAt;
      const which = isSilentHere && deliveredAt <= firstAt ? 'all' : 'some';
      missed = { messages: createdAt.length, firstAt, which, isSilentHere, foundAt: clock.now() };
      return missed;
    },
    lastEventAt: () => lastEventAt,
    upSince: () => upSince,
    losses: () => losses,
    liveliest: () => [...chats.keys()].reverse(),
    troubles() {
      const now = clock.now();
      const lately = (at: number) => now - at < TOLD_FOR_MS;
      return [
        ...(downSince !== undefined && now - downSince >= DOWN_TROUBLE_MS
          ? [downTrouble(now - downSince, options)]
          : []),
        ...(missed && lately(missed.foundAt) ? [missedTrouble(missed, options)] : []),
        ...(caughtUp && isWorthTelling(caughtUp) && lately(caughtUp.until) ? [gapTrouble(caughtUp, options)] : []),
      ];
    },
  };
}

function downTrouble(
  forMs: number,
  { mayHaveSiblings, isCrowded }: Pick<EventFlowOptions, 'mayHaveSiblings' | 'isCrowded'>,
): Trouble {
  const minutes = Math.floor(forMs / MINUTE_MS);
  const what = mayHaveSiblings
    ? `这一个进程的长连接已经断开 ${minutes} 分钟，大家发的消息和点的按钮都收不到，除非另有进程连着。`
    : `长连接已经断开 ${minutes} 分钟，大家发的消息和点的按钮都收不到。`;
  const advice = isCrowded?.()
    ? '飞书说这个应用的长连接满了（最多50条）：请停掉别处用同一个应用的程序。'
    : '请检查服务器的网络（能不能访问飞书）；程序一直在重连，连上后自动补上私聊里漏的消息。';
  return { key: 'connection', title: '机器人没有连上飞书', lines: [what, advice] };
}

function missedTrouble(
  { messages, firstAt, which, isSilentHere }: Missed,
  { zone, connects, mayHaveSiblings }: EventFlowOptions,
): Trouble {
  const what = `有 ${messages} 条私聊消息飞书没有推给机器人（最早 ${timeWords(firstAt, zone)}），已经补上。`;
  if (which === 'some') {
    return {
      key: 'second-instance',
      once: true,
      title: '可能有第二个程序在用同一个应用',
      lines: [
        `${what}同一时间别的消息收得到。`,
        '飞书把每条消息只推给其中一个连接：请看看别的电脑、服务器上是不是还开着一个代办机器人，或者别的程序填了同一个 App ID，把它停掉。',
        ...(mayHaveSiblings ? ['连着同一个数据库的几个进程不算，不用停。'] : []),
        ...(isSilentHere && connects ? ['也可能只是这一个进程的连接不通了，已经重新建立，先看看还漏不漏。'] : []),
        '找不到的话，在开放平台“凭证与基础信息”重置 App Secret，改好 LARK_APP_SECRET 再启动，别的程序就连不上了。点按钮补不了，请大家再点一次。',
      ],
    };
  }
  const [title, done, advice] = connects
    ? [
        '连着飞书，但收不到消息',
        `${mayHaveSiblings ? '这一个进程的' : ''}连接已经重新建立。`,
        '“事件配置”“回调配置”是不是长连接、事件还在不在',
      ]
    : ['收不到飞书的消息', '', '“事件配置”“回调配置”的请求地址对不对、从外网能不能访问、事件还在不在'];
  return {
    key: 'events-missed',
    once: true,
    title,
    lines: [
      `${what}${done}`,
      `再出现的话，请到开放平台看${advice}，以及别处是不是还开着一个用同一个应用的程序。点按钮补不了，请大家再点一次。`,
    ],
  };
}

/** Where nobody wrote, nobody missed the bot. */
function isWorthTelling({ since, until, messages, isDenied }: CaughtUp): boolean {
  const forMs = until - since;
  return forMs >= GAP_TOLD_MS && (messages > 0 || isDenied || forMs > BACK_MAX_MS);
}

function gapTrouble(gap: CaughtUp, { zone, mayHaveSiblings }: EventFlowOptions): Trouble {
  const { since, until, messages, isDenied, readsGroups } = gap;
  const done = isDenied
    ? `私聊消息没有补：应用缺权限 ${LIST_SCOPE}，请开通，那段时间发过消息的人请再发一次。`
    : `补上了 ${messages} 条${readsGroups ? '' : '私聊'}消息。`;
  const tooOld = until - since > BACK_MAX_MS && !isDenied;
  const groupsToo = readsGroups && !isDenied;
  return {
    key: `caught-up:${since}`,
    gathered: true,
    title: '机器人断开过一阵',
    lines: [
      `${mayHaveSiblings ? '这一个进程' : ''}最近一次收到是 ${timeWords(since, zone)}，${timeWords(until, zone)} 才又收得到，${done}`,
      ...(tooOld ? ['只补最近24小时的，更早的没有补，请再发。'] : []),
      groupsToo
        ? '那段时间点的按钮补不了，请大家再点一次。'
        : '那段时间点的按钮、群里@机器人的话补不了，请大家再点一次、再说一次。',
    ],
  };
}

function timeWords(at: number, zone: string): string {
  return DateTime.fromMillis(at, { zone }).toFormat('MM-dd HH:mm');
}
