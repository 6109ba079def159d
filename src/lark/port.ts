/** What the rest of the program knows of the platform: what comes in (`Inbound`) and how something goes out (`LarkPort`). */
import type { Readable } from 'node:stream';
import type { Logger } from 'pino';
import type { Card } from '../../cards/card.ts';

/** A typed line, a click, or a change of the bot's surroundings, after verification and parsing. */
export type Inbound =
  | InboundMessage
  | InboundAction
  | {
      readonly kind: 'botAdded';
      readonly eventId: string;
      readonly chatId: string;
      readonly chatName: string;
      readonly openId: string | undefined;
    }
  /** The bot was taken out of the chat, or the chat was disbanded. */
  | { readonly kind: 'botRemoved'; readonly eventId: string; readonly chatId: string }
  | { readonly kind: 'chatRenamed'; readonly eventId: string; readonly chatId: string; readonly chatName: string }
  /** Somebody left the organisation. Only where the tenant lets the app know of it. */
  | { readonly kind: 'personLeft'; readonly eventId: string; readonly openId: string }
  | { readonly kind: 'chatEntered'; readonly eventId: string; readonly chatId: string; readonly openId: string };

/** Kinds of messages without a word to be read. */
export type Wordless = 'picture' | 'voice' | 'video' | 'file' | 'sticker' | 'forwarded' | 'other';

/** A picture or a file of a message, by the platform's key. Its name was given by whoever sent it. */
export interface SentFile {
  readonly kind: 'image' | 'file';
  readonly key: string;
  readonly name?: string | undefined;
}

export interface InboundMessage {
  readonly kind: 'message';
  readonly eventId: string;
  readonly messageId: string;
  readonly chatId: string;
  readonly chatType: 'p2p' | 'group';
  readonly openId: string;
  /** The words without the bot's mentions and without those in front of it all; other mentions stand as @name. */
  readonly text: string;
  /** Always true in a private chat. */
  readonly mentionsBot: boolean;
  /** What was sent instead of words. */
  readonly wordless?: Wordless | undefined;
  /** What was sent with it, in its order: the picture or file that it is, or the pictures of a rich text. */
  readonly files: readonly SentFile[];
  /** The message that this one replies to; absent where it is no reply. */
  readonly repliedTo?: string;
  /** Its delivery did not come, and it was found in the chat's list. */
  readonly late?: {
    /** When it was written (ms). */
    readonly writtenAt: number;
    /** The first of those of its chat that were found together. */
    readonly isFirst: boolean;
  };
}

export interface InboundAction {
  readonly kind: 'action';
  readonly eventId: string;
  readonly messageId: string;
  readonly chatId: string;
  readonly openId: string;
  /** `action.value` of the pressed component, undecoded; undefined where the client sent none. */
  readonly value: unknown;
  /** The component's name. */
  readonly name?: string | undefined;
  /** Form fields by component name; empty and missing fields are both absent. */
  readonly form: Readonly<Record<string, string | readonly string[] | boolean>>;
  /** What was chosen in a select that stands in no form. */
  readonly option?: string | undefined;
}

/** What a delivery is answered with. Messages and chat changes are answered with an empty object. */
export interface CallbackAnswer {
  readonly toast?: { readonly type: 'info' | 'success' | 'warning' | 'error'; readonly content: string };
  readonly card?: { readonly type: 'raw'; readonly data: Card };
}

/** How a delivery came. */
export interface Arrival {
  /** Carries the delivery's number. */
  readonly log: Logger;
  /** What it was signed with; undefined where its way is trusted as a whole. */
  readonly signature?: string | undefined;
  /** Some time later: whether the answer has gone out, and its connection stood. Where it is absent nobody knows. */
  readonly wasAnswered?: () => boolean;
}

/** A delivery with this signature was taken before: somebody has recorded it and sends it again. */
export class Replayed extends Error {
  override readonly name = 'Replayed';
}

/**
 * Where deliveries go. A signature is remembered in the transaction that records its delivery, so that one which failed may come
 * again as it is. All reject with `Replayed`, having done nothing, or for a fault of our own; the receiver then answers so that
 * the platform retries.
 */
export interface Entrance {
  /** Deals with one delivery, once. Without an arrival it is an unsigned one, told to the program's own log. */
  receive(inbound: Inbound, arrival?: Arrival): Promise<CallbackAnswer>;
  /** Keeps a delivery that could not be read. `body` is the decrypted text. */
  keepUnreadable(
    delivery: { readonly key: string; readonly body: string; readonly problem: string },
    arrival?: Arrival,
  ): Promise<void>;
  /** Remembers the signature of a delivery that is nothing for us. */
  passOver(arrival: Arrival): Promise<void>;
}

/** At most 30 MB and not empty. */
export interface Upload {
  /** With its ending, as people see it. */
  readonly name: string;
  readonly bytes: number;
  /** The content from its beginning; asked for once for each attempt. */
  read(): Readable;
}

/** What somebody sent in a message of a chat where the bot is. */
export interface Resource extends Pick<SentFile, 'kind' | 'key'> {
  readonly messageId: string;
  /** More than so many bytes are refused, before or while they are read. The platform gives 100 MB at most. */
  readonly bytesMax: number;
}

export interface LarkPort {
  /** Posts a card. The same uuid posts at most once within an hour. */
  post(message: {
    readonly target: string;
    readonly card: Card;
    readonly uuid: string;
  }): Promise<{ readonly messageId: string }>;
  /** Posts a card as an answer to a message. */
  reply(message: {
    readonly messageId: string;
    readonly card: Card;
    readonly uuid: string;
  }): Promise<{ readonly messageId: string }>;
  /** Hands a file over to the platform, which gives it a key for messages. Nobody sees it yet, so it may be repeated. */
  upload(file: Upload): Promise<{ readonly fileKey: string }>;
  /** Posts a file that was uploaded. The same uuid posts at most once within an hour. */
  postFile(message: {
    readonly target: string;
    readonly fileKey: string;
    readonly uuid: string;
  }): Promise<{ readonly messageId: string }>;
  /**
   * What somebody sent, as a stream. It ends with an error, a `LarkError` like that of a call, when the rest does not come; `oversized`
   * is that of a resource beyond `bytesMax`, `expired` that of a message which was recalled.
   */
  download(wanted: Resource): Promise<Readable>;
  /** Replaces the card of a message the bot sent. */
  update(message: { readonly messageId: string; readonly card: Card }): Promise<void>;
}

/**
 * What to do about a failed call.
 * `later`: rate limit, 5xx, time-out, no connection, a set-up that can be mended: the same call may succeed. `quota`: the month's
 * calls of the whole tenant are used up: nothing can be sent for long. `expired`: the card may no longer be updated (14 days,
 * recalled, deleted): post anew. `unanswerable`: the message cannot be answered: post by itself. `gone`: the receiver cannot be
 * reached (bot removed, chat dissolved, user left): keep it aside. `screened`: the platform's check of contents (leaks, sensitive
 * words) refused it: keep it aside and say so to whom it was meant for. `broken`: our request is wrong (card rejected, bad
 * parameter): keep it aside and tell the admin. `oversized`: what was to be downloaded is larger than wanted.
 */
export type LarkFailure = 'later' | 'quota' | 'expired' | 'unanswerable' | 'gone' | 'screened' | 'oversized' | 'broken';

export class LarkError extends Error {
  override readonly name = 'LarkError';
  readonly failure: LarkFailure;
  /** The platform's code; undefined when no answer came. */
  readonly code: number | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(
    failure: LarkFailure,
    message: string,
    detail: { code?: number | undefined; retryAfterMs?: number | undefined } = {},
  ) {
    super(message);
    this.failure = failure;
    this.code = detail.code;
    this.retryAfterMs = detail.retryAfterMs;
  }
}
